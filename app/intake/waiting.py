"""The waiting list as it is told: who waits, since when, where the child is, what there is."""

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from app.http.paging import decode_cursor
from app.intake.schemas_waiting import WaitingChild
from app.intake.told import missing_of
from app.intake.waiting_queries import (
    RANKS,
    Key,
    Order,
    WaitingFilter,
    WaitingRow,
    missing_in_drafts,
    options_of,
    registrations_for_lines,
    waiting_rows,
)
from app.kernel.actor import Actor, ActorRole
from app.kernel.errors import InputRefused
from app.kernel.stages import DRAFTS

_SIGN = "_"


def list_waiting(
    session: Session,
    wanted: WaitingFilter,
    *,
    actor: Actor,
    order: Order,
    today: date,
    cursor: str | None,
    size: int,
) -> tuple[list[WaitingChild], list[str]]:
    """Return at most size lines, and the keys of size + 1 rows to page on by.

    Raises InputRefused for a cursor that we never gave.
    """
    rows = waiting_rows(
        session, wanted, order=order, today=today, after=_key(cursor), size=size + 1
    )
    return _lines(session, rows[:size], actor, today), [_told(row.key) for row in rows]


def _lines(
    session: Session, rows: list[WaitingRow], actor: Actor, today: date
) -> list[WaitingChild]:
    searched = [row.id for row in rows if row.stage not in DRAFTS]
    known = registrations_for_lines(session, searched, today)
    missing = missing_in_drafts(session, [row.id for row in rows if row.stage in DRAFTS])
    for id_, one in known.items():
        missing[id_] = len(
            missing_of(one.registration, born_on=one.born_on, has_bsn=one.has_bsn, today=today)
        )
    # A referrer sees no proposals, so it is not told a nought that would be untrue.
    sees_options = actor.role is not ActorRole.REFERRER
    options = (options_of(session, searched) if sees_options else None) or {}
    return [_line(row, options.get(row.id), missing[row.id], today) for row in rows]


def _line(row: WaitingRow, options: int | None, missing: int, today: date) -> WaitingChild:
    return WaitingChild(
        id=row.id,
        number=row.number,
        stage=row.stage,
        care_form=row.care_form,
        urgency=row.urgency,
        since=row.since,
        first_registered_on=row.first_registered_on,
        days=max((today - row.since).days, 0),
        staying_now=row.staying_now,
        secret_placement=row.secret_placement,
        leave_by=row.leave_by,
        options=options,
        missing=missing,
    )


def _told(key: Key) -> str:
    return _SIGN.join((str(key[0]), key[1].isoformat(), key[2].isoformat(), str(key[3])))


def _key(cursor: str | None) -> Key | None:
    told = decode_cursor(cursor)
    if told is None:
        return None
    try:
        rank, since, leave_at, id_ = told.split(_SIGN)
        place = RANKS.index(int(rank))
        return place, date.fromisoformat(since), date.fromisoformat(leave_at), UUID(id_)
    except ValueError as error:
        raise InputRefused("cursor: deze is niet door ons gegeven; begin opnieuw.") from error
