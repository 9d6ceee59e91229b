"""Small problems for tests: children and families as dicts, everything left out is unremarkable.

    build_problem(
        children=[{"age": 9, "severity": {"hechting": 2}, "siblings": ("BZ-1", "samen")}],
        families=[{"willingness": {"hechting": "met steun"}, "own_children": [2016]}],
    )

By default every child may go to every family. Dutch interface words stand for the codes.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from app.kernel.words import (
    CARE_FORMS,
    GENDERS,
    PROBLEMS,
    RHYTHMS,
    URGENCIES,
    WILLINGNESS,
    FamilyKind,
    FamilyStatus,
    GenderPreference,
    OtherChildrenWish,
    SiblingWish,
    VisitPlace,
)
from app.matching.beds import tell_families
from app.matching.problem import (
    Children,
    ExcludedAreas,
    Families,
    Housemates,
    Problem,
    SiblingGroups,
)
from tests.matching.build_settled import begun_pairs, part_places, siblings_placed, unlike_beds
from tests.matching.rows import (
    CHILD,
    FAITHS,
    FAMILY,
    LANGUAGES,
    PETS,
    SNAPSHOT,
    TRAININGS,
    Row,
    codes,
    column,
    complete,
    days,
    flags,
    floats,
    index_pairs,
)


def build_problem(
    *,
    children: Sequence[Row] = ({},),
    families: Sequence[Row] = ({},),
    snapshot: str = SNAPSHOT,
    recorded_no: Sequence[tuple[int, int]] = (),
    kept_apart: Sequence[tuple[int, int]] = (),
    kept_together: Sequence[tuple[int, int]] = (),
    on_hold: Sequence[str] = (),
    begun: Sequence[Row] = (),
    placed_siblings: Sequence[tuple[int, int, str]] = (),
) -> Problem:
    """Return a problem; positions in recorded_no and kept_apart are those of the rows given.

    begun: child, family, and where they differ since, takes_place, in_network. placed_siblings:
    a waiting child, the family of its sibling, and the wish of that pair.
    """
    kids = complete(children, CHILD, "number", "AM")
    homes = complete(families, FAMILY, "reference", "G")
    groups = _groups(kids, on_hold)
    return Problem(
        snapshot_day=np.datetime64(snapshot, "D"),
        children=_children(kids, homes, groups, snapshot),
        excluded=_excluded(kids),
        groups=groups,
        families=tell_families(_families(homes, kids), unlike_beds(homes)),
        beds=unlike_beds(homes),
        housemates=_housemates(homes),
        pets=PETS,
        languages=LANGUAGES,
        faiths=FAITHS,
        trainings=TRAININGS,
        recorded_no=index_pairs(recorded_no),
        kept_apart=index_pairs(kept_apart),
        kept_together=index_pairs(kept_together),
        begun=begun_pairs(begun),
        placed_siblings=siblings_placed(placed_siblings),
    )


def _groups(kids: Sequence[Row], on_hold: Sequence[str]) -> SiblingGroups:
    wishes: dict[str, str] = {
        kid["siblings"][0]: kid["siblings"][1] for kid in kids if kid["siblings"]
    }
    return SiblingGroups(
        code=tuple(wishes),
        wish=np.array([list(SiblingWish).index(SiblingWish(w)) for w in wishes.values()], np.int64),
        on_hold=np.array([code in on_hold for code in wishes], dtype=np.bool_),
    )


def _born_on(kid: Row, snapshot: str) -> np.datetime64:
    if kid["born_on"]:
        return np.datetime64(kid["born_on"], "D")
    days = int(np.ceil(kid["age"] * 365.25))
    return np.datetime64(snapshot, "D") - np.timedelta64(days, "D")


def _severity(kids: Sequence[Row]) -> Any:
    table = [[kid["severity"].get(str(problem), 0) for problem in PROBLEMS] for kid in kids]
    return np.array(table, dtype=np.int64).reshape(len(kids), len(PROBLEMS))


def _children(
    kids: Sequence[Row], homes: Sequence[Row], groups: SiblingGroups, snapshot: str
) -> Children:
    return Children(
        number=tuple(kid["number"] for kid in kids),
        born_on=np.array([_born_on(kid, snapshot) for kid in kids], dtype="datetime64[D]"),
        gender=codes(kids, "gender", GENDERS),
        care_form=codes(kids, "care_form", CARE_FORMS),
        urgency=codes(kids, "urgency", URGENCIES),
        registered_on=days(kids, "registered_on"),
        needed_from=days(kids, "needed_from"),
        leave_by=days(kids, "leave_by"),
        expected_months=floats(kids, "expected_months"),
        **_places_of(kids),
        **_needs_of(kids),
        **_wishes_of(kids),
        **_bonds_of(kids, homes, groups),
    )


def _places_of(kids: Sequence[Row]) -> dict[str, Any]:
    has_school = [
        kid["school_lat"] is not None if kid["has_school"] is None else kid["has_school"]
        for kid in kids
    ]
    return {
        "lat": floats(kids, "lat"),
        "lon": floats(kids, "lon"),
        "area_certain": column(kids, "area_certain", np.bool_),
        "area": tuple(kid["area"] for kid in kids),
        "school_lat": floats(kids, "school_lat"),
        "school_lon": floats(kids, "school_lon"),
        "school_certain": column(kids, "school_certain", np.bool_),
        "has_school": np.array(has_school, dtype=np.bool_),
        "keep_school": column(kids, "keep_school", np.bool_),
    }


def _needs_of(kids: Sequence[Row]) -> dict[str, Any]:
    return {
        "severity": _severity(kids),
        "sdq_total": floats(kids, "sdq_total"),
        "earlier_placements": column(kids, "earlier_placements"),
        "earlier_breakdowns": column(kids, "earlier_breakdowns"),
        "residential_past": column(kids, "residential_past", np.bool_),
        "allergies": flags(kids, "allergies", PETS),
        "needs_smoke_free": column(kids, "needs_smoke_free", np.bool_),
        "needs_wheelchair": column(kids, "needs_wheelchair", np.bool_),
    }


def _wishes_of(kids: Sequence[Row]) -> dict[str, Any]:
    return {
        "languages": flags(kids, "languages", LANGUAGES),
        "faith_wish": codes(kids, "faith_wish", FAITHS),
        "visits_per_month": floats(kids, "visits_per_month"),
        "visit_place": codes(kids, "visit_place", tuple(VisitPlace)),
        "secret_placement": column(kids, "secret_placement", np.bool_),
        "other_children": codes(kids, "other_children", tuple(OtherChildrenWish)),
    }


def _bonds_of(kids: Sequence[Row], homes: Sequence[Row], groups: SiblingGroups) -> dict[str, Any]:
    references = [home["reference"] for home in homes]
    group = [groups.code.index(kid["siblings"][0]) if kid["siblings"] else -1 for kid in kids]
    network = [
        references.index(r) if (r := kid["network_family"]) in references else -1 for kid in kids
    ]
    return {
        "sibling_group": np.array(group, dtype=np.int64),
        "network_family": np.array(network, dtype=np.int64),
        "network_refused": column(kids, "network_refused", np.bool_),
        "rhythm": codes(kids, "rhythm", RHYTHMS),
    }


def _excluded(kids: Sequence[Row]) -> ExcludedAreas:
    rows = [
        {"child": position, "certain": True, **area}
        for position, kid in enumerate(kids)
        for area in kid["excluded"]
    ]
    return ExcludedAreas(
        child=column(rows, "child"),
        area=tuple(row["area"] for row in rows),
        lat=floats(rows, "lat"),
        lon=floats(rows, "lon"),
        certain=column(rows, "certain", np.bool_),
        radius_km=column(rows, "radius_km", np.float64),
    )


def _for_child(home: Row, numbers: Sequence[str]) -> int:
    if home["for_child"] is None:
        return -1
    return list(numbers).index(home["for_child"]) if home["for_child"] in numbers else -2


def _kind(home: Row) -> int:
    kind = home["kind"] or ("netwerk" if home["for_child"] else "bestand")
    return list(FamilyKind).index(FamilyKind(kind))


def _willingness(homes: Sequence[Row]) -> Any:
    table = [
        [
            -1 if word is None else WILLINGNESS.index(word)
            for word in (home["willingness"].get(str(problem), "ja") for problem in PROBLEMS)
        ]
        for home in homes
    ]
    return np.array(table, dtype=np.int64).reshape(len(homes), len(PROBLEMS))


def _families(homes: Sequence[Row], kids: Sequence[Row]) -> Families:
    numbers = [kid["number"] for kid in kids]
    return Families(
        provider=tuple(home["provider"] for home in homes),
        reference=tuple(home["reference"] for home in homes),
        kind=np.array([_kind(home) for home in homes], dtype=np.int64),
        status=codes(homes, "status", tuple(FamilyStatus)),
        needs_confirmation=column(homes, "needs_confirmation", np.bool_),
        area=tuple(home["area"] for home in homes),
        lat=floats(homes, "lat"),
        lon=floats(homes, "lon"),
        area_certain=column(homes, "area_certain", np.bool_),
        forms=flags(homes, "forms", CARE_FORMS),
        free_places=column(homes, "free_places"),
        part_places=part_places(homes),
        available_from=days(homes, "available_from"),
        available_until=days(homes, "available_until"),
        min_age=column(homes, "min_age"),
        max_age=column(homes, "max_age"),
        gender_preference=codes(homes, "gender_preference", tuple(GenderPreference)),
        max_siblings=column(homes, "max_siblings"),
        willingness=_willingness(homes),
        experience_years=floats(homes, "experience_years"),
        trainings=flags(homes, "trainings", TRAININGS),
        cooperation=column(homes, "cooperation"),
        pets=flags(homes, "pets", PETS),
        smokes=column(homes, "smokes", np.bool_),
        wheelchair=column(homes, "wheelchair", np.bool_),
        languages=flags(homes, "languages", LANGUAGES),
        faith=codes(homes, "faith", FAITHS),
        clearance_until=days(homes, "clearance_until"),
        prepared=column(homes, "prepared", np.bool_),
        respite=column(homes, "respite", np.bool_),
        for_child=np.array([_for_child(home, numbers) for home in homes], dtype=np.int64),
        oldest_carer_born=np.array([min(h["carers_born"], default=0) for h in homes], np.int64),
        youngest_carer_born=np.array([max(h["carers_born"], default=0) for h in homes], np.int64),
    )


def _housemates(homes: Sequence[Row]) -> Housemates:
    rows = [
        (position, year, own)
        for position, home in enumerate(homes)
        for own, years in ((True, home["own_children"]), (False, home["foster_children"]))
        for year in years
    ]
    return Housemates(
        family=np.array([row[0] for row in rows], dtype=np.int64),
        birth_year=np.array([row[1] for row in rows], dtype=np.int64),
        own=np.array([row[2] for row in rows], dtype=np.bool_),
    )
