"""The SELECTs on steps that run only on paper: what one held may have gone to another child."""

from datetime import date
from uuid import UUID

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import Session

from app.kernel.rhythms import slots_of
from app.kernel.words import Rhythm
from app.models import BegunPair, BegunState, Family, Occupation, Registration, RegistrationState
from app.steps.queries import free_slots

# Another child lives in the place that a step holds or held, in its rhythm.
_IS_TAKEN = exists().where(
    Occupation.place_id == BegunPair.place_id,
    Occupation.released_at.is_(None),
    or_(
        BegunPair.rhythm == Rhythm.FULL_TIME,
        Occupation.rhythm.in_((Rhythm.FULL_TIME, BegunPair.rhythm)),
    ),
)


def lock_family_of(session: Session, step_id: UUID) -> None:
    """Let nobody else hold or give a place of the family of a step until the transaction ends."""
    family = select(BegunPair.family_id).where(BegunPair.id == step_id).scalar_subquery()
    session.execute(select(Family.id).where(Family.id == family).with_for_update(key_share=True))


def is_taken(session: Session, pair: BegunPair) -> bool:
    """Return whether another child lives in the place that a step holds or held, in its rhythm."""
    return bool(session.scalar(select(_IS_TAKEN).where(BegunPair.id == pair.id)))


def other_bed(session: Session, pair: BegunPair) -> UUID | None:
    """Return a bed of the same family that is free for the child of a step, or None."""
    need = slots_of(pair.rhythm)
    free = free_slots(session, pair.family_id, child=pair.registration_id, besides=pair.id)
    return next((place for place, slots in free.items() if need <= slots), None)


def was_given_away(session: Session, pair: BegunPair) -> bool:
    """Return whether another child lives in the place of a step, and no other one is free there."""
    return is_taken(session, pair) and other_bed(session, pair) is None


def lapsed_steps(session: Session, *, today: date) -> list[tuple[UUID, UUID]]:
    """Return child and id of running steps about which something is to be done.

    Nobody searches for the child any more; or its term is over and its place is another child's
    (`was_given_away` tells whether another bed is free there), or nobody was told that it is over.
    """
    is_left = Registration.state != RegistrationState.SEARCHING
    is_untold = BegunPair.lapse_told.is_distinct_from(BegunPair.held_until)
    is_over = and_(BegunPair.held_until < today, or_(_IS_TAKEN, is_untold))
    rows = session.execute(
        select(BegunPair.registration_id, BegunPair.id)
        .join(Registration, Registration.id == BegunPair.registration_id)
        .where(BegunPair.state == BegunState.RUNNING, or_(is_left, is_over))
        .order_by(BegunPair.id)
    )
    return [(child, step) for child, step in rows]
