"""The SELECTs of the waiting list: a page of it, how many there are, what a line tells besides."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Row,
    Select,
    String,
    Subquery,
    Uuid,
    any_,
    bindparam,
    func,
    select,
    tuple_,
)
from sqlalchemy.orm import Session

from app.db.bulk import among
from app.intake.waiting_table import Order, keys_of, options_table, waiting_table
from app.kernel.clock import years_before
from app.kernel.stages import DRAFTS, Stage
from app.kernel.words import CareForm, Urgency
from app.models import Child, Draft, MatchRun, Registration, RunState

FEW = 3  # real options: with fewer of them there is hardly a choice
# What `missing_of` judges of a registration, and no more: a list is long.
_JUDGED = (
    Registration.id, Registration.staying_now, Registration.leave_by, Registration.school_postcode,
    Registration.network_researched, Registration.network_family, Registration.legal_frame,
    Registration.order_issued_on, Registration.languages, Registration.sdq_total,
    Registration.child_voice, Registration.mentor, Registration.prevention, Registration.care_form,
    Registration.sibling_wish, Registration.split_reason, Registration.reunite_by,
    Registration.big5, Registration.end_unknown,
)  # fmt: skip
# Asked once for all: who may not read numbers still knows of whom there is one.
_HAS_BSN = Registration.child_id.in_(select(func.pleegzorg_all_with_bsn(type_=Uuid)))

_COUNTED = options_table(bindparam("run", type_=Uuid)).c
_OPTIONS = select(_COUNTED.registration_id, _COUNTED.options)
_OPTIONS_OF = _OPTIONS.where(_COUNTED.registration_id == any_(bindparam("ids", type_=ARRAY(Uuid))))
_FEW = select(_COUNTED.registration_id).where(_COUNTED.options < FEW)


@dataclass(frozen=True, slots=True)
class WaitingFilter:
    """Which children a waiting list shows; None means all. at_least_days: have waited so long."""

    stage: Stage | None = None
    urgency: Urgency | None = None
    care_form: CareForm | None = None
    at_least_days: int | None = None
    municipality: str | None = None
    min_age: int | None = None
    max_age: int | None = None
    at_most_options: int | None = None
    has_siblings: bool | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which list, in which order, seen on which day. options: how many each child
    has, where the list is asked by them; None where not."""

    filter: WaitingFilter
    order: Order
    today: date
    options: Mapping[UUID, int] | None = None
    backwards: bool = False


Key = Sequence[Any]  # the values of `keys_of`, the id at the end


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """One child that waits; key tells its place in the order that was asked."""

    key: Key
    line: Any  # a row with the columns of `waiting_table`


def waiting_rows(
    session: Session, wanted: Wanted, *, after: Key | None, size: int | None
) -> list[WaitingRow]:
    """Return at most size children that wait, in an order, those that follow `after`.

    A line tells in `total` how many there are from there on, with those that are cut off.
    """
    # Who asks by options sends them along: a statement of its own each time.
    keys, statement = (_asked if wanted.options is None else _asked.__wrapped__)(wanted)
    statement = statement.limit(size)
    if after is not None:
        last = tuple_(*(bindparam(None, v, type_=k.type) for v, k in zip(after, keys, strict=True)))
        here: Any = tuple_(*keys)
        statement = statement.where(here < last if wanted.backwards else here > last)
    return [WaitingRow(row[: len(keys)], row) for row in session.execute(statement)]


@lru_cache(maxsize=64)
def _asked(wanted: Wanted) -> tuple[list[ColumnElement[Any]], Select[*tuple[Any, ...]]]:
    """Return by what a list is ordered, and its statement; making it takes longer than asking."""
    table = waiting_table(wanted.today, wanted.options)
    keys = keys_of(wanted.order, table, wanted.today)
    order = [key.desc() if wanted.backwards else key for key in keys]
    columns = [key.label(f"key_{at}") for at, key in enumerate(keys)]
    total = func.count().over().label("total")
    statement = select(*columns, total, table).where(*_held(table, wanted)).order_by(*order)
    return keys, statement


def count_waiting(session: Session, wanted: Wanted) -> int:
    """Return how many children a list has, on all of its pages."""
    table = waiting_table(wanted.today, wanted.options)
    statement = select(func.count()).select_from(table).where(*_held(table, wanted))
    return session.scalar(statement) or 0


def count_kinds(session: Session, today: date, few: Collection[UUID]) -> Any:
    """Return how many wait, and how many of them are urgent, have few options, or are on hold.

    few: of whom it is known that they have few options.
    """
    return session.execute(_kinds(today), {"few": list(few)}).one()


@lru_cache(maxsize=2)
def _kinds(today: date) -> Select[*tuple[Any, ...]]:
    c, count = waiting_table(today).c, func.count()
    return select(
        count.label("waiting"),
        count.filter(c.urgency == Urgency.CRISIS.value).label("crisis"),
        count.filter(c.urgency == Urgency.URGENT.value).label("urgent"),
        count.filter(c.id == any_(bindparam("few", type_=ARRAY(Uuid)))).label("few_options"),
        count.filter(c.stage.in_([stage.value for stage in DRAFTS])).label("drafts"),
        count.filter(c.stage == Stage.PROPOSED.value).label("proposed"),
        count.filter(c.on_hold).label("on_hold"),
        func.array_agg(c.municipality.distinct())
        .filter(c.municipality.is_not(None))
        .label("municipalities"),
    )


def count_siblings(session: Session, codes: Collection[str], today: date) -> dict[str, int]:
    """Return how many children of each group wait."""
    if not codes:
        return {}
    return dict(session.execute(_siblings(today), {"codes": list(codes)}).all())


@lru_cache(maxsize=2)
def _siblings(today: date) -> Select[*tuple[Any, ...]]:
    code = waiting_table(today).c.group_code
    return (
        select(code, func.count())
        .where(code == any_(bindparam("codes", type_=ARRAY(String))))
        .group_by(code)
    )


def newest_run(session: Session) -> UUID | None:
    """Return the last run that succeeded, or None."""
    return session.scalar(
        select(MatchRun.id)
        .where(MatchRun.state == RunState.DONE)
        .order_by(MatchRun.id.desc())
        .limit(1)
    )


def options_of(session: Session, run: UUID, ids: Collection[UUID] | None = None) -> dict[UUID, int]:
    """Return how many families a run has for children, without those who said no.

    ids: of whom; None means all. A child that was not in the run has no entry.
    """
    if ids is None:
        return dict(session.execute(_OPTIONS, {"run": run}).all())
    return dict(session.execute(_OPTIONS_OF, {"run": run, "ids": list(ids)}).all())


def with_few_options(session: Session, run: UUID) -> Sequence[UUID]:
    """Return for which children a run has fewer families than there should be to choose from."""
    return session.scalars(_FEW, {"run": run}).all()


def judged_registrations(session: Session, ids: Collection[UUID]) -> Sequence[Row[Any]]:
    """Return of registrations what tells how much they miss, with `born_on` and `has_bsn`."""
    return session.execute(
        select(*_JUDGED, Child.born_on, _HAS_BSN.label("has_bsn"))
        .join(Child, Child.id == Registration.child_id)
        .where(among(Registration.id, ids))
    ).all()


def missing_in_drafts(session: Session, ids: Collection[UUID]) -> dict[UUID, int]:
    """Return how many fields drafts miss, by id."""
    rows = session.execute(select(Draft.id, Draft.missing).where(among(Draft.id, ids)))
    return dict(rows.all())


def _held(table: Subquery, wanted: Wanted) -> list[ColumnElement[bool]]:
    """Return what a list holds its rows to."""
    c, asked, today = table.c, wanted.filter, wanted.today
    held: list[ColumnElement[bool]] = [
        column == word.value
        for column, word in (
            (c.stage, asked.stage),
            (c.urgency, asked.urgency),
            (c.care_form, asked.care_form),
        )
        if word is not None
    ]
    if asked.at_least_days is not None:
        held.append(c.since <= today - timedelta(days=asked.at_least_days))
    if asked.municipality is not None:
        held.append(func.lower(c.municipality) == asked.municipality.lower())
    if asked.min_age is not None:
        held.append(c.born_on <= years_before(today, asked.min_age))
    if asked.max_age is not None:
        held.append(c.born_on > years_before(today, asked.max_age + 1))
    if asked.at_most_options is not None:
        held.append(c.options <= asked.at_most_options)
    if asked.has_siblings is not None:
        held.append(c.group_code.is_not(None) if asked.has_siblings else c.group_code.is_(None))
    return held
