"""The SELECTs on corrections."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db.bulk import among
from app.models import BegunPair, FactCorrection, Family, Placement


def providers_told(session: Session, registration_id: UUID) -> Sequence[UUID]:
    """Return the providers that heard of a child: of the families asked, or lived with."""
    asked = (
        select(Family.provider_id)
        .join(BegunPair, BegunPair.family_id == Family.id)
        .where(BegunPair.registration_id == registration_id)
    )
    lived = select(Placement.provider_id).where(Placement.registration_id == registration_id)
    return sorted(session.scalars(asked.union(lived)))


def corrections_of(session: Session, registration_id: UUID) -> Sequence[FactCorrection]:
    """Return the corrections of a registration, the newest first."""
    return session.scalars(
        select(FactCorrection)
        .where(FactCorrection.registration_id == registration_id)
        .order_by(FactCorrection.id.desc())
    ).all()


def corrections_among(session: Session, ids: Collection[UUID]) -> Sequence[FactCorrection]:
    """Return the corrections of some registrations, the oldest first."""
    return session.scalars(
        select(FactCorrection)
        .where(among(FactCorrection.registration_id, ids))
        .order_by(FactCorrection.id)
    ).all()
