"""Uploads of families in parts: the same decisions and writes as the import in one go."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy.orm import Session

from app.families.canonical import ReadFamily
from app.families.queries import each_known_family, known_among, lock_imports
from app.families.readers import FamilyStream, stream_export
from app.families.service import apply_rows, ask_about
from app.families.sorting import Missing, SortedRows, find_missing, latest_day, sort_rows
from app.families.told import tell_changes
from app.imports.changes import Change
from app.imports.importer import Plan, Taken, in_chunks
from app.models import ImportBatch, ImportKind

_RECORDS = TypeAdapter(tuple[ReadFamily, ...])


@dataclass(frozen=True, slots=True)
class FamilyImporter:
    """Works off the exports of one provider."""

    provider_code: str
    provider_id: UUID
    kind: ImportKind = ImportKind.FAMILIES

    def lock(self, session: Session, batch: ImportBatch) -> None:  # noqa: ARG002
        """Keep every other import of this provider out of the way."""
        lock_imports(session, self.provider_id)

    def read(self, session: Session, batch: ImportBatch, path: Path) -> Plan:
        """Return what the export says, and whether it misses so many families that it is held."""
        export = stream_export(self.provider_code, path)
        missing = find_missing(export.seen, each_known_family(session, self.provider_id))
        if missing.is_suspicious and not batch.is_confirmed:
            return self._hold(session, batch, export, missing)
        parts = in_chunks(export.families())
        return Plan(
            chunks=((len(part), _RECORDS.dump_json(part)) for part in parts),
            closing={"missing": [str(family.id) for family in missing.families]},
            refusals=export.refusals,
            notices=export.notices,
            snapshot_day=export.snapshot_day,
            to_confirm=len(missing.families),
        )

    def _hold(
        self, session: Session, batch: ImportBatch, export: FamilyStream, missing: Missing
    ) -> Plan:
        read, too_old = 0, []
        for part in in_chunks(export.families()):
            read += len(part)
            too_old += self._sort(session, batch, part, export.snapshot_day).refused
        return Plan(
            refusals=[*export.refusals, *too_old],
            notices=[*export.notices, missing.notice(batch.file)],
            snapshot_day=export.snapshot_day,
            is_held=True,
            held_records=read,
            to_confirm=len(missing.families),
        )

    def _sort(
        self,
        session: Session,
        batch: ImportBatch,
        families: Sequence[ReadFamily],
        snapshot_day: date | None,
    ) -> SortedRows:
        known = known_among(session, self.provider_id, [r.record.reference for r in families])
        latest = latest_day(batch.asked_day, snapshot_day)
        return sort_rows(families, known, file=batch.file, latest=latest)

    def apply(self, session: Session, batch: ImportBatch, records: bytes) -> Taken:
        """Store up to 500 families."""
        families = _RECORDS.validate_json(records)
        rows = self._sort(session, batch, families, batch.snapshot_day)
        changes = apply_rows(session, provider_id=self.provider_id, rows=rows)
        self._tell(session, changes)
        counts = (len(rows.new), len(rows.changed), len(rows.unchanged))
        return Taken(*counts, refusals=rows.refused, changes=changes)

    def close(self, session: Session, batch: ImportBatch) -> list[Change]:
        """Mark the families that the export left out as `navragen`."""
        missing = (batch.closing or {}).get("missing", ())
        asked = ask_about(session, [UUID(id_) for id_ in missing])
        self._tell(session, asked)
        return asked

    def _tell(self, session: Session, changes: list[Change]) -> None:
        tell_changes(
            session,
            provider_id=self.provider_id,
            provider_code=self.provider_code,
            changes=changes,
        )
