"""Placements counted by the database. The caller has judged that the asker may see figures.

A stay is a placement that a child lives in: no bed until there is a place, and not begun as
part-time care. One that became so since is still one that began, and runs no more as a stay.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    and_,
    case,
    extract,
    false,
    func,
    literal,
    or_,
    select,
    true,
)
from sqlalchemy.orm import Session

from app.insight.periods import Period
from app.kernel.endings import EndLabel
from app.kernel.words import CareForm, FamilyKind
from app.models import (
    Family,
    Placement,
    PlacementBasis,
    PlacementEnding,
)
from app.placed.forms import form_at_start, form_on
from app.placed.taken_over import day_of, was_taken_over

IS_STAY = and_(~Placement.is_bridging, form_at_start() != CareForm.PART_TIME.value)
_IS_LONG_TERM = form_at_start() == CareForm.LONG_TERM.value
FAMILY, NETWORK = "pleeggezin", "eigen netwerk"
BEYOND_FAMILY = ("thuis met steun", "gezinshuis", "leefhuis", "residentieel")
# Kilometres between home and family; the last group has no end.
DISTANCES = ((5, "tot 5 km"), (15, "5 tot 15 km"), (30, "15 tot 30 km"))
FAR, UNKNOWN = "30 km en verder", "onbekend"
KEPT, LOST = "behouden", "niet behouden"
_FACTS = PlacementBasis.facts
_KM = case(
    (_FACTS["afstand_huis_km"].astext.regexp_match(r"^[0-9]+(\.[0-9]+)?$"),
     _FACTS["afstand_huis_km"].as_float()),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rung:
    """How many stays began on a rung of the ladder home, and run at the end."""

    name: str
    begun: int
    running: int


def lived_in(session: Session, day: date) -> ColumnElement[bool]:
    """Return whether a child lives in a placement on a day, as far as its form goes."""
    return and_(~Placement.is_bridging, form_on(session, day) != CareForm.PART_TIME.value)


def family_rungs(session: Session, period: Period) -> list[Rung]:
    """Return the two rungs that placements tell of."""
    begun = and_(IS_STAY, Placement.since.between(period.first, period.last))
    running = and_(
        lived_in(session, period.last),
        Placement.since <= period.last,
        or_(Placement.until.is_(None), Placement.until > period.last),
    )
    rows = {
        kind: (first, second)
        for kind, first, second in session.execute(
            select(Family.kind, func.count().filter(begun), func.count().filter(running))
            .join(Placement, Placement.family_id == Family.id)
            .where(or_(begun, running))
            .group_by(Family.kind)
        )
    }
    names = ((NETWORK, FamilyKind.NETWORK), (FAMILY, FamilyKind.RECRUITED))
    return [Rung(name, *rows.get(kind, (0, 0))) for name, kind in names]


def siblings_in(session: Session, period: Period) -> dict[bool | None, int]:
    """Return how many stays began with (True), without (False), and without having any (None).

    As it was on the first day: after a reunion the placement itself is corrected.
    """
    said = _FACTS["samen_geplaatst"].astext
    at_first = case(
        (said.is_(None), Placement.together),  # nothing was kept of that day
        (said == "ja", true()),
        (said == "nee", false()),
    )
    return _counted(session, period, at_first)


def distances_in(session: Session, period: Period) -> dict[str, int]:
    """Return how many stays began in each group of kilometres from home."""
    group = case((_KM.is_(None), UNKNOWN), *((km > _KM, name) for km, name in DISTANCES), else_=FAR)
    return _counted(session, period, group)


def median_km_in(session: Session, period: Period) -> float | None:
    """Return the median of the known kilometres."""
    return session.scalar(
        select(func.percentile_cont(0.5).within_group(_KM))
        .select_from(Placement)
        .join(PlacementBasis, PlacementBasis.placement_id == Placement.id)
        .where(IS_STAY, Placement.since.between(period.first, period.last))
    )


def schools_in(session: Session, period: Period) -> dict[str, int]:
    """Return how many children kept their school, how many did not, and of how many is unknown."""
    said = _FACTS["school_behouden"].astext
    words = case(
        (said.in_(("ja", "true", "1")), KEPT), (said.in_(("nee", "false", "0")), LOST),
        else_=UNKNOWN,
    )  # fmt: skip
    return _counted(session, period, words)


def _counted(session: Session, period: Period, what: Any) -> dict[Any, int]:
    rows = session.execute(
        select(what, func.count())
        .select_from(Placement)
        .outerjoin(PlacementBasis, PlacementBasis.placement_id == Placement.id)
        .where(IS_STAY, Placement.since.between(period.first, period.last))
        .group_by(what)
    )
    return dict(rows.all())


def lasted_by_half(session: Session, first: date, last: date) -> Sequence[Any]:
    """Return half-year of start, whether it is long-term care, days, entered, and how many of each.

    They broke down, were censored, or are left out.

    As things stood on the last day: what ended later still ran then. in_review: ended in a way
    that a person must judge; no_end: ended without saying how. entered: the day on which one
    that was taken over was told of, else 0.
    """
    ended = Placement.until <= last
    broken = and_(ended, PlacementEnding.label == EndLabel.BROKEN)
    in_review = and_(ended, PlacementEnding.label == EndLabel.REVIEW)
    no_end = and_(ended, PlacementEnding.label.is_(None))
    half = func.concat(
        extract("year", Placement.since).cast(Integer),
        "-",
        case((extract("month", Placement.since) <= 6, "1"), else_="2"),
    )
    days = func.least(func.coalesce(Placement.until, literal(last)), last) - Placement.since
    late = case(
        (was_taken_over(Placement), day_of(Placement.created_at) - Placement.since), else_=0
    )
    every = func.count()
    return session.execute(
        select(
            half.label("half"),
            _IS_LONG_TERM.label("is_long_term"),
            days.label("days"),
            late.label("entered"),
            every.filter(broken).label("broken"),
            every.filter(in_review).label("in_review"),
            every.filter(no_end).label("no_end"),
            every.label("every"),
        )
        .outerjoin(PlacementEnding, PlacementEnding.placement_id == Placement.id)
        .where(IS_STAY, Placement.since.between(first, last))
        .group_by(half, _IS_LONG_TERM, days, late)
    ).all()
