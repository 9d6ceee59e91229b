"""Boards that are asked for most stand ready, made by the worker every ten minutes (ADR 0079)."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import partial

from sqlalchemy import delete
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from app.http.ready_answers import ready_answer, ready_row
from app.insight.every_board import Board, Figures, asked_first
from app.insight.periods import Period
from app.kernel.clock import today_in_amsterdam
from app.log.events import Event
from app.log.foreign import kind_of, where_of
from app.log.write import log
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


def keep_boards(session: Session, *, today: date, also: Sequence[Also] = ()) -> list[str]:
    """Make anew what stands ready; return what could not be made. The session is the worker's.

    One that fails keeps no other from standing ready: it is counted when somebody asks for it.
    Raises what a retry may mend.
    """
    makers: list[tuple[str, Also]] = [
        (board.name.value, partial(_rows, board, period)) for board, period in asked_first(today)
    ]
    makers += [(also_made.__name__, also_made) for also_made in also]
    made, failed = [], []
    for name, rows in makers:
        try:
            with session.begin_nested():
                made += list(rows(session, today))
        except OperationalError:
            raise
        except Exception as error:  # noqa: BLE001  (whatever it is, the others are made)
            log(Event.BOARD_FAILED, board=name, error=kind_of(error), where=where_of(error))
            failed.append(name)
    session.execute(delete(KeptBoard))
    session.add_all(made)
    return failed


def _rows(
    board: Board[Figures], period: Period, session: Session, today: date
) -> Iterator[KeptBoard]:
    figures = board.count(session, period, today)
    yield ready_row(board.name, (period.first, period.last), figures, today=today)
