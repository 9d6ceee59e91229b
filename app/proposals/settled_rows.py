"""The SELECTs on what people have settled: begun pairs, placements, wishes per pair, free slots."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import collate, exists, select
from sqlalchemy.orm import Session, aliased

from app.kernel.rhythms import slots_left
from app.kernel.words import Rhythm, SiblingWish
from app.models import (
    BegunPair,
    Occupation,
    Place,
    Placement,
    Registration,
    RegistrationState,
    SiblingPairWish,
    holds_on,
)


@dataclass(frozen=True, slots=True)
class BedOffer:
    """What a bed is for by itself: forms (None: all of the family), first and last day."""

    forms: tuple[str, ...] | None = None
    since: date | None = None
    until: date | None = None


ALIKE = BedOffer()


@dataclass(frozen=True, slots=True)
class FreePlace:
    """A bed with the rhythms in which it is free: all four, or what is left of it."""

    id: UUID
    slots: frozenset[Rhythm]
    offer: BedOffer = ALIKE


@dataclass(frozen=True, slots=True)
class PlacedSibling:
    """A child of a sibling group that is placed: its number, and with which family it lives."""

    number: str
    group_id: UUID
    family_id: UUID


@dataclass(frozen=True, slots=True)
class SettledRows:
    """What people have settled, as it lies in the tables.

    begun: by registration. placed: sorted by number. wishes: number of the child, number of the
    other, and the wish.
    """

    begun: dict[UUID, BegunPair]
    placed: list[PlacedSibling]
    wishes: list[tuple[str, str, SiblingWish]]


def read_settled(session: Session, snapshot_day: date) -> SettledRows:
    """Return what is settled on a day; a hold counts up to and on its last day."""
    begun = session.scalars(select(BegunPair).where(holds_on(snapshot_day)))
    return SettledRows(
        begun={pair.registration_id: pair for pair in begun},
        placed=_placed(session, snapshot_day),
        wishes=_wishes(session),
    )


def free_places(session: Session, snapshot_day: date) -> dict[UUID, list[FreePlace]]:
    """Return the beds of each family that are free in some rhythm, in their order."""
    taken: dict[UUID, list[Rhythm]] = defaultdict(list)
    occupied = select(Occupation.place_id, Occupation.rhythm).where(
        Occupation.released_at.is_(None)
    )
    held = (
        select(BegunPair.place_id, BegunPair.rhythm)
        .join(Registration, Registration.id == BegunPair.registration_id)
        .where(
            holds_on(snapshot_day),
            BegunPair.place_id.is_not(None),
            # A child that left the search holds nothing any more.
            Registration.state == RegistrationState.SEARCHING,
        )
    )
    for place_id, rhythm in (*session.execute(occupied), *session.execute(held)):
        taken[place_id].append(rhythm)
    places = (
        select(
            Place.family_id,
            Place.id,
            Place.rhythm,
            Place.forms,
            Place.available_from,
            Place.available_until,
        )
        .where(Place.is_offered)
        .order_by(Place.family_id, Place.ordinal)
    )
    found: dict[UUID, list[FreePlace]] = defaultdict(list)
    for family_id, place_id, rhythm, forms, since, until in session.execute(places):
        slots = slots_left(rhythm, taken.get(place_id, ()))
        if slots:
            offer = BedOffer(None if forms is None else tuple(forms), since, until)
            found[family_id].append(FreePlace(place_id, slots, offer))
    return found


def _placed(session: Session, snapshot_day: date) -> list[PlacedSibling]:
    again = aliased(Registration)
    runs = Placement.until.is_(None) | (Placement.until >= snapshot_day)
    rows = session.execute(
        select(Registration.number, Registration.sibling_group_id, Placement.family_id)
        .join(Registration, Registration.id == Placement.registration_id)
        .where(
            runs,
            ~Placement.is_bridging,
            Registration.state != RegistrationState.SEARCHING,
            Registration.sibling_group_id.is_not(None),
            # Of a child that is searched for again, the new registration is the one that counts.
            ~exists().where(
                again.child_id == Registration.child_id,
                again.state == RegistrationState.SEARCHING,
            ),
        )
        .order_by(collate(Registration.number, "C"))
    )
    return [PlacedSibling(number, group, family) for number, group, family in rows if group]


def _wishes(session: Session) -> list[tuple[str, str, SiblingWish]]:
    rows = session.execute(
        select(Registration.number, SiblingPairWish.other_number, SiblingPairWish.wish)
        .join(Registration, Registration.id == SiblingPairWish.registration_id)
        .where(Registration.state.in_((RegistrationState.SEARCHING, RegistrationState.PLACED)))
    )
    return [(number, other, wish) for number, other, wish in rows]
