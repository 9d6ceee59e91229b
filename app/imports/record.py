"""Keeping the record of an import: the batch, its findings and its changes."""

from collections.abc import Iterable
from itertools import chain
from uuid import UUID

from sqlalchemy.orm import Session

from app.db.bulk import insert_rows
from app.events.catalogue import Occurrence
from app.events.emit import emit
from app.imports.changes import Change
from app.imports.importer import in_chunks
from app.imports.report import ImportReport
from app.kernel.actor import Actor
from app.kernel.clock import now
from app.kernel.refusal import Notice, Refusal
from app.models import (
    FindingKind,
    ImportBatch,
    ImportChange,
    ImportFinding,
    ImportKind,
    ImportState,
)


def record_import(
    session: Session,
    report: ImportReport,
    *,
    actor: Actor,
    kind: ImportKind,
    provider_id: UUID | None = None,
    source_id: UUID | None = None,
) -> UUID:
    """Store a report in the caller's transaction; return the id of the import."""
    batch = ImportBatch(
        kind=kind,
        provider_id=provider_id,
        source_id=source_id,
        state=report.state,
        file=report.source.name,
        sha256=report.source.sha256,
        actor=actor.name,
        snapshot_day=report.snapshot_day,
        read=report.read,
        total=report.read,
        done=0 if report.state is ImportState.HELD else report.read,
        added=report.added,
        changed=report.changed,
        unchanged=report.unchanged,
        refused=len(report.refusals),
        to_confirm=report.to_confirm,
        applied_at=None if report.state is ImportState.HELD else now(),
    )
    session.add(batch)
    session.flush()
    add_findings(session, batch.id, report.refusals, report.notices)
    add_changes(session, batch.id, report.changes)
    tell_end(session, batch)
    return batch.id


def tell_end(session: Session, batch: ImportBatch) -> None:
    """Tell what became of an import, to its provider and to staff."""
    emit(
        session,
        Occurrence.IMPORT_FINISHED,
        provider_id=batch.provider_id,
        import_id=batch.id,
        import_kind=batch.kind,
        import_state=batch.state,
    )


def add_findings(
    session: Session, import_id: UUID, refusals: Iterable[Refusal], notices: Iterable[Notice]
) -> None:
    """Keep refused rows and remarks with the import that they came from."""
    refused = (_finding(import_id, FindingKind.REFUSED, r, r.record) for r in refusals)
    warned = (_finding(import_id, FindingKind.WARNING, n, n.record) for n in notices)
    for rows in in_chunks(chain(refused, warned)):
        insert_rows(session, ImportFinding, rows)


def _finding(
    import_id: UUID, kind: FindingKind, finding: Refusal | Notice, record: str
) -> dict[str, object]:
    return {
        "import_id": import_id,
        "kind": kind,
        "file": finding.file,
        "row": finding.row,
        "field": finding.field,
        "message": finding.message,
        "record": record,
    }


def add_changes(
    session: Session, import_id: UUID, changes: Iterable[Change], *, after: int = 0
) -> None:
    """Keep changes with the import that made them; after: how many it has already."""
    rows = (
        {
            "import_id": import_id,
            "ordinal": ordinal,
            "kind": change.kind,
            "number": change.number,
            "fields": None if change.fields is None else list(change.fields),
        }
        for ordinal, change in enumerate(changes, start=after + 1)
    )
    for part in in_chunks(rows):
        insert_rows(session, ImportChange, part)
