"""Every SELECT of the imports room: which import is next, and what of it is left."""

from collections.abc import Iterator
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import ImportBatch, ImportChunk, ImportContent, ImportKind, ImportState

UNFINISHED = (ImportState.RECEIVED, ImportState.WORKING)


def oldest_unfinished(session: Session, kind: ImportKind, provider_id: UUID | None) -> UUID | None:
    """Return the import of a source that came in first of those not yet worked off."""
    return session.scalar(
        select(ImportBatch.id)
        .where(
            ImportBatch.kind == kind,
            ImportBatch.provider_id.is_not_distinct_from(provider_id),
            ImportBatch.state.in_(UNFINISHED),
        )
        .order_by(ImportBatch.id)
        .limit(1)
    )


def lock_unfinished(session: Session, import_id: UUID) -> ImportBatch | None:
    """Return an import for this transaction alone, or None when another has just ended it.

    Waits for a worker that was given up but still lives: only one of the two takes each step.
    """
    return session.scalar(
        select(ImportBatch)
        .where(ImportBatch.id == import_id, ImportBatch.state.in_(UNFINISHED))
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def pieces_of(session: Session, import_id: UUID) -> Iterator[bytes]:
    """Yield the sealed pieces of an uploaded file in order, one at a time."""
    ordinal = 0
    while True:
        piece = session.scalar(
            select(ImportContent.sealed).where(
                ImportContent.import_id == import_id, ImportContent.ordinal == ordinal
            )
        )
        if piece is None:
            return
        yield piece
        ordinal += 1


def next_chunk(session: Session, import_id: UUID) -> ImportChunk | None:
    """Return the first records of an import that are still to be stored, or None."""
    return session.scalar(
        select(ImportChunk)
        .where(ImportChunk.import_id == import_id)
        .order_by(ImportChunk.ordinal)
        .limit(1)
    )


def held_before(session: Session, batch: ImportBatch) -> list[UUID]:
    """Return the held imports of the same source that came in before this one."""
    return list(
        session.scalars(
            select(ImportBatch.id).where(
                ImportBatch.kind == batch.kind,
                ImportBatch.provider_id.is_not_distinct_from(batch.provider_id),
                ImportBatch.state == ImportState.HELD,
                ImportBatch.id < batch.id,
            )
        )
    )
