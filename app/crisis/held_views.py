"""Locked beds as the provider of the family sees them: six fields of the night, and no name."""

from datetime import UTC

from sqlalchemy.orm import Session

from app.crisis.held_queries import Held, held_now, reports_by_id
from app.crisis.schemas import SiblingOut
from app.crisis.schemas_held import HeldBed, HeldBedList
from app.crisis.words import Flag
from app.db.session import as_system
from app.models import CrisisReport


def show_held(session: Session) -> HeldBedList:
    """Return the beds that are locked in the asker's own families, and for whom."""
    found = held_now(session)
    with as_system(session):
        reports = reports_by_id(session, {held.report_id for held in found})
        return HeldBedList(beds=[_bed(held, reports[held.report_id]) for held in found])


def _bed(held: Held, report: CrisisReport) -> HeldBed:
    return HeldBed(
        id=held.report_id,
        family=held.family,
        beds=held.beds,
        since=held.since.astimezone(UTC),
        age=report.age,
        gender=report.gender,
        flags=[Flag(flag) for flag in report.flags],
        siblings=[SiblingOut.model_validate(kin) for kin in report.siblings],
        area=report.postcode[:2],
        call_back=report.call_back,
        file_due=report.file_due,
    )
