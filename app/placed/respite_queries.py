"""The SELECTs of respite beside a placement: the offers that hold a place, and which."""

from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from app.models import Occupation, RespitePlace, SupportOffer


def respite_offers(session: Session, placement_id: UUID) -> list[SupportOffer]:
    """Return the offers of respite for which a place is in use, locked."""
    used = exists().where(
        RespitePlace.offer_id == SupportOffer.id,
        RespitePlace.occupation_id == Occupation.id,
        Occupation.released_at.is_(None),
    )
    return list(
        session.scalars(
            select(SupportOffer)
            .where(SupportOffer.placement_id == placement_id, used)
            .order_by(SupportOffer.id)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
    )


def respite_uses(session: Session, offer_id: UUID) -> list[Occupation]:
    """Return the places that an offer uses now."""
    return list(
        session.scalars(
            select(Occupation)
            .join(RespitePlace, RespitePlace.occupation_id == Occupation.id)
            .where(RespitePlace.offer_id == offer_id, Occupation.released_at.is_(None))
            .order_by(Occupation.rhythm)
        )
    )


def home_beds(session: Session, registration_id: UUID) -> list[Occupation]:
    """Return the beds that a child uses by a registration, besides those of its respite."""
    of_respite = exists().where(RespitePlace.occupation_id == Occupation.id)
    return list(
        session.scalars(
            select(Occupation).where(
                Occupation.registration_id == registration_id,
                Occupation.released_at.is_(None),
                ~of_respite,
            )
        )
    )
