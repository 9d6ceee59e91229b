"""Waiting, month by month, made from counts of the database."""

from collections import Counter, defaultdict
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from app.insight.board_schemas import MonthOut, WaitingBoard
from app.insight.periods import Period, month_name, months_in
from app.insight.plain import plain_name
from app.insight.waiting_queries import (
    flow_by_month,
    waited_at,
    waited_by_municipality,
)
from app.kernel.clock import now
from app.kernel.small_cells import FEW, told, told_cells


def waiting_board(session: Session, *, period: Period) -> WaitingBoard:
    """Return the months of a period; the caller acts as the system."""
    months = months_in(period)
    stood = {row.day: row for row in waited_at(session, [month.last for month in months])}
    flow: dict[str, dict[str, int]] = defaultdict(dict)
    for month, kind, count in flow_by_month(session, period):
        flow[month][kind] = count
    return WaitingBoard(
        made_at=now(),
        first=period.first,
        last=period.last,
        months=[_month(month, stood[month.last], flow[month_name(month.last)]) for month in months],
        lost=told(stood[months[-1].last].lost),
    )


def waiting_by_municipality(session: Session, day: date) -> dict[str, int | None]:
    """Return how many waited at the end of a day by municipality, None where that is small.

    Of another municipality nobody waits, which of a small total is not told either.
    """
    counts: Counter[str] = Counter()
    for municipality, count in waited_by_municipality(session, day):
        counts[plain_name(municipality)] += count
    shown = told_cells(dict(sorted(counts.items())))
    is_small = told(counts.total()) is None
    return defaultdict(lambda: None if is_small else 0, shown)


def _month(month: Period, stood: Any, flow: dict[str, int]) -> MonthOut:
    count, median = stood.count, stood.median
    came, placed, otherwise = _flow(*(flow.get(kind, 0) for kind in ("in", "placed", "otherwise")))
    return MonthOut(
        month=month_name(month.last),
        on_day=month.last,
        waiting=told(count),
        median_days=median if count >= FEW else None,
        came=came,
        placed=placed,
        otherwise=otherwise,
    )


def _flow(came: int, placed: int, otherwise: int) -> tuple[int | None, int | None, int | None]:
    """Return who came and went in a month, as far as it may be told.

    What they differ is known from who waited before and after: one that is hidden takes another
    along. Who came goes with any, and takes both along where that is itself small.
    """
    if told(came) is None:
        return None, None, None
    gone = told(placed), told(otherwise)
    return (None, *gone) if None in gone else (came, *gone)
