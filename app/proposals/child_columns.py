"""Waiting children as columns of the engine's input."""

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from app.kernel.words import (
    CARE_FORMS,
    GENDERS,
    PROBLEMS,
    RHYTHMS,
    URGENCIES,
    OtherChildrenWish,
    VisitPlace,
)
from app.matching.problem import Children, Ints
from app.models import Registration
from app.proposals.columns import bools, codes, column_of, days, floats, ints, matrix
from app.proposals.points import Points
from app.proposals.rows import MatchRows
from app.proposals.vocabularies import Vocabularies

# Fields that are taken over as they are: the name of the attribute, and its kind of column.
_PLAIN: dict[str, Callable[[list[Any]], Any]] = {
    **dict.fromkeys(
        (
            "needed_from",
            "leave_by",
        ),
        days,
    ),
    **dict.fromkeys(
        (
            "expected_months",
            "sdq_total",
            "visits_per_month",
        ),
        floats,
    ),
    **dict.fromkeys(
        (
            "earlier_placements",
            "earlier_breakdowns",
        ),
        ints,
    ),
    **dict.fromkeys(
        (
            "keep_school",
            "residential_past",
            "needs_smoke_free",
            "needs_wheelchair",
            "secret_placement",
        ),
        bools,
    ),
    "care_form": partial(codes, CARE_FORMS),
    "rhythm": partial(codes, RHYTHMS),
    "urgency": partial(codes, URGENCIES),
    "visit_place": partial(codes, tuple(VisitPlace)),
    "other_children": partial(codes, tuple(OtherChildrenWish)),
}


def child_columns(rows: MatchRows, words: Vocabularies, groups: Ints) -> Children:
    """Return the waiting children as columns, in the order of the rows.

    groups: position of each child's sibling group in the problem, -1 for none.
    """
    table = [registration for registration, _ in rows.children]
    people = [child for _, child in rows.children]
    get = column_of(table)
    homes = Points.of(table, rows.areas, lambda r: r.postcode)
    schools = Points.of(table, rows.areas, lambda r: r.school_postcode)
    return Children(
        **{name: kind(get(name)) for name, kind in _PLAIN.items()},
        number=tuple(r.number for r in table),
        born_on=days([child.born_on for child in people]),
        registered_on=days(get("waiting_since")),
        gender=codes(GENDERS, [child.gender for child in people]),
        lat=homes.lat,
        lon=homes.lon,
        area_certain=homes.certain,
        area=homes.area,
        school_lat=schools.lat,
        school_lon=schools.lon,
        school_certain=schools.certain,
        has_school=bools(r.school_postcode is not None for r in table),
        severity=_severity(rows),
        allergies=matrix(get("allergies"), words.pets),
        languages=matrix(get("languages"), words.languages),
        faith_wish=codes(words.faiths, get("faith_wish")),
        sibling_group=groups,
        network_family=_network_family(table, rows),
        network_refused=bools(r.network_refused_reason is not None for r in table),
    )


def _network_family(table: list[Registration], rows: MatchRows) -> Ints:
    # A number is only unique within its provider: the family that names the child back wins.
    named: dict[tuple[str | None, str | None], int] = {
        (family.network_for, family.reference): i for i, (family, _) in enumerate(rows.families)
    }
    return ints(named.get((r.number, r.network_family), -1) for r in table)


def _severity(rows: MatchRows) -> Ints:
    known = [rows.severities[registration.id] for registration, _ in rows.children]
    grid = [[severities.get(problem, 0) for problem in PROBLEMS] for severities in known]
    return np.array(grid, dtype=np.int64).reshape(len(known), len(PROBLEMS))
