"""The fairness board stands ready too: it counts three years of children, eight ways."""

from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy.orm import Session

from app.http.figure_period import EARLIEST, asked_days
from app.http.ready_answers import Days, ready_row
from app.kernel.actor import ActorRole
from app.models import KeptBoard, KeptBoardName
from app.outcomes.fairness import show_fairness

THREE_YEARS = timedelta(days=1096)


def days_of_fairness(role: ActorRole, first: date | None, last: date | None) -> Days:
    """Return which days are counted for a role; raises InputRefused for a period that cannot be."""
    begin, until = asked_days(role, first, last, back=THREE_YEARS)
    return max(begin, EARLIEST), until


def days_asked_first() -> list[Days]:
    """Return what the page shows first: three years by day, and in whole months."""
    roles = (ActorRole.COORDINATOR, ActorRole.MANAGER)
    return list(dict.fromkeys(days_of_fairness(role, None, None) for role in roles))


def fairness_rows(session: Session, today: date) -> Iterator[KeptBoard]:
    """Yield the board as it is kept, for each period that is asked for first."""
    for first, last in days_asked_first():
        figures = show_fairness(session, first=first, last=last, today=today)
        yield ready_row(KeptBoardName.FAIRNESS, (first, last), figures, today=today)
