"""The SELECT on families that keep a bed for a report."""

from typing import NamedTuple
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models import DutyNumber, Family, FamilyPhone, Occupation, Place, Provider


class Locked(NamedTuple):
    """A family of which beds are held, under its provider's code, with its numbers to call."""

    provider: str
    family: Family
    beds: int
    phone: str | None
    duty_phone: str | None


def homes_locked(session: Session, report_id: UUID) -> list[Locked]:
    """Return the families of which a report holds beds, with their numbers to call."""
    rows = session.execute(
        select(
            Provider.code,
            Family,
            func.count(Occupation.id),
            FamilyPhone.phone,
            DutyNumber.phone,
        )
        .join(Family, Family.provider_id == Provider.id)
        .join(Place, Place.family_id == Family.id)
        .join(Occupation, Occupation.place_id == Place.id)
        .outerjoin(FamilyPhone, FamilyPhone.family_id == Family.id)
        .outerjoin(DutyNumber, DutyNumber.provider_id == Provider.id)
        .where(Occupation.crisis_report_id == report_id, Occupation.released_at.is_(None))
        .group_by(Provider.code, Family.id, FamilyPhone.family_id, DutyNumber.provider_id)
    )
    return [Locked._make(row) for row in rows]
