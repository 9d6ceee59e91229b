"""Loading a folder into a test's session, as the command line does it."""

from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from app.cli.region import EXPORTS, REGISTRATIONS
from app.families.readers import read_export
from app.families.service import import_families
from app.imports.report import ImportReport, source_of
from app.intake.reader import read_registrations
from app.intake.service import import_registrations
from app.kernel.actor import SYSTEM
from app.settings import Settings

DAY = date(2026, 11, 1)


def load_region(session: Session, folder: Path, settings: Settings) -> list[ImportReport]:
    """Import five exports and the waiting list; return the six reports."""
    reports = [
        import_families(
            session,
            actor=SYSTEM,
            provider_code=provider,
            reading=read_export(provider, folder / name),
            source=source_of(folder / name),
        )
        for provider, name in EXPORTS.items()
    ]
    path = folder / REGISTRATIONS
    reports.append(
        import_registrations(
            session,
            actor=SYSTEM,
            reading=read_registrations(path, today=DAY),
            source=source_of(path),
            settings=settings,
        )
    )
    session.flush()
    return reports
