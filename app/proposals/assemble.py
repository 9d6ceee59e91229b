"""Turns rows into a problem: the only bridge between the tables and the engine."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import numpy as np
from sqlalchemy.orm import Session

from app.kernel.postcode import pc4_of
from app.kernel.words import (
    CARE_FORMS,
    GENDERS,
    PROBLEMS,
    URGENCIES,
    WILLINGNESS,
    AreaQuality,
    FamilyKind,
    FamilyStatus,
    GenderPreference,
    HousemateRole,
    OtherChildrenWish,
    SiblingWish,
    VisitPlace,
)
from app.matching.problem import (
    Bools,
    Children,
    ExcludedAreas,
    Families,
    Floats,
    Housemates,
    Ints,
    Problem,
    SiblingGroups,
)
from app.models import Family, PostcodeArea, Registration
from app.proposals.columns import bools, codes, column_of, days, floats, ints, matrix, vocabulary
from app.proposals.rows import MatchRows, read_match_rows

NO_FAITH = "geen"


@dataclass(frozen=True, slots=True)
class Assembled:
    """A problem, and the keys that lead from its positions back to the rows."""

    problem: Problem
    registration_ids: tuple[UUID, ...]
    family_ids: tuple[UUID, ...]
    free_places: tuple[tuple[UUID, ...], ...]


def assemble(session: Session, snapshot_day: date) -> Assembled:
    """Return all waiting children and all families of the database as one problem."""
    rows = read_match_rows(session)
    families = [family for family, _ in rows.families]
    return Assembled(
        problem=build_problem(rows, snapshot_day),
        registration_ids=tuple(registration.id for registration, _ in rows.children),
        family_ids=tuple(family.id for family in families),
        free_places=tuple(tuple(rows.free_places.get(family.id, ())) for family in families),
    )


def build_problem(rows: MatchRows, snapshot_day: date) -> Problem:
    """Return the rows as columns; codes and vocabularies are sorted, never in order of arrival."""
    registrations = [registration for registration, _ in rows.children]
    families = [family for family, _ in rows.families]
    words = _Words(
        pets=vocabulary([*(r.allergies for r in registrations), *(f.pets for f in families)]),
        languages=vocabulary(
            [*(r.languages for r in registrations), *(f.languages for f in families)]
        ),
        faiths=vocabulary([[r.faith_wish] for r in registrations] + [[_faith(f)] for f in families]),
        trainings=vocabulary(f.trainings for f in families),
    )
    return Problem(
        snapshot_day=np.datetime64(snapshot_day, "D"),
        children=_children(rows, words),
        excluded=_excluded(rows),
        groups=_groups(rows),
        families=_families(rows, words),
        housemates=_housemates(rows),
        pets=words.pets,
        languages=words.languages,
        faiths=words.faiths,
        trainings=words.trainings,
        recorded_no=_recorded_no(rows),
        kept_apart=np.empty((0, 2), dtype=np.int64),
    )


@dataclass(frozen=True, slots=True)
class _Words:
    pets: tuple[str, ...]
    languages: tuple[str, ...]
    faiths: tuple[str, ...]
    trainings: tuple[str, ...]


def _children(rows: MatchRows, words: _Words) -> Children:
    table = [registration for registration, _ in rows.children]
    people = [child for _, child in rows.children]
    get = column_of(table)
    homes = _Points.of(table, rows.areas, lambda r: r.postcode)
    schools = _Points.of(table, rows.areas, lambda r: r.school_postcode)
    groups = {group.id: i for i, group in enumerate(rows.groups)}
    return Children(
        number=tuple(r.number for r in table),
        born_on=days([child.born_on for child in people]),
        gender=codes(GENDERS, [child.gender for child in people]),
        care_form=codes(CARE_FORMS, get("care_form")),
        urgency=codes(URGENCIES, get("urgency")),
        registered_on=days(get("registered_on")),
        needed_from=days(get("needed_from")),
        leave_by=days(get("leave_by")),
        expected_months=floats(get("expected_months")),
        lat=homes.lat,
        lon=homes.lon,
        area_certain=homes.certain,
        area=homes.area,
        school_lat=schools.lat,
        school_lon=schools.lon,
        school_certain=schools.certain,
        has_school=bools(r.school_postcode is not None for r in table),
        keep_school=bools(get("keep_school")),
        severity=_severity(rows),
        sdq_total=floats(get("sdq_total")),
        earlier_placements=ints(get("earlier_placements")),
        earlier_breakdowns=ints(get("earlier_breakdowns")),
        residential_past=bools(get("residential_past")),
        allergies=matrix(get("allergies"), words.pets),
        needs_smoke_free=bools(get("needs_smoke_free")),
        needs_wheelchair=bools(get("needs_wheelchair")),
        languages=matrix(get("languages"), words.languages),
        faith_wish=codes(words.faiths, get("faith_wish")),
        visits_per_month=floats(get("visits_per_month")),
        visit_place=codes(tuple(VisitPlace), get("visit_place")),
        secret_placement=bools(get("secret_placement")),
        other_children=codes(tuple(OtherChildrenWish), get("other_children")),
        sibling_group=ints(groups[r.sibling_group_id] if r.sibling_group_id else -1 for r in table),
        network_family=_network_family(table, rows),
        network_refused=bools(r.network_refused_reason is not None for r in table),
    )


def _families(rows: MatchRows, words: _Words) -> Families:
    table = [family for family, _ in rows.families]
    get = column_of(table)
    homes = _Points.of(table, rows.areas, lambda f: f.postcode)
    numbers = {registration.number: i for i, (registration, _) in enumerate(rows.children)}
    carers = [_years(rows, family, HousemateRole.CARER) for family in table]
    return Families(
        provider=tuple(code for _, code in rows.families),
        reference=tuple(family.reference for family in table),
        kind=codes(tuple(FamilyKind), get("kind")),
        status=codes(tuple(FamilyStatus), get("status")),
        needs_confirmation=bools(get("needs_confirmation")),
        area=homes.area,
        lat=homes.lat,
        lon=homes.lon,
        area_certain=homes.certain,
        forms=np.array(
            [[form in rows.forms[family.id] for form in CARE_FORMS] for family in table], dtype=bool
        ).reshape(len(table), len(CARE_FORMS)),
        free_places=ints(len(rows.free_places.get(family.id, ())) for family in table),
        available_from=days(get("available_from")),
        available_until=days(get("available_until")),
        min_age=ints(get("min_age")),
        max_age=ints(get("max_age")),
        gender_preference=codes(tuple(GenderPreference), get("gender_preference")),
        max_siblings=ints(get("max_siblings")),
        willingness=_willingness(rows),
        experience_years=floats(get("experience_years")),
        trainings=matrix(get("trainings"), words.trainings),
        cooperation=ints(value or 0 for value in get("cooperation")),
        pets=matrix(get("pets"), words.pets),
        smokes=bools(get("smokes")),
        wheelchair=bools(get("wheelchair")),
        languages=matrix(get("languages"), words.languages),
        faith=codes(words.faiths, [_faith(family) for family in table]),
        clearance_until=days(get("clearance_until")),
        prepared=bools(get("prepared")),
        respite=bools(get("respite")),
        for_child=ints(
            -1 if f.network_for is None else numbers.get(f.network_for, -2) for f in table
        ),
        oldest_carer_born=ints(min(years, default=0) for years in carers),
        youngest_carer_born=ints(max(years, default=0) for years in carers),
    )


@dataclass(frozen=True, slots=True)
class _Points:
    """Centroids of postcodes: NaN where the area is unknown, certain only where it is exact."""

    area: tuple[str, ...]
    lat: Floats
    lon: Floats
    certain: Bools

    @staticmethod
    def of(
        table: Sequence[Any], areas: dict[str, PostcodeArea], postcode: Callable[[Any], str | None]
    ) -> "_Points":
        codes = tuple(pc4_of(postcode(row) or "") for row in table)
        found = [areas.get(code) for code in codes]
        return _Points(
            area=codes,
            lat=floats(area.lat if area else None for area in found),
            lon=floats(area.lon if area else None for area in found),
            certain=bools(area is not None and area.quality is AreaQuality.EXACT for area in found),
        )


def _excluded(rows: MatchRows) -> ExcludedAreas:
    positions = {registration.id: i for i, (registration, _) in enumerate(rows.children)}
    points = _Points.of(rows.excluded, rows.areas, lambda area: area.postcode)
    return ExcludedAreas(
        child=ints(positions[area.registration_id] for area in rows.excluded),
        area=points.area,
        lat=points.lat,
        lon=points.lon,
        certain=points.certain,
        radius_km=floats(area.radius_km for area in rows.excluded),
    )


def _groups(rows: MatchRows) -> SiblingGroups:
    return SiblingGroups(
        code=tuple(group.code for group in rows.groups),
        wish=codes(tuple(SiblingWish), [group.wish for group in rows.groups]),
        on_hold=bools(group.on_hold for group in rows.groups),
    )


def _housemates(rows: MatchRows) -> Housemates:
    found = [
        (position, year, role is HousemateRole.OWN_CHILD)
        for position, (family, _) in enumerate(rows.families)
        for role, year in rows.housemates.get(family.id, ())
        if role is not HousemateRole.CARER
    ]
    return Housemates(
        family=ints(position for position, _, _ in found),
        birth_year=ints(year for _, year, _ in found),
        own=bools(own for _, _, own in found),
    )


def _recorded_no(rows: MatchRows) -> Ints:
    children = {registration.id: i for i, (registration, _) in enumerate(rows.children)}
    families = {family.id: i for i, (family, _) in enumerate(rows.families)}
    pairs = [(children[child], families[family]) for child, family in rows.recorded_no]
    return np.array(sorted(pairs), dtype=np.int64).reshape(-1, 2)


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


def _willingness(rows: MatchRows) -> Ints:
    position = {answer: i for i, answer in enumerate(WILLINGNESS)}
    known = [rows.willingness[family.id] for family, _ in rows.families]
    grid = [[position.get(answers.get(p), -1) for p in PROBLEMS] for answers in known]  # type: ignore[arg-type]
    return np.array(grid, dtype=np.int64).reshape(len(known), len(PROBLEMS))


def _years(rows: MatchRows, family: Family, role: HousemateRole) -> list[int]:
    return [year for kind, year in rows.housemates.get(family.id, ()) if kind is role]


def _faith(family: Family) -> str | None:
    # "geen" is the absence of a faith, not a faith that could meet a child's wish.
    return None if family.faith == NO_FAITH else family.faith
