"""Uploads of registrations in parts: the same decisions and writes as the import in one go."""

from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter
from sqlalchemy.orm import Session

from app.imports.changes import Change
from app.imports.importer import Plan, Taken, in_chunks
from app.intake.canonical import ReadRegistration
from app.intake.holds import hold_importing, whole_groups
from app.intake.queries import lock_imports
from app.intake.reader import stream_registrations
from app.intake.service import settle_file, take_registrations
from app.intake.wishes import settle_wishes
from app.kernel.clock import today_in_amsterdam
from app.models import ImportBatch, ImportKind
from app.settings import Settings
from app.telemetry.carried import Who, concern

_RECORDS = TypeAdapter(tuple[ReadRegistration, ...])


@dataclass(frozen=True, slots=True)
class RegistrationImporter:
    """Works off files with registrations."""

    settings: Settings
    kind: ImportKind = ImportKind.REGISTRATIONS

    def lock(self, session: Session, batch: ImportBatch) -> None:  # noqa: ARG002
        """Keep every other import of registrations out of the way."""
        lock_imports(session)

    def read(self, session: Session, batch: ImportBatch, path: Path) -> Plan:
        """Return what the file says on the peildatum, else today in Amsterdam."""
        found = stream_registrations(path, today=batch.asked_day or today_in_amsterdam())
        parts = in_chunks(found.registrations())
        return Plan(
            chunks=((len(part), _RECORDS.dump_json(part, by_alias=True)) for part in parts),
            closing={
                "missing": sorted(found.missing),
                "whole": whole_groups(session, found.numbers(), found.missing),
            },
            refusals=found.refusals,
            notices=found.notices,
        )

    def apply(self, session: Session, batch: ImportBatch, records: bytes) -> Taken:
        """Store up to 500 registrations; the groups they touch wait for the rest of the file."""
        reads = _RECORDS.validate_json(records)
        concern(Who.NUMBER, (read.record.number for read in reads))
        taken = take_registrations(session, reads, file=batch.file, settings=self.settings)
        hold_importing(session, taken.groups)
        settle_wishes(session, taken.groups)
        return taken

    def close(self, session: Session, batch: ImportBatch) -> tuple[Change, ...]:
        """Give the groups their wish, now that every registration is in.

        Who is not in the file stays as it was: nobody is asked about.
        """
        closing = batch.closing or {}
        settle_file(
            session,
            closing.get("groups", ()),
            missing=[
                (code, number)
                for kind in ("missing", "lacking")
                for code, number in closing.get(kind, ())
            ],
            whole=closing.get("whole", ()),
        )
        return ()
