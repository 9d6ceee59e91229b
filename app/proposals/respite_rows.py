"""The SELECTs of a respite round: who asks, and which weekend places stand free in the region."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.db.bulk import among
from app.kernel.words import CareForm
from app.models import (
    Family,
    Placement,
    Registration,
    RespiteLine,
    RespiteRound,
)
from app.placed.apart_queries import apart_pairs, families_where
from app.proposals.rows import MatchRows, read_match_rows
from app.proposals.settled_rows import ALIKE, FreePlace


@dataclass(frozen=True, slots=True)
class Asking:
    """A child that asks respite: its line, where it lives, and that home's postcode."""

    line: RespiteLine
    registration_id: UUID
    family_id: UUID
    postcode: str


@dataclass(frozen=True, slots=True)
class RespiteRows:
    """asking: in the order of match.children. apart: numbers of two children to keep apart.

    living: number of a child in the round, with a family where one lives, or comes for respite,
    whom it may not meet.
    """

    match: MatchRows
    asking: list[Asking]
    apart: list[tuple[str, str]]
    living: list[tuple[str, UUID]]


def lock_round(session: Session, round_id: UUID) -> RespiteRound | None:
    """Return a round that nobody else performs until the transaction ends, or None."""
    statement = select(RespiteRound).where(RespiteRound.id == round_id)
    return session.scalar(statement.with_for_update().execution_options(populate_existing=True))


def lines_of(session: Session, round_id: UUID) -> list[RespiteLine]:
    """Return the lines of a round."""
    return list(session.scalars(select(RespiteLine).where(RespiteLine.round_id == round_id)))


def read_respite_rows(session: Session, found: RespiteRound) -> RespiteRows:
    """Return all rows of a round, read in the caller's transaction; only running placements."""
    asking = {a.registration_id: a for a in _asking(session, found)}
    who = among(Registration.id, list(asking))
    match = read_match_rows(session, found.snapshot_day, who=who)
    match = replace(
        match,
        groups=[],
        families=[
            (family, code)
            for family, code in match.families
            if CareForm.PART_TIME in match.forms[family.id]
        ],
        free_places=_weekend_places(match.free_places, found),
    )
    apart, living = _kept_apart(session, match, found)
    return RespiteRows(match, [asking[r.id] for r, _ in match.children], apart, living)


def _asking(session: Session, found: RespiteRound) -> list[Asking]:
    rows = session.execute(
        select(RespiteLine, Placement.registration_id, Placement.family_id, Family.postcode)
        .join(Placement, Placement.id == RespiteLine.placement_id)
        .join(Family, Family.id == Placement.family_id)
        .where(
            RespiteLine.round_id == found.id,
            ~Placement.is_bridging,
            or_(Placement.until.is_(None), Placement.until >= found.starts_on),
        )
        .order_by(Placement.since)
    )
    return [Asking(*row) for row in rows]


def _weekend_places(
    free: Mapping[UUID, list[FreePlace]], found: RespiteRound
) -> dict[UUID, list[FreePlace]]:
    """Return the beds that are for respite all the time that the round is for, all alike."""
    return {
        family: [replace(bed, offer=ALIKE) for bed in beds if _is_offered(bed, found)]
        for family, beds in free.items()
    }


def _is_offered(bed: FreePlace, found: RespiteRound) -> bool:
    offer = bed.offer
    is_for = offer.forms is None or CareForm.PART_TIME in offer.forms
    begins = offer.since is None or offer.since <= found.starts_on
    return is_for and begins and (offer.until is None or offer.until >= found.until)


def _kept_apart(
    session: Session, match: MatchRows, found: RespiteRound
) -> tuple[list[tuple[str, str]], list[tuple[str, UUID]]]:
    """Return who in the round may not meet, and where others are whom one of them may not meet.

    Where they live, and where they come for respite of an earlier round: in other weekends too.
    """
    numbers = {registration.number for registration, _ in match.children}
    ids = [registration.id for registration, _ in match.children]
    pairs = {pair for pair in apart_pairs(session, ids) if pair[0] in numbers}
    homes = families_where(session, {other for _, other in pairs}, found.snapshot_day)
    return (
        sorted({(min(p), max(p)) for p in pairs if p[1] in numbers}),
        sorted(
            ((number, home) for number, other in pairs for home in homes.get(other, ())),
            key=lambda row: (row[0], str(row[1])),
        ),
    )
