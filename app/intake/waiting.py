"""The waiting list as it is told: who waits, since when, where the child is, what there is."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy.orm import Session

from app.intake.checks import age_on
from app.intake.network_queries import network_of
from app.intake.schemas_waiting import WaitingChild, WaitingFigures
from app.intake.told import missing_of
from app.intake.waiting_place import Key, place, told
from app.intake.waiting_queries import (
    WaitingFilter,
    WaitingRow,
    Wanted,
    count_kinds,
    count_siblings,
    count_waiting,
    judged_registrations,
    missing_in_drafts,
    newest_run,
    options_of,
    waiting_rows,
    with_few_options,
)
from app.intake.waiting_table import Order, kinds_of
from app.kernel.actor import Actor, ActorRole
from app.kernel.clock import today_in_amsterdam
from app.kernel.errors import InputRefused
from app.kernel.stages import DRAFTS
from app.placed.secret import secret_homes

_COPIED = (
    "id", "number", "stage", "care_form", "urgency", "since", "first_registered_on",
    "staying_now", "leave_by", "municipality", "area", "on_hold", "secret_placement",
)  # fmt: skip


class Beside(NamedTuple):
    """What a line tells that no column holds, by child: how much is missing, and its options."""

    missing: Mapping[UUID, int]
    options: Mapping[UUID, int]


def list_waiting(
    session: Session,
    wanted: WaitingFilter,
    *,
    actor: Actor,
    order: Order,
    backwards: bool,
    cursor: str | None,
    size: int,
) -> tuple[list[WaitingChild], list[str], int]:
    """Return at most size lines, the keys of size + 1 rows to page on by, and how many there are.

    Raises InputRefused for a cursor that we never gave, and where a referrer asks for options.
    """
    asked = _asked(session, wanted, actor, order=order, backwards=backwards)
    after = place(cursor, kinds_of(order))
    if order is Order.MISSING:
        rows, missing = _by_missing(session, asked, after, size + 1)
    else:
        rows = waiting_rows(session, asked, after=after, size=size + 1)
        missing = _missing(session, rows[:size], asked.today)
    known = _options(session, actor, [row.line.id for row in rows[:size]])
    lines = _lines(session, rows[:size], Beside(missing, known), asked.today)
    return lines, [told(row.key) for row in rows], _total(session, asked, rows, after)


def tell_figures(session: Session, actor: Actor) -> WaitingFigures:
    """Return how many children wait, and of what kinds."""
    run = newest_run(session)
    few = with_few_options(session, run) if run and _sees_options(actor) else ()
    counted = count_kinds(session, today_in_amsterdam(), few)
    names = (
        "waiting", "crisis", "urgent", "drafts", "proposed", "on_hold",
    )  # fmt: skip
    return WaitingFigures(
        **{name: getattr(counted, name) for name in names},
        few_options=counted.few_options if run and _sees_options(actor) else None,
        municipalities=sorted(counted.municipalities or (), key=str.casefold),
    )


def _asked(
    session: Session, wanted: WaitingFilter, actor: Actor, *, order: Order, backwards: bool
) -> Wanted:
    about_options = order is Order.OPTIONS or wanted.at_most_options is not None
    if about_options and not _sees_options(actor):
        raise InputRefused(
            "sorteer, hoogstensOpties: voorstellen zijn niet voor deze rol; laat opties hier weg."
        )
    return Wanted(
        filter=wanted,
        order=order,
        today=today_in_amsterdam(),
        options=_options(session, actor) if about_options else None,
        backwards=backwards,
    )


def _total(session: Session, asked: Wanted, rows: Sequence[WaitingRow], after: Key | None) -> int:
    if after is not None and (asked.order is not Order.MISSING or not rows):
        return count_waiting(session, asked)
    return rows[0].line.total if rows else 0


def _options(
    session: Session, actor: Actor, ids: Collection[UUID] | None = None
) -> dict[UUID, int]:
    # A referrer sees no proposals, so it is not told a nought that would be untrue.
    run = newest_run(session) if _sees_options(actor) else None
    return options_of(session, run, ids) if run else {}


def _sees_options(actor: Actor) -> bool:
    return actor.role is not ActorRole.REFERRER


def _by_missing(
    session: Session, asked: Wanted, after: Key | None, size: int
) -> tuple[list[WaitingRow], dict[UUID, int]]:
    """Return the rows by what they miss, least first: judged of all of them, and then cut."""
    found = waiting_rows(session, asked, after=None, size=None)
    missing = _missing(session, found, asked.today)
    rows = [WaitingRow((missing[row.line.id], *row.key), row.line) for row in found]
    rows.sort(key=lambda row: tuple(row.key), reverse=asked.backwards)
    if after is not None:
        last = tuple(after)
        rows = [
            row
            for row in rows
            if (tuple(row.key) < last if asked.backwards else tuple(row.key) > last)
        ]
    return rows[:size], missing


def _missing(session: Session, rows: Sequence[WaitingRow], today: date) -> dict[UUID, int]:
    """Return how much each child's registration or draft misses."""
    drafts = [row.line.id for row in rows if row.line.stage in DRAFTS]
    searched = [row.line.id for row in rows if row.line.stage not in DRAFTS]
    missing = missing_in_drafts(session, drafts) if drafts else {}
    if not searched:
        return missing
    in_files = network_of(session, searched)
    for one in judged_registrations(session, searched):
        found = missing_of(
            one, in_files[one.id], born_on=one.born_on, has_bsn=one.has_bsn, today=today
        )
        missing[one.id] = len(found)
    return missing


def _lines(
    session: Session, rows: Sequence[WaitingRow], beside: Beside, today: date
) -> list[WaitingChild]:
    codes = {row.line.group_code for row in rows if row.line.group_code is not None}
    waiting = count_siblings(session, codes, today)
    hidden = secret_homes(session, [row.line.id for row in rows])
    return [
        _line(
            row.line, beside, today=today,
            siblings=waiting[row.line.group_code] - 1 if row.line.group_code else None,
            home_is_secret=bool(row.line.secret_placement) or row.line.id in hidden,
        )
        for row in rows
    ]  # fmt: skip


def _line(
    line: Any, beside: Beside, *, today: date, siblings: int | None, home_is_secret: bool
) -> WaitingChild:
    return WaitingChild(
        **{name: getattr(line, name) for name in _COPIED},
        days=max((today - line.since).days, 0),
        age=age_on(line.born_on, today) if line.born_on else None,
        siblings=siblings,
        wish=line.wish,
        options=beside.options.get(line.id),
        missing=beside.missing[line.id],
        home_is_secret=home_is_secret,
    )
