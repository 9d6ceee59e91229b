"""The SELECTs of tonight's free crisis beds: which families, and what one must know to call one.

Columns, not entities: there are thousands, and the list for on paper shows them all. Which of them
to look at for a report is found first (`candidate_queries.py`).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Select,
    Uuid,
    any_,
    exists,
    func,
    null,
    or_,
    select,
    tuple_,
)
from sqlalchemy.orm import Session
from sqlalchemy.sql.selectable import LateralFromClause

from app.crisis.allowed_queries import youngest_born
from app.crisis.beds import Contact, Home, Need, problems_of
from app.crisis.queries import IS_FREE
from app.db.bulk import among
from app.freshness import first_of, heard_beside, whole_exports
from app.kernel.clock import AMSTERDAM
from app.kernel.words import (
    CareForm,
    FamilyKind,
    FamilyStatus,
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


def find_homes(session: Session, *, today: date, part: Part | None = None) -> list[Home]:
    """Return every family with a free crisis bed tonight, by provider and number; km: None.

    part: only those, one more than its size if there are more.
    """
    statement = _homes(today, tuple(Problem)).where(is_for_crisis())
    if part is not None:
        statement = statement.limit(part.size + 1)
    if part is not None and part.after is not None:
        statement = statement.where(tuple_(Provider.code, Family.reference) > part.after)
    return [_home(row) for row in session.execute(statement)]


def homes_of(
    session: Session, family_ids: Collection[UUID], *, today: date, need: Need
) -> dict[UUID, Home]:
    """Return those of some families that have a free crisis bed tonight; km: None.

    With what they said of the problems of a need, and of no others.
    """
    offers = exists().where(FamilyForm.family_id == Family.id, FamilyForm.form == CareForm.CRISIS)
    statement = _homes(today, tuple(problems_of(need))).where(among(Family.id, family_ids), offers)
    return {row.id: _home(row) for row in session.execute(statement)}


def contacts_of(session: Session, family_ids: Collection[UUID]) -> dict[UUID, Contact]:
    """Return what one must know to call each of these families; without who is gone by now."""
    rows = session.execute(_contacts().where(among(Family.id, family_ids))).all()
    told = ((row.id, row.told, None) for row in rows)  # who pauses is not among them
    stale = first_of(told, days=load_settings().confirm_after_days)
    return {
        row.id: Contact(
            row.name, row.place_name, row.phone, row.duty_phone,
            told_on=row.told.astimezone(AMSTERDAM).date(), is_stale=row.id in stale,
        )
        for row in rows
    }  # fmt: skip


@cache
def _contacts() -> Select[*tuple[Any, ...]]:
    exports = whole_exports()
    return (
        select(
            Family.id, Family.name, Family.place_name, heard_beside(exports).label("told"),
            FamilyPhone.phone, DutyNumber.phone.label("duty_phone"),
        )
        .outerjoin(exports, exports.c.source_id == Family.source_id)
        .outerjoin(FamilyPhone, FamilyPhone.family_id == Family.id)
        .outerjoin(DutyNumber, DutyNumber.provider_id == Family.provider_id)
    )  # fmt: skip


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


@lru_cache(maxsize=64)  # to make it takes as long as to ask it of one page of families
def _homes(today: date, problems: tuple[Problem, ...]) -> Select[*tuple[Any, ...]]:
    free = _free_beds()
    return (
        select(  # in the order of `Home`
            Family.id, Provider.code, Family.reference, free.c.beds,
            Family.max_siblings, Family.min_age, Family.max_age, Family.gender_preference,
            Family.pets, Family.smokes, Family.wheelchair,
            youngest_born().label("youngest_carer_born"),
            Family.prepared, Family.clearance_until, Family.needs_confirmation,
            _answered(problems).label("answers"),
        )
        .join(Provider, Provider.id == Family.provider_id)
        .join(free, free.c.beds > 0)
        .where(*is_open_on(today))
        .order_by(Provider.code, Family.reference)
    )  # fmt: skip


def is_open_on(day: date) -> tuple[ColumnElement[bool], ...]:
    """Return what holds, beside its forms, of a family that may be called on a day."""
    return (
        Family.kind == FamilyKind.RECRUITED,
        Family.status == FamilyStatus.ACTIVE,
        or_(Family.available_from.is_(None), Family.available_from <= day),
        or_(Family.available_until.is_(None), Family.available_until >= day),
    )


def is_for_crisis() -> ColumnElement[bool]:
    """Return whether a family offers crisis care, for who asks of all families.

    As an array, and not as a join: one family in five does, and PostgreSQL, that expects a handful
    behind row-level security, looks all of them through for it.
    """
    offers = select(FamilyForm.family_id).where(FamilyForm.form == CareForm.CRISIS)
    return Family.id == any_(func.array(offers.scalar_subquery(), type_=ARRAY(Uuid)))


def _home(row: Sequence[Any]) -> Home:
    *facts, answers = row
    return Home._make((*facts, _answers(answers) if answers else {}, None))


def _answers(told: Mapping[str, str]) -> dict[Problem, Willingness]:
    return {_PROBLEMS[problem]: _ANSWERS[answer] for problem, answer in told.items()}
