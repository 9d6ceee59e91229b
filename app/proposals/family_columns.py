"""Families as columns of the engine's input."""

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from app.kernel.rhythms import SLOTS
from app.kernel.words import (
    CARE_FORMS,
    PROBLEMS,
    RHYTHMS,
    WILLINGNESS,
    FamilyKind,
    FamilyStatus,
    GenderPreference,
    HousemateRole,
)
from app.matching.problem import Families, Ints
from app.models import Family
from app.proposals.columns import bools, codes, column_of, days, floats, ints, matrix
from app.proposals.points import Points
from app.proposals.rows import MatchRows
from app.proposals.vocabularies import Vocabularies, faith_of

# Fields that are taken over as they are: the name of the attribute, and its kind of column.
_PLAIN: dict[str, Callable[[list[Any]], Any]] = {
    **dict.fromkeys(
        (
            "available_from",
            "available_until",
            "clearance_until",
        ),
        days,
    ),
    **dict.fromkeys(("experience_years",), floats),
    **dict.fromkeys(
        (
            "min_age",
            "max_age",
            "max_siblings",
        ),
        ints,
    ),
    **dict.fromkeys(
        (
            "needs_confirmation",
            "smokes",
            "wheelchair",
            "prepared",
            "respite",
        ),
        bools,
    ),
    "kind": partial(codes, tuple(FamilyKind)),
    "status": partial(codes, tuple(FamilyStatus)),
    "gender_preference": partial(codes, tuple(GenderPreference)),
}


def family_columns(rows: MatchRows, words: Vocabularies) -> Families:
    """Return the families as columns, in the order of the rows."""
    table = [family for family, _ in rows.families]
    get = column_of(table)
    homes = Points.of(table, rows.areas, lambda f: f.postcode)
    numbers = {registration.number: i for i, (registration, _) in enumerate(rows.children)}
    carers = [_years(rows, family, HousemateRole.CARER) for family in table]
    return Families(
        **{name: kind(get(name)) for name, kind in _PLAIN.items()},
        provider=tuple(code for _, code in rows.families),
        reference=tuple(family.reference for family in table),
        area=homes.area,
        lat=homes.lat,
        lon=homes.lon,
        area_certain=homes.certain,
        forms=np.array(
            [[form in rows.forms[family.id] for form in CARE_FORMS] for family in table], dtype=bool
        ).reshape(len(table), len(CARE_FORMS)),
        free_places=ints(
            sum(place.slots == SLOTS for place in rows.free_places.get(family.id, ()))
            for family in table
        ),
        part_places=_part_places(rows),
        willingness=_willingness(rows),
        trainings=matrix(get("trainings"), words.trainings),
        cooperation=ints(value or 0 for value in get("cooperation")),
        pets=matrix(get("pets"), words.pets),
        languages=matrix(get("languages"), words.languages),
        faith=codes(words.faiths, [faith_of(family) for family in table]),
        for_child=ints(
            -1 if f.network_for is None else numbers.get(f.network_for, -2) for f in table
        ),
        oldest_carer_born=ints(min(years, default=0) for years in carers),
        youngest_carer_born=ints(max(years, default=0) for years in carers),
    )


def _part_places(rows: MatchRows) -> Ints:
    """Return what is free of beds that are for one rhythm, or in use in another, (m, 4)."""
    grid = [
        [
            sum(slot in place.slots != SLOTS for place in rows.free_places.get(family.id, ()))
            for slot in RHYTHMS[1:]
        ]
        for family, _ in rows.families
    ]
    return np.array(grid, dtype=np.int64).reshape(len(grid), len(SLOTS))


def _willingness(rows: MatchRows) -> Ints:
    position = {answer: i for i, answer in enumerate(WILLINGNESS)}
    known = [rows.willingness[family.id] for family, _ in rows.families]
    grid = [[position.get(answers.get(p), -1) for p in PROBLEMS] for answers in known]  # type: ignore[arg-type]
    return np.array(grid, dtype=np.int64).reshape(len(known), len(PROBLEMS))


def _years(rows: MatchRows, family: Family, role: HousemateRole) -> list[int]:
    return [year for kind, year in rows.housemates.get(family.id, ()) if kind is role]
