"""The SELECTs on brothers and sisters whom a placement would part, or bring together."""

from functools import cache
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Date,
    Select,
    Uuid,
    and_,
    bindparam,
    exists,
    func,
    or_,
    select,
)
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
# Made once: what SQLAlchemy finds out about an alias costs a page ten milliseconds and more.
_CHILD, _OTHER, _STEP = aliased(Registration), aliased(Registration), aliased(BegunPair)
_MINE, _THEIRS = aliased(SiblingPairWish), aliased(SiblingPairWish)


def parted_siblings(session: Session, registration_id: UUID, family_id: UUID) -> list[str]:
    """Return the numbers of brothers and sisters who wish to be together and do not go there.

    One goes there who lives with the family, or for whom a step with it runs. What two say of each
    other goes before the wish of the group (ADR 0027).
    """
    asked = {"child": registration_id, "family": family_id, "today": today_in_amsterdam()}
    return list(session.scalars(_parted(), asked))


@cache
def _parted() -> Select[str]:
    """Return the question of `parted_siblings`, of a child, a family and today.

    Put together once: that takes ten times as long as asking it.
    """
    child, other, mine, theirs = _CHILD, _OTHER, _MINE, _THEIRS
    wish = func.coalesce(mine.wish, theirs.wish, SiblingGroup.wish)
    return (
        select(other.number)
        .join(child, child.sibling_group_id == other.sibling_group_id)
        .join(SiblingGroup, SiblingGroup.id == other.sibling_group_id)
        .outerjoin(mine, and_(mine.registration_id == child.id, mine.other_number == other.number))
        .outerjoin(
            theirs, and_(theirs.registration_id == other.id, theirs.other_number == child.number)
        )
        .where(
            child.id == bindparam("child", type_=Uuid),
            other.id != child.id,
            other.state.in_(_ACTIVE),
            wish != SiblingWish.APART,
            ~_other_goes_there(),
        )
        .order_by(other.number)
    )


def lacks_reunion(registration: Registration, form: CareForm) -> bool:
    """Return whether a split would be one in a crisis without a day that is still to come."""
    day = registration.reunite_by
    is_known = day is not None and day >= today_in_amsterdam()
    return form is CareForm.CRISIS and not is_known


def _other_goes_there() -> ColumnElement[bool]:
    family, today = bindparam("family", type_=Uuid), bindparam("today", type_=Date)
    lives = exists().where(
        Placement.registration_id == _OTHER.id,
        Placement.family_id == family,
        or_(Placement.until.is_(None), Placement.until >= today),
    )
    begun = exists().where(
        _STEP.registration_id == _OTHER.id,
        _STEP.family_id == family,
        _STEP.state == BegunState.RUNNING,
    )
    return or_(lives, begun)
