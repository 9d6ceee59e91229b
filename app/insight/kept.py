"""Boards that are asked for most stand ready, made by the worker every ten minutes (ADR 0079).

Counting a whole region takes longer than a page should. Who wants the figures of this very moment
asks for them anew; so does who asks on another day or over another period.
"""

from contextlib import suppress
from datetime import date, timedelta
from typing import Annotated

from fastapi import Query
from pydantic import ValidationError
from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.db.session import as_system
from app.insight.every_board import Board, Figures, asked_first
from app.insight.periods import Period
from app.kernel.clock import now, today_in_amsterdam
from app.models import KeptBoard

Anew = Annotated[
    bool,
    Query(
        alias="opnieuw",
        description="Tel opnieuw. Zonder: wat klaarstaat mag, hooguit een kwartier oud (standVan).",
    ),
]
FRESH = timedelta(minutes=15)  # longer than between two rounds of the worker


def ready_or_made(
    session: Session, board: Board[Figures], period: Period, *, anew: bool
) -> Figures:
    """Return the board that stands ready for a period; counted now where none is, or too old a one.

    The caller has judged that the asker may see it. anew: counted now in any case.
    """
    today = today_in_amsterdam()
    ready = None if anew else _ready(session, board, period, today)
    return board.count(session, period, today) if ready is None else ready


def _ready(session: Session, board: Board[Figures], period: Period, today: date) -> Figures | None:
    with as_system(session):
        row = session.get(KeptBoard, (board.name, period.first, period.last))
    if row is None or row.on_day != today or not now() - FRESH < row.made_at <= now() + FRESH:
        return None
    with suppress(ValidationError):  # of a version that told other figures
        return board.kind.model_validate_json(row.answer)
    return None


def keep_boards(session: Session, *, today: date) -> int:
    """Make anew what stands ready; return how many. The session is the worker's."""
    made = [_row(session, board, period, today) for board, period in asked_first(today)]
    session.execute(delete(KeptBoard))
    session.add_all(made)
    return len(made)


def _row(session: Session, board: Board[Figures], period: Period, today: date) -> KeptBoard:
    figures = board.count(session, period, today)
    return KeptBoard(
        name=board.name,
        first=period.first,
        last=period.last,
        on_day=today,
        made_at=figures.made_at,
        answer=figures.model_dump_json(by_alias=True),
    )
