"""The SELECTs on brothers and sisters whom a placement would part, or bring together."""

from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from app.kernel.clock import today_in_amsterdam
from app.kernel.words import CareForm, SiblingWish
from app.models import (
    BegunPair,
    BegunState,
    Placement,
    Registration,
    RegistrationState,
    SiblingGroup,
    SiblingPairWish,
)

_ACTIVE = (RegistrationState.SEARCHING, RegistrationState.PLACED)


def parted_siblings(session: Session, registration_id: UUID, family_id: UUID) -> list[str]:
    """Return the numbers of brothers and sisters who wish to be together and do not go there.

    One goes there who lives with the family, or for whom a step with it runs. What two say of each
    other goes before the wish of the group (ADR 0027).
    """
    child, other = aliased(Registration), aliased(Registration)
    mine, theirs = aliased(SiblingPairWish), aliased(SiblingPairWish)
    wish = func.coalesce(mine.wish, theirs.wish, SiblingGroup.wish)
    rows = session.scalars(
        select(other.number)
        .join(child, child.sibling_group_id == other.sibling_group_id)
        .join(SiblingGroup, SiblingGroup.id == other.sibling_group_id)
        .outerjoin(mine, and_(mine.registration_id == child.id, mine.other_number == other.number))
        .outerjoin(
            theirs, and_(theirs.registration_id == other.id, theirs.other_number == child.number)
        )
        .where(
            child.id == registration_id,
            other.id != child.id,
            other.state.in_(_ACTIVE),
            wish != SiblingWish.APART,
            ~_goes_there(other, family_id),
        )
        .order_by(other.number)
    )
    return list(rows)


def lacks_reunion(registration: Registration, form: CareForm) -> bool:
    """Return whether a split would be one in a crisis without a day that is still to come."""
    day = registration.reunite_by
    is_known = day is not None and day >= today_in_amsterdam()
    return form is CareForm.CRISIS and not is_known


def _goes_there(other: type[Registration], family_id: UUID) -> ColumnElement[bool]:
    today = today_in_amsterdam()
    lives = exists().where(
        Placement.registration_id == other.id,
        Placement.family_id == family_id,
        or_(Placement.until.is_(None), Placement.until >= today),
    )
    step = aliased(BegunPair)
    begun = exists().where(
        step.registration_id == other.id,
        step.family_id == family_id,
        step.state == BegunState.RUNNING,
    )
    return or_(lives, begun)
