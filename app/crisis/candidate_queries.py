"""The SELECTs of who may take a child tonight if it has a bed: every family of the region.

Of each only what the order asks. Beds, and what else the rules ask, are looked at afterwards and of
the first of them (`home_queries.py`): that takes the database longest.
"""

from collections.abc import Iterator, Sequence, Set
from datetime import date
from functools import lru_cache
from math import inf
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, any_, case, func, literal, not_, select
from sqlalchemy.orm import Session

from app.crisis.area_points import kilometres
from app.crisis.beds import Need, Person, is_near, problems_of
from app.crisis.first_called import Candidate
from app.crisis.home_queries import is_for_crisis, is_open_on
from app.crisis.words import PET_OF, Flag
from app.kernel.postcode import pc4_of
from app.kernel.words import GenderPreference, Problem, Willingness
from app.models import Family, FamilyWillingness, Provider


def find_candidates(session: Session, need: Need, *, today: date, here: str) -> list[Candidate]:
    """Return every family that may take at least the first child of a need, in no order.

    here: the postcode where the child is.
    """
    rows = session.execute(_candidates(today, need)).all()
    codes = dict(session.execute(select(Provider.id, Provider.code)).all())
    areas = [pc4_of(row[-1]) for row in rows]
    km = kilometres(session, areas, here=pc4_of(here))
    asked, is_threat = len(problems_of(need)), Flag.THREAT in need.flags
    found = []
    for row, area in zip(rows, areas, strict=True):
        family_id, provider_id, number, at_most, eager, needs_confirmation, _ = row
        away, unsafe = km[area], asked - eager
        if is_threat and is_near(away):
            unsafe += 1
        key = (unsafe, needs_confirmation, inf if away is None else away)
        found.append(Candidate(*key, codes[provider_id], number, family_id, at_most))
    return found


@lru_cache(maxsize=64)
def _candidates(today: date, need: Need) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Family.id, Family.provider_id, Family.reference, _at_most(need).label("at_most"),
            _eager(problems_of(need)).label("eager"), Family.needs_confirmation, Family.postcode,
        )
        .where(
            is_for_crisis(), *is_open_on(today), _takes(need.children[0]), *_can_have(need.flags),
            Family.prepared.is_(True), Family.clearance_until >= today,
        )
    )  # fmt: skip


def _at_most(need: Need) -> ColumnElement[int]:
    """Return how many children a family takes together: those before the first it refuses."""
    kin = list(enumerate(need.children))[1:]
    if not kin:
        return literal(1)
    refuses = case(*((not_(_takes(one)), n) for n, one in kin), else_=len(need.children))
    return func.least(Family.max_siblings, refuses)


def _eager(problems: Sequence[Problem]) -> ColumnElement[int]:
    """Return against how many of these problems a family says yes, without more."""
    if not problems:
        return literal(0)
    told = FamilyWillingness
    return (
        select(func.count())
        .where(
            told.family_id == Family.id,
            told.problem.in_(problems),
            told.answer == Willingness.YES,
        )
        .scalar_subquery()
    )


def _takes(child: Person) -> ColumnElement[bool]:
    wanted = {GenderPreference.NONE.value, child.gender.value} & set(GenderPreference)
    return and_(
        Family.min_age <= child.age,
        Family.max_age >= child.age,
        Family.gender_preference.in_([GenderPreference(word) for word in sorted(wanted)]),
    )


def _can_have(flags: Set[Flag]) -> Iterator[ColumnElement[bool]]:
    if Flag.WHEELCHAIR in flags:
        yield Family.wheelchair.is_(True)
    if Flag.SMOKE_FREE in flags:
        yield Family.smokes.is_(False)
    for flag in flags & PET_OF.keys():
        yield not_(literal(PET_OF[flag]) == any_(Family.pets))
