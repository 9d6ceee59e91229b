"""Every SELECT of the uploads slice."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.imports.queries import UNFINISHED
from app.models import (
    ChangeKind,
    FindingKind,
    ImportBatch,
    ImportChange,
    ImportContent,
    ImportFinding,
    ImportKind,
    ImportState,
    Provider,
)


def find_import(session: Session, import_id: UUID, *, lock: bool = False) -> ImportBatch | None:
    """Return an import, for this transaction alone where asked, or None."""
    statement = select(ImportBatch).where(ImportBatch.id == import_id)
    return session.scalar(statement.with_for_update() if lock else statement)


def list_imports(
    session: Session, *, kind: ImportKind | None, before: UUID | None, size: int
) -> list[ImportBatch]:
    """Return imports, the newest first, that came in before a given one."""
    statement = select(ImportBatch).order_by(ImportBatch.id.desc()).limit(size)
    if kind is not None:
        statement = statement.where(ImportBatch.kind == kind)
    if before is not None:
        statement = statement.where(ImportBatch.id < before)
    return list(session.scalars(statement))


def codes_of(session: Session, provider_ids: Collection[UUID | None]) -> dict[UUID, str]:
    """Return the code of each provider by its id."""
    rows = session.execute(select(Provider.id, Provider.code).where(Provider.id.in_(provider_ids)))
    return dict(rows.all())


def code_of(session: Session, batch: ImportBatch) -> str | None:
    """Return the code of the provider of an import, if it has one."""
    return session.scalar(select(Provider.code).where(Provider.id == batch.provider_id))


def has_content(session: Session, import_id: UUID) -> bool:
    """Return whether the file itself is still here."""
    piece = select(ImportContent.ordinal).where(ImportContent.import_id == import_id)
    return session.scalar(piece.limit(1)) is not None


def first_findings(
    session: Session, import_id: UUID, kind: FindingKind, *, size: int
) -> list[ImportFinding]:
    """Return refused rows, or remarks, of an import in the order of its file."""
    return list(
        session.scalars(
            select(ImportFinding)
            .where(ImportFinding.import_id == import_id, ImportFinding.kind == kind)
            .order_by(ImportFinding.row, ImportFinding.field, ImportFinding.id)
            .limit(size)
        )
    )


def list_findings(
    session: Session, import_id: UUID, *, after: UUID | None, size: int
) -> list[ImportFinding]:
    """Return all findings of an import in the order in which they were found."""
    statement = (
        select(ImportFinding)
        .where(ImportFinding.import_id == import_id)
        .order_by(ImportFinding.id)
        .limit(size)
    )
    if after is not None:
        statement = statement.where(ImportFinding.id > after)
    return list(session.scalars(statement))


def list_changes(
    session: Session, import_id: UUID, *, kind: ChangeKind | None, after: int, size: int
) -> list[ImportChange]:
    """Return what an import changed, in the order in which it did, of one kind or all."""
    statement = (
        select(ImportChange)
        .where(ImportChange.import_id == import_id, ImportChange.ordinal > after)
        .order_by(ImportChange.ordinal)
        .limit(size)
    )
    if kind is not None:
        statement = statement.where(ImportChange.kind == kind)
    return list(session.scalars(statement))


def count_changes(session: Session, import_id: UUID) -> dict[ChangeKind, int]:
    """Return how many changes of each kind an import made; a kind without any is left out."""
    rows = session.execute(
        select(ImportChange.kind, func.count())
        .where(ImportChange.import_id == import_id)
        .group_by(ImportChange.kind)
    )
    return dict(rows.all())


def has_newer(session: Session, batch: ImportBatch) -> bool:
    """Return whether a later import of the same source was taken, or waits to be."""
    taken = (*UNFINISHED, ImportState.APPLIED, ImportState.UNCHANGED)
    newer = select(ImportBatch.id).where(
        ImportBatch.kind == batch.kind,
        ImportBatch.provider_id.is_not_distinct_from(batch.provider_id),
        ImportBatch.id > batch.id,
        ImportBatch.state.in_(taken),
    )
    return session.scalar(newer.limit(1)) is not None


def is_merged(session: Session, batch: ImportBatch) -> bool:
    """Return whether the provider of an import has become part of another one since."""
    into = select(Provider.merged_into_id).where(Provider.id == batch.provider_id)
    return session.scalar(into) is not None
