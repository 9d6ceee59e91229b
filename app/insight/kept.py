"""Boards that are asked for most stand ready, made by the worker every ten minutes (ADR 0079).

Counting all places of a region takes longer than a page should. Who wants the figures of this very
moment asks for them anew; so does who asks on another day or over another period.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date, timedelta
from typing import Annotated, TypeVar

from fastapi import Query
from pydantic import ValidationError
from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.db.session import as_system
from app.http.figure_period import asked_days
from app.http.schema import Schema
from app.insight.board_schemas import PlacesBoard
from app.insight.periods import Period
from app.insight.places_board import places_board
from app.insight.yearly import yearly_report
from app.insight.yearly_schemas import YearlyReport
from app.kernel.actor import ActorRole
from app.kernel.clock import now
from app.models import KeptBoard, KeptBoardName

Anew = Annotated[
    bool,
    Query(
        alias="opnieuw",
        description="Tel opnieuw. Zonder: wat klaarstaat mag, hooguit een kwartier oud (standVan).",
    ),
]
_Board = TypeVar("_Board", bound=Schema)
FRESH = timedelta(minutes=15)  # longer than between two rounds of the worker


def ready_or_made(
    session: Session,
    name: KeptBoardName,
    make: Callable[[], _Board],
    *,
    kind: type[_Board],
    period: Period,
    today: date,
    anew: bool,
) -> _Board:
    """Return the board that stands ready for a period; made now where none is, or too old a one.

    The caller has judged that the asker may see it. anew: made now in any case.
    """
    ready = None if anew else _ready(session, (name, period.first, period.last), kind, today)
    return make() if ready is None else ready


def _ready(session: Session, key: object, kind: type[_Board], today: date) -> _Board | None:
    with as_system(session):
        row = session.get(KeptBoard, key)
    if row is None or row.on_day != today or not now() - FRESH < row.made_at <= now() + FRESH:
        return None
    with suppress(ValidationError):  # of a version that told other figures
        return kind.model_validate_json(row.answer)
    return None


def keep_boards(session: Session, *, today: date) -> int:
    """Make anew what stands ready; return how many. The session is the worker's."""
    made = [
        KeptBoard(
            name=name, first=period.first, last=period.last, on_day=today,
            made_at=board.made_at, answer=board.model_dump_json(by_alias=True),
        )
        for name, period, board in _boards(session, today)
    ]  # fmt: skip
    session.execute(delete(KeptBoard))
    session.add_all(made)
    return len(made)


def _boards(
    session: Session, today: date
) -> Iterator[tuple[KeptBoardName, Period, PlacesBoard | YearlyReport]]:
    """Yield what a page shows first: the last year, by day and in whole months; two years."""
    for role in (ActorRole.COORDINATOR, ActorRole.MANAGER):
        period = Period(*asked_days(role, None, None))
        yield KeptBoardName.PLACES, period, places_board(session, period=period, today=today)
    for year in (today.year, today.year - 1):
        report = yearly_report(session, year=year, today=today)
        yield KeptBoardName.YEAR, Period(report.first, report.last), report
