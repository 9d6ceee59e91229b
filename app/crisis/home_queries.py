"""The SELECTs of tonight's free crisis beds: which families, and what one must know to call one.

Apart: rules and order look at every family of the region, and a page shows the first few. Columns,
not entities: there are thousands, and the list for on paper shows them all.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import isnan
from typing import Any
from uuid import UUID

import numpy as np
from sqlalchemy import ColumnElement, Select, func, null, or_, select, tuple_
from sqlalchemy.orm import Session
from sqlalchemy.sql.selectable import LateralFromClause

from app.crisis.allowed_queries import youngest_born
from app.crisis.beds import Contact, Home, Need, Person, problems_of
from app.crisis.queries import IS_FREE
from app.db.bulk import among
from app.freshness import first_of, heard_beside, whole_exports
from app.kernel.clock import AMSTERDAM
from app.kernel.postcode import distance_km, pc4_of
from app.kernel.words import (
    CareForm,
    FamilyKind,
    FamilyStatus,
    GenderPreference,
    Problem,
    Willingness,
)
from app.models import (
    DutyNumber,
    Family,
    FamilyForm,
    FamilyPhone,
    FamilyWillingness,
    Place,
    PostcodeArea,
    Provider,
)
from app.settings import load_settings

_PROBLEMS = {problem.value: problem for problem in Problem}
_ANSWERS = {answer.value: answer for answer in Willingness}


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the list: so many families, those that follow a provider's code and a number."""

    size: int
    after: tuple[str, str] | None = None


def find_homes(
    session: Session,
    *,
    today: date,
    postcode: str | None,
    part: Part | None = None,
    need: Need | None = None,
) -> list[Home]:
    """Return every family with a free crisis bed tonight; postcode: where the child is.

    part: only those, one more than its size if there are more. need: without those that may not
    take its first child anyway (`fits` judges the rest), and with what they said of its problems.
    """
    asked = problems_of(need) if need else list(Problem)
    statement = _homes(today, _answered(asked))
    if need is not None:
        statement = statement.where(*_may_take(need.children[0], today))
    if part is not None:
        statement = statement.limit(part.size + 1)
    if part is not None and part.after is not None:
        statement = statement.where(tuple_(Provider.code, Family.reference) > part.after)
    rows = session.execute(statement).all()
    km = _kilometres(session, [row.postcode for row in rows], postcode)
    return [_home(row, km[n]) for n, row in enumerate(rows)]


def contacts_of(session: Session, family_ids: Collection[UUID]) -> dict[UUID, Contact]:
    """Return what one must know to call each of these families; without who is gone by now."""
    exports = whole_exports()
    rows = session.execute(
        select(
            Family.id, Family.name, Family.place_name, heard_beside(exports).label("told"),
            FamilyPhone.phone, DutyNumber.phone.label("duty_phone"),
        )
        .outerjoin(exports, exports.c.source_id == Family.source_id)
        .outerjoin(FamilyPhone, FamilyPhone.family_id == Family.id)
        .outerjoin(DutyNumber, DutyNumber.provider_id == Family.provider_id)
        .where(among(Family.id, family_ids))
    ).all()  # fmt: skip
    told = ((row.id, row.told, None) for row in rows)  # who pauses is not among them
    stale = first_of(told, days=load_settings().confirm_after_days)
    return {
        row.id: Contact(
            row.name, row.place_name, row.phone, row.duty_phone,
            told_on=row.told.astimezone(AMSTERDAM).date(), is_stale=row.id in stale,
        )
        for row in rows
    }  # fmt: skip


def _free_beds() -> LateralFromClause:
    # Of one family at a time: to count the beds of all families first took most of the time.
    counted = select(func.count().label("beds")).where(Place.family_id == Family.id, *IS_FREE)
    return counted.correlate(Family).lateral("free")


def _answered(problems: Collection[Problem]) -> ColumnElement[Any]:
    """Return what a family said of problems; to collect it is half the work, so of those alone."""
    if not problems:
        return null()
    told = func.jsonb_object_agg(FamilyWillingness.problem, FamilyWillingness.answer)
    return (
        select(told)
        .where(FamilyWillingness.family_id == Family.id, FamilyWillingness.problem.in_(problems))
        .scalar_subquery()
    )


def _homes(today: date, answers: ColumnElement[Any]) -> Select[*tuple[Any, ...]]:
    free = _free_beds()
    return (
        select(  # in the order of `Home`
            Family.id, Provider.code, Family.reference, free.c.beds,
            Family.max_siblings, Family.min_age, Family.max_age, Family.gender_preference,
            Family.pets, Family.smokes, Family.wheelchair,
            youngest_born().label("youngest_carer_born"),
            Family.prepared, Family.clearance_until, Family.needs_confirmation,
            answers.label("answers"),
            Family.postcode,
        )
        .join(Provider, Provider.id == Family.provider_id)
        .join(FamilyForm, FamilyForm.family_id == Family.id)
        .join(free, free.c.beds > 0)
        .where(
            FamilyForm.form == CareForm.CRISIS,
            Family.kind == FamilyKind.RECRUITED,
            Family.status == FamilyStatus.ACTIVE,
            or_(Family.available_from.is_(None), Family.available_from <= today),
            or_(Family.available_until.is_(None), Family.available_until >= today),
        )
        .order_by(Provider.code, Family.reference)
    )  # fmt: skip


def _may_take(child: Person, today: date) -> tuple[ColumnElement[bool], ...]:
    """Return what `fits` asks of every family, as far as it stands in columns of the family."""
    wanted = {GenderPreference.NONE.value, child.gender.value} & set(GenderPreference)
    return (
        Family.min_age <= child.age,
        Family.max_age >= child.age,
        Family.gender_preference.in_([GenderPreference(word) for word in sorted(wanted)]),
        Family.prepared.is_(True),
        Family.clearance_until >= today,
    )


def _home(row: Sequence[Any], km: float | None) -> Home:
    *facts, answers, _ = row
    return Home._make((*facts, _answers(answers) if answers else {}, km))


def _answers(told: Mapping[str, str]) -> dict[Problem, Willingness]:
    return {_PROBLEMS[problem]: _ANSWERS[answer] for problem, answer in told.items()}


def _kilometres(session: Session, postcodes: Sequence[str], here: str | None) -> list[float | None]:
    """Return how far each postcode is from here; None where either is not on the map."""
    if here is None:
        return [None] * len(postcodes)
    areas = [pc4_of(code) for code in postcodes]
    wanted = {*areas, pc4_of(here)}
    rows = session.execute(
        select(PostcodeArea.pc4, PostcodeArea.lat, PostcodeArea.lon).where(
            among(PostcodeArea.pc4, wanted)
        )
    )
    at = {pc4: (lat, lon) for pc4, lat, lon in rows}
    if pc4_of(here) not in at or not areas:
        return [None] * len(areas)
    nowhere = (np.nan, np.nan)
    lat, lon = np.array([at.get(area, nowhere) for area in areas]).T
    from_lat, from_lon = (np.array(value) for value in at[pc4_of(here)])
    found = distance_km(from_lat, from_lon, lat, lon).tolist()
    return [None if isnan(km) else round(km, 1) for km in found]
