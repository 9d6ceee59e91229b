"""Every SELECT of the rights of the person that is about more than one row of a child."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, time
from functools import cache, lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CompoundSelect,
    Date,
    DateTime,
    Select,
    cast,
    exists,
    func,
    literal,
    null,
    select,
    union,
    union_all,
)
from sqlalchemy.orm import Session

from app.db.base import Base
from app.kernel.clock import AMSTERDAM
from app.models import (
    BegunPair,
    Child,
    CrisisCall,
    CrisisReport,
    ErasureRequest,
    ErasureState,
    Family,
    FileStatement,
    LadderStep,
    LegalHold,
    MentorCase,
    Placement,
    Proposal,
    PurgeReport,
    PurgeState,
    Registration,
    RegistrationState,
    RespiteLine,
    SettingStay,
    SiblingPairWish,
)
from app.rights.catalogue import load_catalogue
from app.rights.whose import (
    ANYBODY,
    VIAS,
    Whose,
    any_owners,
    may_hold,
    owners_of,
    rows_of,
)

# Looking is no change, and a term is about changes.
_NO_CHANGE = frozenset({"logboek"})
# Days on which something happened; not those that are a plan, a term or a fact of long ago.
_HAPPENED = frozenset({
    "created_at", "at", "recorded_at", "settled_at", "decided_at", "lifted_at", "ended_at",
    "withdrawn_at", "released_at", "judged_at", "until", "held_on", "withdrawn_on",
})  # fmt: skip


def third_parties(session: Session, whose: Whose) -> frozenset[str]:
    """Return names and numbers of the families and the brothers and sisters of a child's file."""
    # One by one: sealed names of two tables cannot be read as one column.
    rows = [row for part in _others() for row in session.execute(part, whose.sent())]
    return frozenset(word for row in rows for word in row if word)


@cache
def _others() -> tuple[Select[*tuple[Any, ...]], ...]:
    ids = ANYBODY.registrations
    lived = select(Placement.id).where(Placement.registration_id.in_(ids))
    met = select(CrisisReport.id).where(CrisisReport.registration_id.in_(ids))
    # One list of ids and not one condition with "or": that reads all families of the region.
    known: CompoundSelect[Any] = union(
        select(BegunPair.family_id).where(BegunPair.registration_id.in_(ids)),
        select(Placement.family_id).where(Placement.registration_id.in_(ids)),
        select(Proposal.family_id).where(Proposal.registration_id.in_(ids)),
        select(CrisisCall.family_id).where(CrisisCall.report_id.in_(met)),
        select(RespiteLine.family_id).where(RespiteLine.placement_id.in_(lived)),
        select(Family.id).where(Family.network_for.in_(ANYBODY.numbers)),
    )
    groups = select(Registration.sibling_group_id).where(Registration.id.in_(ids))
    return (
        select(Family.name, Family.reference).where(Family.id.in_(known)),
        select(Child.first_name, Registration.number)
        .join(Registration, Registration.child_id == Child.id)
        .where(
            Registration.sibling_group_id.in_(groups), Registration.id.not_in(ANYBODY.others_than)
        ),
        select(SiblingPairWish.other_number).where(SiblingPairWish.registration_id.in_(ids)),
    )


def own_names(session: Session, whose: Whose) -> frozenset[str]:
    """Return the first name and the numbers of the child itself."""
    name = session.scalar(select(Child.first_name).where(Child.id == whose.child_id))
    return frozenset({*whose.numbers, *([name] if name else [])})


def filled_tables(session: Session, whose: Whose) -> frozenset[str]:
    """Return in which tables of a file something stands; asked at once, for most hold nothing.

    First what the rest hangs on: who never lived in a family has nothing of eleven tables, and a
    statement on the others is planned in less time than it takes to look for owners in each.
    """
    owners = owners_of(session, whose)
    vias = frozenset(via for via in VIAS if may_hold(via, owners))
    return frozenset(session.scalars(_filled(vias), whose.sent() | owners))


@lru_cache(maxsize=16)  # each of the four that rows hang on is there or not
def _filled(vias: frozenset[str]) -> CompoundSelect[str]:
    owners = any_owners()
    return union_all(
        *(
            select(literal(table.name)).where(
                exists().where(rows_of(ANYBODY, table.name, table.via, owners))
            )
            for table in load_catalogue().exported()
            if table.via in vias
        )
    )


def last_change(session: Session, whose: Whose, filled: Collection[str] | None = None) -> datetime:
    """Return when a file last changed: the newest of all that happened in it.

    All tables in one statement: asked one by one, the asking takes longer than the answers. But
    not those that hold nothing: to plan for them takes most of the time. filled: tables outside
    which nothing stands, where the caller knows them.
    """
    tables = filled_tables(session, whose) if filled is None else filled
    moment, day = session.execute(_newest_in(frozenset(tables)), whose.sent()).one()
    return max(_instant(value) for value in (moment, day) if value is not None)


@lru_cache(maxsize=128)  # most files have the same few
def _newest_in(tables: frozenset[str]) -> Select[Any, Any]:
    parts = [
        select(
            _newest(columns, DateTime(timezone=True)).label("moment"),
            _newest(columns, Date()).label("day"),
        ).where(rows_of(ANYBODY, table.name, table.via or ""))
        for table in load_catalogue().exported()
        if table.name in tables
        and table.via not in _NO_CHANGE
        and (columns := _happened_in(table.name))
    ]
    told = union_all(*parts).subquery()
    return select(func.max(told.c.moment), func.max(told.c.day))


def _happened_in(table: str) -> list[Any]:
    columns = Base.metadata.tables[table].columns
    return [c for c in columns if c.name in _HAPPENED and isinstance(c.type, Date | DateTime)]


def _newest(columns: Sequence[Any], kind: Date | DateTime) -> Any:
    """Return the newest value in the columns of a kind; NULL where there is none."""
    found = [func.max(column) for column in columns if isinstance(column.type, type(kind))]
    return func.greatest(*found, type_=kind) if found else cast(null(), kind)


def _instant(value: date | datetime) -> datetime:
    if isinstance(value, datetime):
        return value
    return datetime.combine(value, time(), AMSTERDAM)


def born_on_of(session: Session, child_id: UUID) -> date:
    """Return when a child was born."""
    return session.scalars(select(Child.born_on).where(Child.id == child_id)).one()


def requests_of(session: Session, registrations: Sequence[UUID]) -> Sequence[ErasureRequest]:
    """Return the requests for destruction about some registrations, the newest first."""
    return session.scalars(
        select(ErasureRequest)
        .where(ErasureRequest.registration_id.in_(registrations))
        .order_by(ErasureRequest.id.desc())
    ).all()


def list_requests(
    session: Session, state: ErasureState | None, *, after: UUID | None, size: int
) -> Sequence[ErasureRequest]:
    """Return at most size requests, the newest first, older than `after`."""
    statement = select(ErasureRequest).order_by(ErasureRequest.id.desc()).limit(size)
    if state is not None:
        statement = statement.where(ErasureRequest.state == state)
    if after is not None:
        statement = statement.where(ErasureRequest.id < after)
    return session.scalars(statement).all()


def request_for_change(session: Session, id_: UUID) -> ErasureRequest | None:
    """Return a request that nobody else can change until the transaction ends, or None."""
    return session.scalar(
        select(ErasureRequest)
        .where(ErasureRequest.id == id_)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def holds_on(session: Session, registrations: Sequence[UUID]) -> Sequence[LegalHold]:
    """Return the legal holds on a file, the newest first, with those that were lifted."""
    return session.scalars(
        select(LegalHold)
        .where(LegalHold.registration_id.in_(registrations))
        .order_by(LegalHold.id.desc())
    ).all()


def statements_of(session: Session, registrations: Sequence[UUID]) -> Sequence[FileStatement]:
    """Return the statements in a file, the newest first."""
    return session.scalars(
        select(FileStatement)
        .where(FileStatement.registration_id.in_(registrations))
        .order_by(FileStatement.id.desc())
    ).all()


def providers_told(session: Session, registrations: Sequence[UUID]) -> Sequence[UUID]:
    """Return the providers that ever heard of a child: of the families asked, or lived with."""
    asked = (
        select(Family.provider_id)
        .join(BegunPair, BegunPair.family_id == Family.id)
        .where(BegunPair.registration_id.in_(registrations))
    )
    lived = select(Placement.provider_id).where(Placement.registration_id.in_(registrations))
    return sorted(session.scalars(asked.union(lived)))


def open_purge(session: Session) -> PurgeReport | None:
    """Return the purge that is not finished, locked, or None."""
    return session.scalar(
        select(PurgeReport).where(PurgeReport.state != PurgeState.DONE).with_for_update()
    )


def list_purges(session: Session, *, size: int) -> Sequence[PurgeReport]:
    """Return the last purges, the newest first."""
    return session.scalars(select(PurgeReport).order_by(PurgeReport.id.desc()).limit(size)).all()


def was_helped(session: Session, whose: Whose) -> bool:
    """Return whether a child ever came to a family, a bed or a setting, or is not withdrawn."""
    ids = whose.registrations
    states = session.scalars(select(Registration.state).where(Registration.id.in_(ids))).all()
    if any(state is not RegistrationState.WITHDRAWN for state in states):
        return True
    helped = (Placement, SettingStay, CrisisReport, LadderStep, MentorCase)
    return any(
        session.scalar(select(exists().where(table.registration_id.in_(ids)))) for table in helped
    )
