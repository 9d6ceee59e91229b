"""The waiting list: drafts and registrations that are searched for, as one table."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Date,
    Row,
    String,
    Subquery,
    Uuid,
    bindparam,
    case,
    cast,
    func,
    literal,
    select,
    tuple_,
    union_all,
)
from sqlalchemy.orm import Session

from app.db.bulk import among
from app.intake.list_queries import ListedRegistration
from app.intake.stage_columns import HAS_BSN, is_proposed
from app.kernel.stages import DRAFTS, Stage, stage_of
from app.kernel.words import URGENCIES, CareForm, Urgency
from app.models import (
    Child,
    Draft,
    MatchRun,
    Proposal,
    ProposalRole,
    RecordedNo,
    Registration,
    RegistrationState,
    RunState,
    Unplaced,
)

_NEVER = date(9999, 12, 31)
_UNKNOWN_URGENCY = len(URGENCIES)
RANKS = range(_UNKNOWN_URGENCY + 1)


class Order(StrEnum):
    """What a waiting list puts first (*sorteer*)."""

    URGENCY = "urgentie"
    WAITING = "wachttijd"
    LEAVING = "moetWegOp"


@dataclass(frozen=True, slots=True)
class WaitingFilter:
    """Which children a waiting list shows; None means all. at_least_days: have waited so long."""

    stage: Stage | None = None
    urgency: Urgency | None = None
    care_form: CareForm | None = None
    at_least_days: int | None = None


Key = tuple[int, date, date, UUID]  # urgency, waiting since, has to leave by, and the id


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """One child that waits; key tells its place in every order."""

    key: Key
    stage: Stage
    number: str | None
    care_form: CareForm | None
    urgency: Urgency | None
    first_registered_on: date
    staying_now: str | None
    secret_placement: bool | None
    leave_by: date | None

    @property
    def id(self) -> UUID:
        """Return the id of the draft or registration."""
        return self.key[3]

    @property
    def since(self) -> date:
        """Return the day from which its waiting counts."""
        return self.key[1]


def waiting_rows(
    session: Session,
    wanted: WaitingFilter,
    *,
    order: Order,
    today: date,
    after: Key | None,
    size: int,
) -> list[WaitingRow]:
    """Return at most size children that wait, in an order, those that follow `after`."""
    table = _waiting(today)
    c = table.c
    orders: dict[Order, tuple[int, ...]] = {
        Order.URGENCY: (0, 1, 3),
        Order.WAITING: (1, 0, 3),
        Order.LEAVING: (2, 1, 3),
    }
    columns: list[ColumnElement[object]] = [c.rank, c.since, c.leave_at, c.id]
    types = (literal(0).type, Date(), Date(), Uuid())
    by = orders[order]
    statement = select(table).order_by(*(columns[at] for at in by)).limit(size)
    if after is not None:
        last = tuple_(*(bindparam(None, after[at], type_=types[at]) for at in by))
        statement = statement.where(tuple_(*(columns[at] for at in by)) > last)
    for column, value in (
        (c.stage, wanted.stage),
        (c.urgency, wanted.urgency),
        (c.care_form, wanted.care_form),
    ):
        if value is not None:
            statement = statement.where(column == value.value)
    if wanted.at_least_days is not None:
        statement = statement.where(c.since <= today - timedelta(days=wanted.at_least_days))
    return [_row(row) for row in session.execute(statement)]


def options_of(session: Session, ids: Collection[UUID]) -> dict[UUID, int] | None:
    """Return how many families the newest run has for children, without those who said no.

    None where no run has succeeded. A child that was not in the run has no entry.
    """
    run = session.scalar(
        select(MatchRun.id)
        .where(MatchRun.state == RunState.DONE)
        .order_by(MatchRun.id.desc())
        .limit(1)
    )
    if run is None:
        return None
    refused = (
        select(RecordedNo.id)
        .where(
            RecordedNo.registration_id == Proposal.registration_id,
            RecordedNo.family_id == Proposal.family_id,
        )
        .exists()
    )
    real = (ProposalRole.PROPOSED, ProposalRole.ALTERNATIVE, ProposalRole.UNDERWAY)
    counted = func.count().filter(Proposal.role.in_(real) & ~refused)
    rows = session.execute(
        select(Proposal.registration_id, counted)
        .where(Proposal.run_id == run, among(Proposal.registration_id, ids))
        .group_by(Proposal.registration_id)
    )
    unplaced = session.scalars(
        select(Unplaced.registration_id).where(
            Unplaced.run_id == run, among(Unplaced.registration_id, ids)
        )
    )
    return dict.fromkeys(unplaced, 0) | dict(rows.all())


def registrations_for_lines(
    session: Session, ids: Collection[UUID], today: date
) -> dict[UUID, ListedRegistration]:
    """Return what the lines of registrations need besides, by id."""
    rows = session.execute(
        select(Registration, Child.born_on, HAS_BSN, is_proposed(today))
        .join(Child, Child.id == Registration.child_id)
        .where(among(Registration.id, ids))
    )
    return {
        row.id: ListedRegistration(row, born, bsn, stage_of(row.state, is_proposed=proposed))
        for row, born, bsn, proposed in rows
    }


def missing_in_drafts(session: Session, ids: Collection[UUID]) -> dict[UUID, int]:
    """Return how many fields drafts miss, by id."""
    rows = session.execute(select(Draft.id, Draft.missing).where(among(Draft.id, ids)))
    return dict(rows.all())


def _waiting(today: date) -> Subquery:
    proposed = case((is_proposed(today), Stage.PROPOSED.value), else_=Stage.SEARCHING.value)
    since = func.least(Registration.registered_on, Registration.clock_from, type_=Date)
    first = func.least(Registration.registered_on, Registration.first_registered_on, type_=Date)
    searched = select(
        Registration.id.label("id"),
        proposed.label("stage"),
        Registration.number.label("number"),
        cast(Registration.care_form, String).label("care_form"),
        cast(Registration.urgency, String).label("urgency"),
        since.label("since"),
        first.label("first_registered_on"),
        Registration.staying_now.label("staying_now"),
        Registration.secret_placement.label("secret_placement"),
        Registration.leave_by.label("leave_by"),
    ).where(Registration.state == RegistrationState.SEARCHING)
    written = select(
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
    ).where(Draft.state.in_(DRAFTS))
    both = union_all(searched, written).subquery()
    rank = case(
        {urgency.value: at for at, urgency in enumerate(URGENCIES)},
        value=both.c.urgency,
        else_=_UNKNOWN_URGENCY,
    )
    leave_at = func.coalesce(both.c.leave_by, literal(_NEVER, Date), type_=Date)
    return select(both, rank.label("rank"), leave_at.label("leave_at")).subquery("waiting")


def _row(row: Row[Any]) -> WaitingRow:
    return WaitingRow(
        key=(row.rank, row.since, row.leave_at, row.id),
        stage=Stage(row.stage),
        number=row.number,
        care_form=CareForm(row.care_form) if row.care_form else None,
        urgency=Urgency(row.urgency) if row.urgency else None,
        first_registered_on=row.first_registered_on,
        staying_now=row.staying_now,
        secret_placement=row.secret_placement,
        leave_by=row.leave_by,
    )
