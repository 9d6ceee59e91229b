"""The SELECTs on brothers and sisters: who they are, where each lives, what is wished for two."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import collate, select
from sqlalchemy.orm import Session

from app.kernel.errors import NotFound
from app.models import (
    Family,
    Placement,
    Provider,
    Registration,
    RegistrationState,
    SiblingGroup,
    SiblingPairWish,
)

_COUNTS = (RegistrationState.SEARCHING, RegistrationState.PLACED)


def find_kin(
    session: Session, registration_id: UUID
) -> tuple[Registration, SiblingGroup | None, list[Registration]]:
    """Return a registration, its group, and one registration of each other child; or NotFound.

    Of a child that was registered more often the one that is searched for counts, else the newest.
    """
    own = session.get(Registration, registration_id)
    if own is None:
        raise NotFound("Dit kind is hier niet aangemeld: controleer het id.")
    if own.sibling_group_id is None:
        return own, None, []
    rows = session.scalars(
        select(Registration)
        .where(
            Registration.sibling_group_id == own.sibling_group_id,
            Registration.child_id != own.child_id,
            Registration.state.in_(_COUNTS),
        )
        .order_by(Registration.state != RegistrationState.SEARCHING, Registration.id.desc())
    )
    others: dict[UUID, Registration] = {}
    for row in rows:
        others.setdefault(row.child_id, row)
    group = session.get(SiblingGroup, own.sibling_group_id)
    return own, group, sorted(others.values(), key=lambda row: row.number)


def homes_of(
    session: Session, registration_ids: Collection[UUID], day: date
) -> dict[UUID, tuple[str, str]]:
    """Return provider and number of the family where children live on a day, by registration."""
    runs = Placement.until.is_(None) | (Placement.until >= day)
    rows = session.execute(
        select(Placement.registration_id, Provider.code, Family.reference)
        .join(Family, Family.id == Placement.family_id)
        .join(Provider, Provider.id == Family.provider_id)
        .where(Placement.registration_id.in_(registration_ids), runs)
    )
    return {registration: (code, reference) for registration, code, reference in rows}


def wishes_between(
    session: Session, own: Registration, others: Sequence[Registration]
) -> list[tuple[str, SiblingPairWish]]:
    """Return what the child's registration wishes for each other child, and the other way round.

    Each with the number of the registration that says so.
    """
    ids = [own.id, *(other.id for other in others)]
    rows = session.execute(
        select(Registration.number, SiblingPairWish)
        .join(Registration, Registration.id == SiblingPairWish.registration_id)
        .where(SiblingPairWish.registration_id.in_(ids))
        .order_by(collate(Registration.number, "C"))
    )
    return [(number, wish) for number, wish in rows if own.number in (number, wish.other_number)]
