"""Uploads of families in parts: the same decisions and writes as the import in one go."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy.orm import Session

from app.families.announce import tell_changes
from app.families.canonical import ReadFamily
from app.families.dialect_of import require_dialect
from app.families.move_queries import handed_over
from app.families.queries import each_known_family, known_among
from app.families.readers import FamilyStream, stream_export
from app.families.service import apply_rows, ask_about
from app.families.sorting import (
    Missing,
    SortedRows,
    Stored,
    find_missing,
    latest_day,
    sort_rows,
)
from app.families.told_stream import stream_told
from app.families.write import Owner
from app.imports.changes import Change
from app.imports.importer import Plan, Taken, in_chunks
from app.models import ImportBatch, ImportFormat, ImportKind, ImportMode, Provider
from app.providers import lock_provider
from app.telemetry.carried import Who, concern

_RECORDS = TypeAdapter(tuple[ReadFamily, ...])


@dataclass(frozen=True, slots=True)
class FamilyImporter:
    """Works off the exports of one provider."""

    provider_id: UUID
    kind: ImportKind = ImportKind.FAMILIES

    def lock(self, session: Session, batch: ImportBatch) -> None:  # noqa: ARG002
        """Keep every other import of this provider out of the way."""
        lock_provider(session, self.provider_id)

    def read(self, session: Session, batch: ImportBatch, path: Path) -> Plan:
        """Return what the export says, and whether it misses so many families that it is held."""
        export = self._open(session, batch, path)
        missing = self._missing(session, batch, export)
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

    def _open(self, session: Session, batch: ImportBatch, path: Path) -> FamilyStream:
        if batch.format is ImportFormat.API:
            return stream_told(path)
        source = session.get_one(Provider, self._source_id(batch))
        return stream_export(require_dialect(source), path)

    def _missing(self, session: Session, batch: ImportBatch, export: FamilyStream) -> Missing:
        if batch.mode is ImportMode.PARTIAL:
            return Missing([], is_suspicious=False)
        source_id = self._source_id(batch)
        known = each_known_family(
            session, self.provider_id, source_id=source_id, until=batch.created_at
        )
        return find_missing(export.seen, known)

    def _source_id(self, batch: ImportBatch) -> UUID:
        return batch.source_id or self.provider_id

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
        numbers = [read.record.reference for read in families]
        source_id = self._source_id(batch)
        stored = Stored(
            known_among(session, self.provider_id, numbers),
            handed_over(session, {self.provider_id, source_id}, numbers),
            source_id,
        )
        latest = latest_day(batch.asked_day, snapshot_day)
        return sort_rows(families, stored, file=batch.file, latest=latest)

    def apply(self, session: Session, batch: ImportBatch, records: bytes) -> Taken:
        """Store up to 500 families."""
        families = _RECORDS.validate_json(records)
        numbers = (f"{self.provider_id}/{read.record.reference}" for read in families)
        concern(Who.FAMILY_NUMBER, numbers)
        rows = self._sort(session, batch, families, batch.snapshot_day)
        owner = Owner(self.provider_id, self._source_id(batch))
        changes = apply_rows(session, owner=owner, rows=rows)
        tell_changes(session, provider_id=self.provider_id, changes=changes)
        counts = (len(rows.new), len(rows.changed), len(rows.unchanged))
        return Taken(*counts, refusals=rows.refused, changes=changes)

    def close(self, session: Session, batch: ImportBatch) -> list[Change]:
        """Mark the families that the export left out as `navragen`, but not on later news."""
        missing = (batch.closing or {}).get("missing", ())
        asked = ask_about(session, [UUID(id_) for id_ in missing], until=batch.created_at)
        tell_changes(session, provider_id=self.provider_id, changes=asked)
        return asked
