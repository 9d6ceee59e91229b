"""Who waits as one table: drafts and registrations that are searched for, line by line."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Date,
    FromClause,
    Integer,
    String,
    Subquery,
    Uuid,
    bindparam,
    case,
    cast,
    column,
    func,
    literal,
    select,
    type_coerce,
    union_all,
)

from app.kernel.stages import DRAFTS, Stage
from app.kernel.words import CARE_FORMS, URGENCIES
from app.models import (
    Child,
    Draft,
    Proposal,
    ProposalRole,
    RecordedNo,
    Registration,
    RegistrationState,
    SiblingGroup,
    Unplaced,
)

_NEVER = date(9999, 12, 31)
_LONGEST = 40  # signs of a municipality that its place in a list depends on
_REAL = (ProposalRole.PROPOSED, ProposalRole.ALTERNATIVE, ProposalRole.UNDERWAY)
_AREA = 4  # digits of a postcode that tell an area and no street


class Order(StrEnum):
    """What a waiting list puts first (*sorteer*)."""

    URGENCY = "urgentie"
    WAITING = "wachttijd"
    LEAVING = "moetWegOp"
    AREA = "gemeente"
    AGE = "leeftijd"
    FORM = "vorm"
    STAGE = "stand"
    OPTIONS = "opties"
    MISSING = "ontbreekt"


def waiting_table(today: date, options: Mapping[UUID, int] | None = None) -> Subquery:
    """Return one row for each child that waits; options: of those of whom they are known."""
    both = _both(today)
    # Sent along, not joined: behind row-level security the planner takes them for a few rows.
    counted = _sent(options or {})
    return (
        select(
            both,
            counted.c.options,
            _rank(both.c.urgency, [word.value for word in URGENCIES]).label("rank"),
            func.coalesce(both.c.leave_by, literal(_NEVER, Date), type_=Date).label("leave_at"),
        )
        .outerjoin(counted, counted.c.registration_id == both.c.id)
        .subquery("waiting")
    )


def keys_of(order: Order, table: Subquery, today: date) -> list[ColumnElement[Any]]:
    """Return by what a list is ordered, none of it null; the id decides in the end.

    MISSING has no column: what a registration misses is judged, and not stored.
    """
    c = table.c
    orders: Mapping[Order, list[ColumnElement[Any]]] = {
        Order.URGENCY: [c.rank, c.since],
        Order.WAITING: [c.since, c.rank],
        Order.LEAVING: [c.leave_at, c.since],
        Order.AREA: [
            *_known(func.left(c.municipality, _LONGEST, type_=String), ""),
            c.rank,
            c.since,
        ],
        Order.AGE: [*_known(_days_old(c.born_on, today), 0), c.rank, c.since],
        Order.FORM: [_rank(c.care_form, [word.value for word in CARE_FORMS]), c.rank, c.since],
        Order.STAGE: [_rank(c.stage, [stage.value for stage in Stage]), c.rank, c.since],
        Order.OPTIONS: [*_known(c.options, 0), c.rank, c.since],
        Order.MISSING: [c.rank, c.since],
    }
    return [*orders[order], c.id]


def kinds_of(order: Order) -> tuple[type, ...]:
    """Return of what kind each value is by which a list is ordered."""
    kinds: Mapping[Order, tuple[type, ...]] = {
        Order.URGENCY: (int, date),
        Order.WAITING: (date, int),
        Order.LEAVING: (date, date),
        Order.AREA: (int, str, int, date),
        Order.AGE: (int, int, int, date),
        Order.OPTIONS: (int, int, int, date),
    }
    return (*kinds.get(order, (int, int, date)), UUID)


def _days_old(born_on: ColumnElement[Any], today: date) -> ColumnElement[int]:
    return type_coerce(literal(today, Date) - born_on, Integer)


def _known(given: ColumnElement[Any], otherwise: object) -> list[ColumnElement[Any]]:
    """Return a column with what is not known put after what is."""
    return [cast(given.is_(None), Integer), func.coalesce(given, otherwise, type_=given.type)]


def _rank(given: ColumnElement[Any], words: list[str]) -> ColumnElement[int]:
    return case({word: at for at, word in enumerate(words)}, value=given, else_=len(words))


@lru_cache(maxsize=2)
def _both(today: date) -> Subquery:
    """Return both kinds of lines; made once a day, because making it takes longer than asking."""
    return union_all(_searched(today), _written()).subquery("both")


def _searched(today: date) -> Any:
    proposed = case((_is_proposed(today), Stage.PROPOSED.value), else_=Stage.SEARCHING.value)
    return (
        select(
            Registration.id.label("id"),
            proposed.label("stage"),
            Registration.number.label("number"),
            cast(Registration.care_form, String).label("care_form"),
            cast(Registration.urgency, String).label("urgency"),
            func.least(Registration.registered_on, Registration.clock_from, type_=Date).label(
                "since"
            ),
            func.least(
                Registration.registered_on, Registration.first_registered_on, type_=Date
            ).label("first_registered_on"),
            Registration.staying_now.label("staying_now"),
            Registration.secret_placement.label("secret_placement"),
            Registration.leave_by.label("leave_by"),
            Child.born_on.label("born_on"),
            Registration.municipality.label("municipality"),
            func.left(Registration.postcode, _AREA, type_=String).label("area"),
            SiblingGroup.code.label("group_code"),
            cast(Registration.sibling_wish, String).label("wish"),
            func.coalesce(SiblingGroup.on_hold, False).label("on_hold"),
        )
        .join(Child, Child.id == Registration.child_id)
        .outerjoin(SiblingGroup, SiblingGroup.id == Registration.sibling_group_id)
        .where(Registration.state == RegistrationState.SEARCHING)
    )


def _written() -> Any:
    return select(
        Draft.id,
        cast(Draft.state, String),
        Draft.number,
        cast(Draft.care_form, String),
        cast(Draft.urgency, String),
        Draft.started_on,
        Draft.started_on,
        Draft.staying_now,
        Draft.secret_placement,
        Draft.leave_by,
        Draft.born_on,
        Draft.municipality,
        func.left(Draft.postcode, _AREA, type_=String),
        Draft.sibling_group,
        cast(None, String),
        literal(False),  # noqa: FBT003 SQL
    ).where(Draft.state.in_(DRAFTS))


def _is_proposed(today: date) -> ColumnElement[bool]:
    """Return whether a step runs for a registration, asked once for all of them."""
    return Registration.id.in_(select(func.pleegzorg_all_proposed(today, type_=Uuid)))


def _sent(options: Mapping[UUID, int]) -> FromClause:
    ids = bindparam(None, list(options), type_=ARRAY(Uuid))
    counts = bindparam(None, list(options.values()), type_=ARRAY(Integer))
    columns = (column("registration_id", Uuid), column("options", Integer))
    return func.unnest(ids, counts).table_valued(*columns).render_derived(name="counted")


def options_table(run: ColumnElement[UUID]) -> Subquery:
    """Return how many families a run has for each child, those that said no left out."""
    refused = (
        select(RecordedNo.id)
        .where(
            RecordedNo.registration_id == Proposal.registration_id,
            RecordedNo.family_id == Proposal.family_id,
        )
        .exists()
    )
    counted = (
        select(
            Proposal.registration_id,
            func.count().filter(Proposal.role.in_(_REAL) & ~refused).label("options"),
        )
        .where(Proposal.run_id == run)
        .group_by(Proposal.registration_id)
    )
    nobody = select(Unplaced.registration_id, literal(0)).where(Unplaced.run_id == run)
    both = union_all(counted, nobody).subquery()
    return (
        select(both.c.registration_id, func.max(both.c.options).label("options"))
        .group_by(both.c.registration_id)
        .subquery("options")
    )
