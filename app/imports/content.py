"""The content of an upload: put away sealed, in pieces, and put back into a file to be read."""

from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from app.db.sealing import seal, unseal
from app.imports.queries import pieces_of
from app.models import ImportContent
from app.settings import Settings

USE = "import"
PIECE_BYTES = 2**20


def store_content(
    session: Session, import_id: UUID, stream: BinaryIO, *, settings: Settings
) -> None:
    """Store a file in pieces of 1 MiB; only one piece at a time is in memory."""
    ordinal = 0
    while piece := stream.read(PIECE_BYTES):
        session.execute(
            insert(ImportContent).values(
                import_id=import_id,
                ordinal=ordinal,
                sealed=seal(piece, settings, use=USE, owner=f"{import_id}:{ordinal}"),
            )
        )
        ordinal += 1


def write_content(session: Session, import_id: UUID, path: Path, *, settings: Settings) -> None:
    """Write an uploaded file to a path, piece by piece."""
    with path.open("wb") as stream:
        for ordinal, piece in enumerate(pieces_of(session, import_id)):
            stream.write(unseal(piece, settings, use=USE, owner=f"{import_id}:{ordinal}"))


def drop_content(session: Session, import_id: UUID) -> None:
    """Remove an uploaded file: nobody needs it any more."""
    session.execute(delete(ImportContent).where(ImportContent.import_id == import_id))
