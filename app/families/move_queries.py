"""Every SELECT of the families slice about families that went from provider to provider."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db.bulk import among
from app.models import (
    BegunPair,
    FamilyMove,
    Provider,
    Registration,
    RegistrationState,
    holds_on,
)


def handed_over(
    session: Session, provider_ids: Collection[UUID], references: Collection[str]
) -> set[str]:
    """Return which numbers were those of a family that went to another provider on its own."""
    moved = select(FamilyMove.from_number).where(
        FamilyMove.from_provider_id.in_(provider_ids),
        among(FamilyMove.from_number, references),
        ~FamilyMove.is_merger,
    )
    return set(session.scalars(moved))


def moves_of(session: Session, family_id: UUID) -> list[FamilyMove]:
    """Return how a family went from provider to provider, the oldest first."""
    statement = select(FamilyMove).where(FamilyMove.family_id == family_id)
    return list(session.scalars(statement.order_by(FamilyMove.id)))


def provider_codes(session: Session) -> dict[UUID, str]:
    """Return the code of every provider, also of those that have merged, by its id."""
    return dict(session.execute(select(Provider.id, Provider.code)).all())


def questions_at(session: Session, family_id: UUID, *, today: date) -> list[BegunPair]:
    """Return the steps with a family that its provider finds open, in the order of beginning."""
    statement = (
        select(BegunPair)
        .join(Registration, Registration.id == BegunPair.registration_id)
        .where(
            BegunPair.family_id == family_id,
            holds_on(today),
            Registration.state == RegistrationState.SEARCHING,
        )
        .order_by(BegunPair.id)
    )
    return list(session.scalars(statement))
