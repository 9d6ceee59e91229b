"""What an upload brought, kept only until it has been worked off; sealed, for it names people."""

from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base
from app.db.sealed import SealedUse

_PIECE = SealedUse("import", "import_id", "ordinal")


class ImportContent(Base):
    """A piece of an uploaded file, at most 1 MiB; the pieces in order are the file."""

    __tablename__ = "import_content"

    import_id: Mapped[UUID] = mapped_column(
        ForeignKey("import_batch.id", ondelete="CASCADE"), primary_key=True
    )
    ordinal: Mapped[int] = mapped_column(primary_key=True)
    sealed: Mapped[bytes] = mapped_column(info=_PIECE.info())


class ImportChunk(Base):
    """Up to 500 canonical records (JSON) of an import that are still to be stored.

    A row is removed in the very transaction that stores its records: what is here is what is left.
    """

    __tablename__ = "import_chunk"

    import_id: Mapped[UUID] = mapped_column(
        ForeignKey("import_batch.id", ondelete="CASCADE"), primary_key=True
    )
    ordinal: Mapped[int] = mapped_column(primary_key=True)
    records: Mapped[int]
    sealed: Mapped[bytes] = mapped_column(info=_PIECE.info())
