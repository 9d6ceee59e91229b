"""Uploads of families in parts: the same decisions and writes as the import in one go."""

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy.orm import Session

from app.families.canonical import FamilyReading, ReadFamily
from app.families.queries import known_among, known_families, lock_imports
from app.families.readers import read_export
from app.families.service import apply_rows
from app.families.sorting import Missing, find_missing, latest_day, sort_rows
from app.families.write import ask_to_confirm
from app.imports.importer import Plan, Taken, in_chunks
from app.kernel.refusal import Refusal
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
        reading = read_export(self.provider_code, path)
        known = known_families(session, self.provider_id)
        missing = find_missing(reading, known)
        if missing.is_suspicious and not batch.is_confirmed:
            latest = latest_day(batch.asked_day, reading.snapshot_day)
            too_old = sort_rows(reading.families, known, file=batch.file, latest=latest).refused
            return _held(reading, missing, [*reading.refusals, *too_old], file=batch.file)
        return Plan(
            read=len(reading.families),
            chunks=((len(part), _RECORDS.dump_json(part)) for part in in_chunks(reading.families)),
            closing={"missing": [str(family.id) for family in missing.families]},
            refusals=reading.refusals,
            notices=reading.notices,
            snapshot_day=reading.snapshot_day,
            to_confirm=len(missing.families),
        )

    def apply(self, session: Session, batch: ImportBatch, records: bytes) -> Taken:
        """Store up to 500 families."""
        families = _RECORDS.validate_json(records)
        known = known_among(session, self.provider_id, [r.record.reference for r in families])
        latest = latest_day(batch.asked_day, batch.snapshot_day)
        rows = sort_rows(families, known, file=batch.file, latest=latest)
        apply_rows(session, provider_id=self.provider_id, rows=rows)
        return Taken(len(rows.new), len(rows.changed), len(rows.unchanged), rows.refused)

    def close(self, session: Session, batch: ImportBatch) -> None:
        """Mark the families that the export left out as `navragen`."""
        missing = (batch.closing or {}).get("missing", ())
        ask_to_confirm(session, [UUID(id_) for id_ in missing])


def _held(reading: FamilyReading, missing: Missing, refusals: list[Refusal], *, file: str) -> Plan:
    return Plan(
        read=len(reading.families),
        refusals=sorted(refusals),
        notices=(*reading.notices, missing.notice(file)),
        snapshot_day=reading.snapshot_day,
        is_held=True,
        to_confirm=len(missing.families),
    )
