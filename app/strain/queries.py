"""Every SELECT of placements under strain; row-level security keeps a provider to its own."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import (
    and_,
    func,
    or_,
    select,
)
from sqlalchemy.orm import Session

from app.db.bulk import among
from app.kernel.holding import BreakdownKind
from app.kernel.strain import SupportKind, TakenUp
from app.models import (
    BreakdownRecord,
    Family,
    Occupation,
    Placement,
    PlacementReview,
    Provider,
    Registration,
    RespitePlace,
    StrainSignal,
    SupportOffer,
)


@dataclass(frozen=True, slots=True)
class Watched:
    """A running placement with what names it; number and child id only for who may see them."""

    placement: Placement
    provider: str
    family: str
    family_name: str
    number: str | None
    child_id: UUID | None


class Review(NamedTuple):
    """A review moment: due or held; problems 0..3, contacts with help a month, strain 1..5."""

    due: date
    held_on: date | None
    problems: int | None
    contacts: float | None
    strain: int | None
    safety: str | None


def placement_for(session: Session, placement_id: UUID, *, lock: bool = False) -> Placement | None:
    """Return a placement that the asker may see, for this transaction alone where asked."""
    statement = select(Placement).where(Placement.id == placement_id)
    return session.scalar(statement.with_for_update(key_share=True) if lock else statement)


def running_placements(session: Session, today: date) -> list[Watched]:
    """Return the placements that run, apart from crisis beds from which one is searched on."""
    return [
        Watched(*row)
        for row in session.execute(
            _named().where(
                ~Placement.is_bridging,
                or_(Placement.until.is_(None), Placement.until >= today),
            )
        )
    ]


def watched(session: Session, placement_id: UUID) -> Watched | None:
    """Return one placement with what names it, or None."""
    row = session.execute(_named().where(Placement.id == placement_id)).first()
    return None if row is None else Watched(*row)


def _named() -> Any:
    return (
        select(
            Placement,
            Provider.code,
            Family.reference,
            Family.name,
            Registration.number,
            Registration.id,
        )
        .join(Family, Family.id == Placement.family_id)
        .join(Provider, Provider.id == Placement.provider_id)
        # A provider sees no registration once the child is placed: then no number either.
        .outerjoin(Registration, Registration.id == Placement.registration_id)
        .order_by(Placement.id)
    )


def signals_of(session: Session, placement_id: UUID) -> list[StrainSignal]:
    """Return all signals of a placement, the newest first."""
    return list(
        session.scalars(
            select(StrainSignal)
            .where(StrainSignal.placement_id == placement_id)
            .order_by(StrainSignal.day.desc(), StrainSignal.id.desc())
        )
    )


def open_signals(session: Session) -> dict[UUID, list[StrainSignal]]:
    """Return the signals that nobody settled, by placement, the oldest first."""
    found: dict[UUID, list[StrainSignal]] = defaultdict(list)
    rows = session.scalars(
        select(StrainSignal)
        .where(StrainSignal.settled_at.is_(None))
        .order_by(StrainSignal.day, StrainSignal.id)
    )
    for signal in rows:
        found[signal.placement_id].append(signal)
    return found


def signal_for_change(session: Session, placement_id: UUID, signal_id: UUID) -> StrainSignal | None:
    """Return a signal of a placement, locked, or None."""
    return session.scalar(
        select(StrainSignal)
        .where(StrainSignal.id == signal_id, StrainSignal.placement_id == placement_id)
        .with_for_update()
    )


def reviews_of(session: Session, placements: Collection[UUID]) -> dict[UUID, list[Review]]:
    """Return of each placement its last two reviews that were held, and the one that is due.

    Oldest first.
    """
    kept = PlacementReview
    order = func.row_number().over(
        partition_by=(kept.placement_id, kept.held_on.is_(None)),
        order_by=(kept.held_on.desc(), kept.due.desc()),
    )
    told = (
        kept.due, kept.held_on, kept.problems, kept.contacts_per_month, kept.strain, kept.safety,
    )  # fmt: skip
    ranked = (
        select(kept.placement_id, *told, order.label("back"))
        .where(among(kept.placement_id, placements))
        .subquery()
    )
    rows = session.execute(
        select(ranked).where(ranked.c.back <= 2).order_by(ranked.c.placement_id, ranked.c.due)
    )
    found: dict[UUID, list[Review]] = defaultdict(list)
    for placement_id, *values, _ in rows:
        found[placement_id].append(Review(*values))
    return found


def nearly_broke(session: Session, since: date) -> dict[UUID, date]:
    """Return placements that nearly broke down, by record, since a day; the last day of each."""
    rows = session.execute(
        select(BreakdownRecord.placement_id, func.max(BreakdownRecord.day))
        .where(BreakdownRecord.kind == BreakdownKind.NEARLY, BreakdownRecord.day >= since)
        .group_by(BreakdownRecord.placement_id)
    )
    return {row[0]: row[1] for row in rows}


def offers_of(session: Session, placement_id: UUID) -> list[SupportOffer]:
    """Return what was offered to a placement, the newest first."""
    return list(
        session.scalars(
            select(SupportOffer)
            .where(SupportOffer.placement_id == placement_id)
            .order_by(SupportOffer.offered_on.desc(), SupportOffer.id.desc())
        )
    )


def offer_for_change(session: Session, placement_id: UUID, offer_id: UUID) -> SupportOffer | None:
    """Return an offer of a placement, locked, or None."""
    return session.scalar(
        select(SupportOffer)
        .where(SupportOffer.id == offer_id, SupportOffer.placement_id == placement_id)
        .with_for_update()
    )


def declined_respite(session: Session) -> dict[UUID, date]:
    """Return the placements to which respite was offered in vain, and when last."""
    rows = session.execute(
        select(SupportOffer.placement_id, func.max(SupportOffer.offered_on))
        .where(SupportOffer.kind == SupportKind.RESPITE, SupportOffer.taken_up == TakenUp.NO)
        .group_by(SupportOffer.placement_id)
    )
    return {row[0]: row[1] for row in rows}


def with_respite(session: Session, today: date) -> set[UUID]:
    """Return the placements that have respite now: a place is in use, or people arranged it.

    What was arranged and ends today is none any more: the round of tonight looks for another.
    """
    places = select(RespitePlace.offer_id)
    in_use = places.join(Occupation, Occupation.id == RespitePlace.occupation_id).where(
        Occupation.released_at.is_(None)
    )
    lasts = or_(SupportOffer.until.is_(None), SupportOffer.until > today)
    by_hand = and_(SupportOffer.kind == SupportKind.RESPITE, SupportOffer.id.not_in(places), lasts)
    return set(
        session.scalars(
            select(SupportOffer.placement_id).where(
                SupportOffer.taken_up == TakenUp.YES, or_(SupportOffer.id.in_(in_use), by_hand)
            )
        )
    )


def named_families(session: Session, ids: Collection[UUID]) -> dict[UUID, tuple[str, str, str]]:
    """Return provider, number and name of the families that the asker may see."""
    rows = session.execute(
        select(Family.id, Provider.code, Family.reference, Family.name)
        .join(Provider, Provider.id == Family.provider_id)
        .where(among(Family.id, ids))
    )
    return {id_: (code, number, name) for id_, code, number, name in rows}
