"""The SELECTs on corrections."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db.bulk import among
from app.models import BegunPair, FactCorrection, Family, Placement


def providers_told(session: Session, ids: Collection[UUID]) -> dict[UUID, list[UUID]]:
    """Return which of some children each provider heard of: of the families asked, or lived with.

    Providers and children are those of registrations, in the order of their ids.
    """
    asked = (
        select(Family.provider_id, BegunPair.registration_id)
        .join(BegunPair, BegunPair.family_id == Family.id)
        .where(among(BegunPair.registration_id, ids))
    )
    lived = select(Placement.provider_id, Placement.registration_id).where(
        among(Placement.registration_id, ids)
    )
    found: dict[UUID, list[UUID]] = defaultdict(list)
    for provider, registration in sorted(map(tuple, session.execute(asked.union(lived)))):
        found[provider].append(registration)
    return found


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
