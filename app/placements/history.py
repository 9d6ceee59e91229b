"""Placements of before the service: stored by number, to be learnt from and for nothing else."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from app.db.bulk import insert_rows, update_rows
from app.imports.changes import Change
from app.imports.importer import Plan, Taken, in_chunks
from app.imports.record import record_import
from app.imports.report import ImportReport, SourceFile
from app.kernel.actor import Actor
from app.kernel.ids import new_id
from app.learning.history import History, read_history, told_cells
from app.models import ChangeKind, ImportBatch, ImportKind, ImportState, PastPlacementRow
from app.placements.history_queries import lock_history, rows_by_number
from app.telemetry.carried import Who, concern

# What the file says of the course stands in columns of its own; the rest are the facts.
_COURSE = frozenset({"plaatsing_id", "start", "einde", "reden_einde"})
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class HistoryImporter:
    """Works off files with past placements."""

    kind: ImportKind = ImportKind.HISTORY

    def lock(self, session: Session, batch: ImportBatch) -> None:  # noqa: ARG002
        """Keep every other import of past placements out of the way."""
        lock_history(session)

    def read(self, session: Session, batch: ImportBatch, path: Path) -> Plan:  # noqa: ARG002
        """Return what the file says; InputRefused for one that is no history at all."""
        found = read_history(path)
        parts = in_chunks(rows_of(found, path))
        chunks = ((len(part), json.dumps(part).encode()) for part in parts)
        return Plan(chunks=chunks, refusals=found.refusals)

    def apply(self, session: Session, batch: ImportBatch, records: bytes) -> Taken:  # noqa: ARG002
        """Store up to 500 placements."""
        rows = json.loads(records)
        concern(Who.PAST, (row["number"] for row in rows))
        return take_rows(session, rows)

    def close(self, session: Session, batch: ImportBatch) -> Sequence[Change]:  # noqa: ARG002
        """Do nothing: what a file does not name stays as it was."""
        return ()


def import_history(
    session: Session, *, actor: Actor, path: Path, source: SourceFile
) -> ImportReport:
    """Store a file in one go and keep its report; raises InputRefused for no history at all."""
    lock_history(session)
    found = read_history(path)
    parts = [take_rows(session, list(part)) for part in in_chunks(rows_of(found, path))]
    added, changed = sum(p.added for p in parts), sum(p.changed for p in parts)
    report = ImportReport(
        source=source,
        state=ImportState.APPLIED if added or changed else ImportState.UNCHANGED,
        read=len(found),
        added=added,
        changed=changed,
        unchanged=sum(p.unchanged for p in parts),
        refusals=found.refusals,
        changes=tuple(change for part in parts for change in part.changes),
    )
    record_import(session, report, actor=actor, kind=ImportKind.HISTORY)
    return report


def rows_of(found: History, path: Path) -> Iterator[Row]:
    """Yield what is stored of each placement that was taken, once, with its cells as they stand."""
    taken = {placement.course.number: placement.course for placement in found.placements}
    for number, cells in told_cells(path):
        course = taken.pop(number, None)
        if course is None:
            continue
        yield {
            "number": number,
            "facts": {name: cell for name, cell in cells.items() if name not in _COURSE},
            "form": course.care_form.value,
            "kind": cells["gezin_type"].lower(),
            "began_on": course.began_on.isoformat(),
            "ended_on": course.ended_on.isoformat() if course.ended_on else None,
            "ending": course.ending.value,
        }


def take_rows(session: Session, rows: Sequence[Row]) -> Taken:
    """Add placements, change those that are known and differ, leave the rest; by number."""
    known = rows_by_number(session, [row["number"] for row in rows])
    new = [row for row in rows if row["number"] not in known]
    other = [row for row in rows if row["number"] in known and _differs(known[row["number"]], row)]
    insert_rows(session, PastPlacementRow, [{"id": new_id(), **row} for row in new])
    update_rows(
        session,
        PastPlacementRow,
        [{"id": known[row["number"]].id, **row} for row in other],
        raise_version=False,
    )
    return Taken(
        added=len(new),
        changed=len(other),
        unchanged=len(rows) - len(new) - len(other),
        changes=(*_changes(ChangeKind.ADDED, new), *_changes(ChangeKind.CHANGED, other)),
    )


def _changes(kind: ChangeKind, rows: Iterable[Row]) -> Iterator[Change]:
    return (Change(kind, row["number"]) for row in rows)


def _differs(known: PastPlacementRow, row: Row) -> bool:
    stored = {
        "number": known.number,
        "facts": known.facts,
        "form": known.form.value,
        "kind": known.kind.value,
        "began_on": known.began_on.isoformat(),
        "ended_on": known.ended_on.isoformat() if known.ended_on else None,
        "ending": known.ending,
    }
    return stored != row
