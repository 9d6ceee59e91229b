"""Boards that are asked for most stand ready, made by the worker every ten minutes (ADR 0079)."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.http.ready_answers import ready_answer, ready_row
from app.insight.every_board import Board, Figures, asked_first
from app.insight.periods import Period
from app.kernel.clock import today_in_amsterdam
from app.models import KeptBoard

# What another slice makes ready in the same round: its rows, by session and the day of today.
Also = Callable[[Session, date], Iterable[KeptBoard]]


def ready_or_made(
    session: Session, board: Board[Figures], period: Period, *, anew: bool
) -> Figures:
    """Return the board that stands ready for a period; counted now where none is, or too old a one.

    The caller has judged that the asker may see it. anew: counted now in any case.
    """
    days = (period.first, period.last)
    ready = ready_answer(session, board.name, board.kind, days, anew=anew)
    return board.count(session, period, today_in_amsterdam()) if ready is None else ready


def keep_boards(session: Session, *, today: date, also: Sequence[Also] = ()) -> int:
    """Make anew what stands ready; return how many. The session is the worker's."""
    made = [_row(session, board, period, today) for board, period in asked_first(today)]
    made += [row for rows in also for row in rows(session, today)]
    session.execute(delete(KeptBoard))
    session.add_all(made)
    return len(made)


def _row(session: Session, board: Board[Figures], period: Period, today: date) -> KeptBoard:
    figures = board.count(session, period, today)
    return ready_row(board.name, (period.first, period.last), figures, today=today)
