"""The SELECTs on steps that run only on paper: what one held may have gone to another child."""

from datetime import date
from uuid import UUID

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from app.kernel.words import Rhythm
from app.models import BegunPair, BegunState, Occupation, Registration, RegistrationState


def was_given_away(session: Session, pair: BegunPair) -> bool:
    """Return whether another child lives in the place that a step holds or held, in its rhythm."""
    full = pair.rhythm is Rhythm.FULL_TIME
    rhythms = set(Rhythm) if full else {Rhythm.FULL_TIME, pair.rhythm}
    taken = exists().where(
        Occupation.place_id == pair.place_id,
        Occupation.released_at.is_(None),
        Occupation.rhythm.in_(rhythms),
    )
    return bool(session.scalar(select(taken)))


def paper_steps(session: Session, *, today: date) -> list[tuple[UUID, UUID]]:
    """Return child and id of running steps past their term, or of a child that left the search."""
    is_left = Registration.state != RegistrationState.SEARCHING
    rows = session.execute(
        select(BegunPair.registration_id, BegunPair.id)
        .join(Registration, Registration.id == BegunPair.registration_id)
        .where(BegunPair.state == BegunState.RUNNING, or_(BegunPair.held_until < today, is_left))
        .order_by(BegunPair.id)
    )
    return [(child, step) for child, step in rows]
