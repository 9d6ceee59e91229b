"""Facts of a child or a family that a "what if" may change, by their Dutch names.

Each name leads to one column of the problem, with what its value must be. What people have begun,
who is whose sibling and where people live are no facts to play with.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

import numpy as np

from app.kernel.errors import InputRefused
from app.kernel.words import (
    CARE_FORMS,
    PROBLEMS,
    RHYTHMS,
    URGENCIES,
    WILLINGNESS,
    CareForm,
    FamilyStatus,
    GenderPreference,
    OtherChildrenWish,
    Rhythm,
    VisitPlace,
)
from app.matching.problem import Problem

Value = bool | int | float | str | list[str] | None
Read = Callable[[Value, Problem], Any]


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact: its column of the table, how its value is read, and of a matrix which column."""

    column: str
    read: Read
    at: int | None = None


def _fail(wanted: str) -> InputRefused:
    return InputRefused(f"De waarde van dit feit past niet bij het veld: geef {wanted}.")


def _word(words: type[StrEnum]) -> Read:
    known = [word.value for word in words]

    def read(value: Value, _: Problem) -> int:
        if value not in known:
            raise _fail(f"een van {', '.join(known)}")
        return known.index(str(value))

    return read


def _number(least: float, most: float, *, whole: bool = True, unknown: float | None = None) -> Read:
    kind = "een heel getal" if whole else "een getal"

    def read(value: Value, _: Problem) -> float:
        if value is None and unknown is not None:
            return unknown
        is_number = isinstance(value, int if whole else (int, float))
        if isinstance(value, bool) or not is_number or not least <= float(str(value)) <= most:
            raise _fail(f"{kind} van {least:g} tot en met {most:g}")
        return float(str(value))

    return read


def _yes_no(value: Value, _: Problem) -> bool:
    if not isinstance(value, bool):
        raise _fail("true of false")
    return value


def _day(*, may_be_none: bool) -> Read:
    wanted = "een datum zoals 2026-11-01" + (" of null" if may_be_none else "")

    def read(value: Value, _: Problem) -> np.datetime64:
        if value is None and may_be_none:
            return np.datetime64("NaT", "D")
        try:
            day = date.fromisoformat(value) if isinstance(value, str) else None
        except ValueError:
            day = None
        if day is None or not 1900 <= day.year <= 2100:
            raise _fail(wanted)
        return np.datetime64(day, "D")

    return read


def _pets(value: Value, problem: Problem) -> Any:
    if not isinstance(value, list):
        raise _fail("een lijst van dieren")
    # A kind of pet that occurs nowhere in the problem can meet nobody either.
    return np.array([pet in value for pet in problem.pets], dtype=np.bool_)


def _forms(value: Value, _: Problem) -> Any:
    known = [form.value for form in CARE_FORMS]
    if not isinstance(value, list) or not set(value) <= set(known):
        raise _fail(f"een lijst uit {', '.join(known)}")
    return np.array([form in value for form in known], dtype=np.bool_)


CHILD_FACTS: Mapping[str, Fact] = {
    "urgentie": Fact("urgency", _word(type(URGENCIES[0]))),
    "vorm": Fact("care_form", _word(CareForm)),
    "ritme": Fact("rhythm", _word(Rhythm)),
    "nodigVanaf": Fact("needed_from", _day(may_be_none=False)),
    "moetWegOp": Fact("leave_by", _day(may_be_none=True)),
    "verwachteDuurMaanden": Fact("expected_months", _number(1, 252)),
    "schoolBehouden": Fact("keep_school", _yes_no),
    "rolstoel": Fact("needs_wheelchair", _yes_no),
    "rookvrijNodig": Fact("needs_smoke_free", _yes_no),
    "allergieen": Fact("allergies", _pets),
    "andereKinderen": Fact("other_children", _word(OtherChildrenWish)),
    "bezoekPerMaand": Fact("visits_per_month", _number(0, 31)),
    "bezoekPlek": Fact("visit_place", _word(VisitPlace)),
    "sdqTotaal": Fact("sdq_total", _number(0, 40, unknown=np.nan)),
    **{
        f"problematiek.{problem}": Fact("severity", _number(0, 3), at)
        for at, problem in enumerate(PROBLEMS)
    },
}
FAMILY_FACTS: Mapping[str, Fact] = {
    "status": Fact("status", _word(FamilyStatus)),
    "navragen": Fact("needs_confirmation", _yes_no),
    "vormen": Fact("forms", _forms),
    "leeftijdVan": Fact("min_age", _number(0, 23)),
    "leeftijdTotEnMet": Fact("max_age", _number(0, 23)),
    "voorkeurGeslacht": Fact("gender_preference", _word(GenderPreference)),
    "maxBroersZussen": Fact("max_siblings", _number(1, 20)),
    "beschikbaarVanaf": Fact("available_from", _day(may_be_none=True)),
    "beschikbaarTot": Fact("available_until", _day(may_be_none=True)),
    "vgbGeldigTot": Fact("clearance_until", _day(may_be_none=True)),
    "voorbereid": Fact("prepared", _yes_no),
    "huisdieren": Fact("pets", _pets),
    "rookt": Fact("smokes", _yes_no),
    "rolstoel": Fact("wheelchair", _yes_no),
    "ervaringJaren": Fact("experience_years", _number(0, 80, whole=False)),
    "samenwerkingOuders": Fact("cooperation", _number(1, 5, unknown=0)),
    "respijt": Fact("respite", _yes_no),
    **{
        f"bereidheid.{problem}": Fact("willingness", _word(type(WILLINGNESS[0])), at)
        for at, problem in enumerate(PROBLEMS)
    },
}
RADIUS = "straalKm"  # of the areas where the child may not live
_read_radius = _number(0, 200, whole=False)


def change_child(problem: Problem, child: int, name: str, value: Value) -> Problem:
    """Return the problem with one fact of a child changed; raises InputRefused."""
    if name == RADIUS:
        radius = problem.excluded.radius_km.copy()
        radius[problem.excluded.child == child] = _read_radius(value, problem)
        return replace(problem, excluded=replace(problem.excluded, radius_km=radius))
    fact = _known(CHILD_FACTS, name, "kind", (*CHILD_FACTS, RADIUS))
    column = _changed(problem.children, fact, child, fact.read(value, problem))
    changed = replace(problem, children=replace(problem.children, **{fact.column: column}))
    return _require_rhythm(changed, child)


def change_family(problem: Problem, family: int, name: str, value: Value) -> Problem:
    """Return the problem with one fact of a family changed; raises InputRefused."""
    fact = _known(FAMILY_FACTS, name, "gezin", tuple(FAMILY_FACTS))
    read = fact.read(value, problem)
    column = _changed(problem.families, fact, family, read)
    changed = replace(problem, families=replace(problem.families, **{fact.column: column}))
    if fact.column != "forms":
        return changed
    beds = problem.beds.change(np.flatnonzero(problem.beds.family == family), forms=read)
    return replace(changed, beds=beds)


def _known(facts: Mapping[str, Fact], name: str, whose: str, names: tuple[str, ...]) -> Fact:
    if name not in facts:
        raise InputRefused(
            f"Dit veld van een {whose} kan hier niet worden veranderd: kies uit {', '.join(names)}."
        )
    return facts[name]


def _changed(table: Any, fact: Fact, row: int, value: Any) -> Any:
    column = getattr(table, fact.column).copy()
    column[row if fact.at is None else (row, fact.at)] = value
    return column


def _require_rhythm(problem: Problem, child: int) -> Problem:
    kids = problem.children
    part_time = CARE_FORMS[kids.care_form[child]] is CareForm.PART_TIME
    if not part_time and RHYTHMS[kids.rhythm[child]] is not Rhythm.FULL_TIME:
        raise InputRefused(
            "Een ritme hoort bij de vorm deeltijd: verander ook de vorm, of kies voltijd."
        )
    return problem
