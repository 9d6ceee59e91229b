"""The SELECTs of who must be kept apart, and of the families where the other one comes."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import or_, select, union
from sqlalchemy.orm import Session, aliased

from app.db.bulk import among
from app.kernel.words import SiblingWish
from app.models import (
    Occupation,
    Place,
    Placement,
    Registration,
    SiblingGroup,
    SiblingPairWish,
)


def apart_pairs(session: Session, registrations: Collection[UUID]) -> set[tuple[str, str]]:
    """Return the numbers of two children to keep apart, both ways around, of registrations."""
    other = aliased(Registration)
    grouped = session.execute(
        select(Registration.number, other.number)
        .join(other, other.sibling_group_id == Registration.sibling_group_id)
        .join(SiblingGroup, SiblingGroup.id == Registration.sibling_group_id)
        .where(
            among(Registration.id, registrations),
            other.child_id != Registration.child_id,
            SiblingGroup.wish == SiblingWish.APART,
        )
    )
    stated = session.execute(
        select(Registration.number, SiblingPairWish.other_number)
        .join(Registration, Registration.id == SiblingPairWish.registration_id)
        .where(SiblingPairWish.wish == SiblingWish.APART)
    )
    found = {(one, two) for one, two in (*grouped, *stated)}
    return found | {(two, one) for one, two in found}


def families_where(session: Session, numbers: Collection[str], day: date) -> dict[str, set[UUID]]:
    """Return the families where each child lives on a day, or has a bed: also for weekends.

    By the child, whose placement or respite may be on another registration than the one named.
    """
    named = aliased(Registration)
    of_child = (
        select(named.number, Registration.id)
        .join(named, named.child_id == Registration.child_id)
        .where(among(named.number, sorted(numbers)))
        .subquery()
    )
    lives = (
        select(of_child.c.number, Placement.family_id)
        .join(Placement, Placement.registration_id == of_child.c.id)
        .where(or_(Placement.until.is_(None), Placement.until >= day))
    )
    comes = (
        select(of_child.c.number, Place.family_id)
        .join(Occupation, Occupation.registration_id == of_child.c.id)
        .join(Place, Place.id == Occupation.place_id)
        .where(Occupation.released_at.is_(None))
    )
    found: dict[str, set[UUID]] = defaultdict(set)
    for number, family_id in session.execute(union(lives, comes)):
        found[number].add(family_id)
    return found


def meets_in(session: Session, registration: Registration, family_id: UUID, day: date) -> bool:
    """Return whether a child would meet one in a family from whom it must be kept apart."""
    pairs = apart_pairs(session, [registration.id])
    others = {other for number, other in pairs if number == registration.number}
    return any(family_id in homes for homes in families_where(session, others, day).values())
