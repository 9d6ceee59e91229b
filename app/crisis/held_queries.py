"""The SELECTs on locked beds for a provider: found in its own name, so that it finds its own."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.db.bulk import among
from app.models import CrisisReport, Family, Occupation, Place


class Held(NamedTuple):
    """The beds of one family that one report holds, without a file yet."""

    family: str
    report_id: UUID
    beds: int
    since: datetime


def held_now(session: Session) -> list[Held]:
    """Return what is locked in the families that the asker may see, by row-level security."""
    since = func.min(Occupation.since)
    rows = session.execute(
        select(Family.reference, Occupation.crisis_report_id, func.count(), since)
        .join(Place, Place.id == Occupation.place_id)
        .join(Family, Family.id == Place.family_id)
        .where(
            Occupation.crisis_report_id.is_not(None),
            Occupation.registration_id.is_(None),
            Occupation.released_at.is_(None),
        )
        .group_by(Family.id, Occupation.crisis_report_id)
        .order_by(since, Family.reference)
    )
    return [Held._make(row) for row in rows]


def reports_by_id(session: Session, ids: Collection[UUID]) -> dict[UUID, CrisisReport]:
    """Return reports; read as the system, once the asker is known to have a bed locked for them."""
    rows = session.scalars(select(CrisisReport).where(among(CrisisReport.id, ids)))
    return {row.id: row for row in rows}
