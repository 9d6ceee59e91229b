"""The SELECTs of respite: rounds, their lines, and the places that respite holds."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from app.kernel.rhythms import slots_left
from app.kernel.strain import SignalKind
from app.kernel.words import Rhythm
from app.models import (
    BegunPair,
    Family,
    Occupation,
    Place,
    Placement,
    PlacementReview,
    Registration,
    RegistrationState,
    RespiteLine,
    RespitePlace,
    RespiteRound,
    StrainSignal,
    SupportOffer,
    holds_on,
)
from app.strain.rules import load_rules


class LineOf(NamedTuple):
    """A line of a round with the child's number and the family where it lives."""

    line: RespiteLine
    number: str
    child_id: UUID
    lives_with: str


class Counted(NamedTuple):
    """A round with how many placements are in it and how many have a proposal."""

    round: RespiteRound
    placements: int
    proposed: int


def list_rounds(session: Session, *, before: UUID | None, size: int) -> list[Counted]:
    """Return rounds, the newest first."""
    statement = (
        select(RespiteRound, func.count(RespiteLine.id), func.count(RespiteLine.family_id))
        .outerjoin(RespiteLine, RespiteLine.round_id == RespiteRound.id)
        .group_by(RespiteRound.id)
        .order_by(RespiteRound.id.desc())
        .limit(size)
    )
    if before is not None:
        statement = statement.where(RespiteRound.id < before)
    return [Counted(*row) for row in session.execute(statement)]


def find_round(session: Session, round_id: UUID) -> RespiteRound | None:
    """Return a round, or None."""
    return session.get(RespiteRound, round_id)


def has_nightly(session: Session, day: date) -> bool:
    """Return whether the service asked for a round by itself on a day."""
    return bool(
        session.scalar(
            select(RespiteRound.id).where(RespiteRound.is_nightly, RespiteRound.snapshot_day == day)
        )
    )


def asks_respite(session: Session) -> bool:
    """Return whether any open signal asks for respite, or anything says that carers are overloaded.

    Quickly, as often as a night's worker looks; who gets a line the watch list says.
    """
    asked = or_(StrainSignal.respite_need.is_not(None), StrainSignal.kind == SignalKind.OVERLOADED)
    signals = select(StrainSignal.id).where(StrainSignal.settled_at.is_(None), asked)
    heavy = select(PlacementReview.id).where(
        PlacementReview.strain >= load_rules().reviews["belasting_hoog"].threshold
    )
    return bool(session.scalar(select(or_(signals.exists(), heavy.exists()))))


def lines_of(session: Session, round_id: UUID) -> list[LineOf]:
    """Return the lines of a round: proposals first, who asks longest in front."""
    rows = session.execute(
        select(RespiteLine, Registration.number, Registration.id, Family.name)
        .join(Placement, Placement.id == RespiteLine.placement_id)
        .join(Registration, Registration.id == Placement.registration_id)
        .join(Family, Family.id == Placement.family_id)
        .where(RespiteLine.round_id == round_id)
        .order_by(RespiteLine.family_id.is_(None), RespiteLine.asked_since, Registration.number)
    )
    return [LineOf(*row) for row in rows]


def line_for_change(session: Session, round_id: UUID, placement_id: UUID) -> RespiteLine | None:
    """Return the line of a placement in a round, locked, or None."""
    return session.scalar(
        select(RespiteLine)
        .where(RespiteLine.round_id == round_id, RespiteLine.placement_id == placement_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def lock_family(session: Session, family_id: UUID) -> None:
    """Let nobody else hold or give a place of a family until the transaction ends."""
    session.execute(select(Family.id).where(Family.id == family_id).with_for_update(key_share=True))


def slots_of_place(session: Session, place_id: UUID, today: date) -> frozenset[Rhythm]:
    """Return what is free of a bed; nothing of one that its family no longer offers."""
    place = session.scalar(
        select(Place)
        .where(Place.id == place_id, Place.is_offered)
        .execution_options(populate_existing=True)
    )
    if place is None:
        return frozenset()
    taken: dict[UUID, list[Rhythm]] = defaultdict(list)
    occupied = select(Occupation.rhythm).where(
        Occupation.place_id == place_id, Occupation.released_at.is_(None)
    )
    held = (
        select(BegunPair.rhythm)
        .join(Registration, Registration.id == BegunPair.registration_id)
        .where(
            BegunPair.place_id == place_id,
            holds_on(today),
            Registration.state == RegistrationState.SEARCHING,
        )
    )
    taken[place_id] += [*session.scalars(occupied), *session.scalars(held)]
    return slots_left(place.rhythm, taken[place_id])


def places_of(session: Session, offers: Sequence[UUID]) -> dict[UUID, list[Occupation]]:
    """Return the places that each offer uses now."""
    found: dict[UUID, list[Occupation]] = defaultdict(list)
    rows = session.execute(
        select(RespitePlace.offer_id, Occupation)
        .join(Occupation, Occupation.id == RespitePlace.occupation_id)
        .where(RespitePlace.offer_id.in_(offers), Occupation.released_at.is_(None))
        .order_by(Occupation.rhythm)
    )
    for offer_id, occupation in rows:
        found[offer_id].append(occupation)
    return found


def respite_of(session: Session, placement_id: UUID) -> SupportOffer | None:
    """Return the respite that a placement has now, or None."""
    return session.scalar(
        select(SupportOffer)
        .join(RespitePlace, RespitePlace.offer_id == SupportOffer.id)
        .join(Occupation, Occupation.id == RespitePlace.occupation_id)
        .where(SupportOffer.placement_id == placement_id, Occupation.released_at.is_(None))
        .limit(1)
    )
