"""Past placements as a problem of the engine: placement i is child i with family i.

So the factors of the risk score are measured on the past by the very code that scores a pair.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from app.kernel.postcode import EARTH_RADIUS_KM
from app.kernel.words import (
    CARE_FORMS,
    PROBLEMS,
    RHYTHMS,
    WILLINGNESS,
    FamilyKind,
    OtherChildrenWish,
)
from app.learning.placement import PastChild, PastFamily, PastPlacement
from app.matching.as_columns import bools, floats, ints
from app.matching.problem import (
    Bools,
    Children,
    Days,
    ExcludedAreas,
    Families,
    Floats,
    Housemates,
    Ints,
    Problem,
    SiblingGroups,
)

SNAPSHOT = np.datetime64("2026-01-01", "D")  # ages count from here; which day it is plays no part
_DAYS_A_YEAR = 365.25
_DEGREES_A_KM = 180 / np.pi / EARTH_RADIUS_KM
_FAITHS = ("geen", "gewenst")
_LANGUAGES = ("gedeeld", "van het kind", "van het gezin")


def as_problem(placements: Sequence[PastPlacement]) -> Problem:
    """Return a problem of n children and n families; only the pairs (i, i) mean something."""
    children, families = [p.child for p in placements], [p.family for p in placements]
    trainings = tuple(sorted({name for family in families for name in family.trainings}))
    return Problem(
        snapshot_day=SNAPSHOT,
        children=_children(placements, children, families),
        excluded=ExcludedAreas(
            _none(), (), _none_f(), _none_f(), _none().astype(np.bool_), _none_f()
        ),
        groups=SiblingGroups((), _none(), _none().astype(np.bool_)),
        families=_families(children, families, trainings),
        housemates=_housemates(children, families),
        pets=(),
        languages=_LANGUAGES,
        faiths=_FAITHS,
        trainings=trainings,
        recorded_no=np.empty((0, 2), dtype=np.int64),
        kept_apart=np.empty((0, 2), dtype=np.int64),
    )


def _children(
    placements: Sequence[PastPlacement], children: list[PastChild], families: list[PastFamily]
) -> Children:
    n = len(children)
    wish = list(OtherChildrenWish)
    return Children(
        number=tuple(p.course.number for p in placements),
        born_on=_born_on(children),
        care_form=ints(CARE_FORMS.index(p.course.care_form) for p in placements),
        severity=np.array([child.severity for child in children], np.int64).reshape(n, -1),
        sdq_total=np.full(n, np.nan),  # the history does not know it
        earlier_placements=ints(child.placements for child in children),
        earlier_breakdowns=ints(child.breakdowns for child in children),
        residential_past=bools(child.was_residential for child in children),
        visits_per_month=floats(child.visits_per_month for child in children),
        other_children=ints(wish.index(child.other_children) for child in children),
        faith_wish=ints(-1 if child.faith_wish_met is None else 1 for child in children),
        keep_school=bools(child.keeps_school for child in children),
        languages=_languages(families, own=1),
        **_child_places(families),
        **_beside_the_score(n),
    )


def _child_places(families: list[PastFamily]) -> dict[str, Any]:
    """Put home and school due north and south of the family, as far as the history says."""
    home = floats(family.home_km for family in families)
    school = floats(family.school_km for family in families)
    n, has_school = len(families), ~np.isnan(school)
    return {
        "lat": home * _DEGREES_A_KM,
        "lon": np.zeros(n),
        "area_certain": ~np.isnan(home),
        "area": ("",) * n,
        "school_lat": -school * _DEGREES_A_KM,
        "school_lon": np.zeros(n),
        "school_certain": has_school,
        "has_school": has_school,
    }


def _beside_the_score(n: int) -> dict[str, Any]:
    """Fill the fields that rules and goals look at, and no factor does."""
    no, none, never = np.zeros(n, np.bool_), np.full(n, -1), np.full(n, "NaT", "datetime64[D]")
    return {
        "gender": none, "urgency": none, "visit_place": none, "sibling_group": none,
        "network_family": none, "network_refused": no, "secret_placement": no,
        "needs_smoke_free": no, "needs_wheelchair": no, "registered_on": never,
        "needed_from": never, "leave_by": never, "allergies": np.zeros((n, 0), np.bool_),
        "expected_months": np.full(n, np.nan), "rhythm": np.zeros(n, np.int64),
    }  # fmt: skip


def _families(
    children: list[PastChild], families: list[PastFamily], trainings: tuple[str, ...]
) -> Families:
    n, kinds = len(families), list(FamilyKind)
    followed = [[name in family.trainings for name in trainings] for family in families]
    met = [child.faith_wish_met for child in children]
    return Families(
        kind=ints(kinds.index(family.kind) for family in families),
        lat=np.zeros(n),
        lon=np.zeros(n),
        area_certain=np.ones(n, np.bool_),
        willingness=_willingness(families),
        experience_years=floats(family.experience_years for family in families),
        trainings=np.array(followed, np.bool_).reshape(n, len(trainings)),
        cooperation=ints(family.cooperation or 0 for family in families),
        languages=_languages(families, own=2),
        faith=ints(int(bool(is_met)) for is_met in met),
        respite=bools(family.has_respite for family in families),
        oldest_carer_born=ints(_born(family.oldest_carer) for family in families),
        youngest_carer_born=ints(_born(family.youngest_carer) for family in families),
        **_beside_the_family(n),
    )


def _beside_the_family(n: int) -> dict[str, Any]:
    no, zero, never = np.zeros(n, np.bool_), np.zeros(n, np.int64), np.full(n, "NaT", "M8[D]")
    return {
        "provider": ("",) * n, "reference": ("",) * n, "area": ("",) * n, "status": zero,
        "needs_confirmation": no, "forms": np.zeros((n, len(CARE_FORMS)), np.bool_),
        "free_places": zero, "part_places": np.zeros((n, len(RHYTHMS) - 1), np.int64),
        "available_from": never, "available_until": never, "min_age": zero,
        "max_age": zero, "gender_preference": zero, "max_siblings": zero, "smokes": no,
        "pets": np.zeros((n, 0), np.bool_), "wheelchair": no, "clearance_until": never,
        "prepared": no, "for_child": np.full(n, -1),
    }  # fmt: skip


def _housemates(children: list[PastChild], families: list[PastFamily]) -> Housemates:
    """Return the own child that is nearest in age, and as many foster children as there were.

    Of the own child only the gap is known, not its year: it gets a birth year with a fraction.
    """
    born = _decimal_years(_born_on(children))
    own = [
        (at, float(born[at]) - 0.5 + family.own_child_gap, True)
        for at, family in enumerate(families)
        if family.own_child_gap is not None
    ]
    foster = [
        (at, 0.0, False)
        for at, family in enumerate(families)
        for _ in range(family.foster_children)
    ]
    rows = own + foster
    return Housemates(
        family=ints(row[0] for row in rows),
        birth_year=np.array([row[1] for row in rows], dtype=np.float64),
        own=bools(row[2] for row in rows),
    )


def _born_on(children: list[PastChild]) -> Days:
    # Rounded up, so that a child of exactly 6.0 years is six.
    days = [int(np.ceil(child.age * _DAYS_A_YEAR)) for child in children]
    return SNAPSHOT - np.array(days, dtype="timedelta64[D]")


def _decimal_years(days: Days) -> Floats:
    return np.asarray(1970 + days.astype(np.int64) / _DAYS_A_YEAR)


def _born(age: int | None) -> int:
    year = int(SNAPSHOT.astype("datetime64[Y]").astype(np.int64)) + 1970
    return 0 if age is None else year - age


def _willingness(families: list[PastFamily]) -> Ints:
    table = [
        [-1 if answer is None else WILLINGNESS.index(answer) for answer in family.willingness]
        for family in families
    ]
    return np.array(table, dtype=np.int64).reshape(len(families), len(PROBLEMS))


def _languages(families: list[PastFamily], *, own: int) -> Bools:
    """Return made-up languages: one that is shared, or one each; none where it is unknown."""
    table = np.zeros((len(families), len(_LANGUAGES)), dtype=np.bool_)
    for at, family in enumerate(families):
        if family.shares_language is not None:
            table[at, 0 if family.shares_language else own] = True
    return table


def _none() -> Ints:
    return np.empty(0, dtype=np.int64)


def _none_f() -> Floats:
    return np.empty(0, dtype=np.float64)
