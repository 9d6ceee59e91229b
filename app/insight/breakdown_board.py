"""Breakdown by half-year of start, so that no step of a curve points at anybody."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from app.insight.board_schemas import BreakdownBoard, CurveOut, CurvePoint
from app.insight.periods import Half, Period, halves_until
from app.insight.placed_queries import lasted_by_half
from app.insight.survival import DAYS_A_MONTH, Lasted, Step, at_day, curve_of
from app.kernel.small_cells import FEW, told, told_cells

# Until a year every month: most breakdowns come in it (docs/risicomodel.md).
MONTHS = (*range(1, 13), 15, 18, 21, 24, 30, 36)
# In this order: where not all can be told, those that people ask for are.
MONTHS_FIRST = (12, 24, 36, 6, 18, 3, 30, 9, 1, 15, 21, 2, 4, 5, 7, 8, 10, 11)
WHOLE = "alle"


def breakdown_board(session: Session, *, last: date, today: date) -> BreakdownBoard:
    """Return the curves of the last half-years, as known on a day; the caller acts as the system.

    Placements whose end a person must still judge, or that ended without saying how, are left out
    of the curves and counted aloud.
    """
    on_day = min(last, today)
    halves = halves_until(on_day)
    rows = lasted_by_half(session, halves[0].period.first, on_day)
    lasted: dict[str, list[Lasted]] = {half.name: [] for half in halves}
    for row in rows:
        lasted[row.half].append(_lasted(row))
    shown = _shown({name: sum(one.broken for one in group) for name, group in lasted.items()})
    every = [one for group in lasted.values() for one in group]
    whole = Half(WHOLE, Period(halves[0].period.first, on_day))
    return BreakdownBoard(
        on_day=on_day,
        in_review=told(sum(row.in_review for row in rows)),
        no_end=told(sum(row.no_end for row in rows)),
        whole=_curve(whole, every, on_day=on_day, is_shown=True),
        halves=[
            _curve(half, lasted[half.name], on_day=on_day, is_shown=shown[half.name])
            for half in halves
        ],
    )


def long_term_share(session: Session, *, last: date, today: date, month: int) -> float | None:
    """Return the share of long-term placements that holds at a month; None until it may be told.

    It stands beside the share of all placements: where few of another form broke down, the two
    together would tell of those.
    """
    on_day = min(last, today)
    since = halves_until(on_day)[0].period.first
    rows = lasted_by_half(session, since, on_day)
    parts = told_cells({of: _sum_broken(rows, of) for of in (True, False)})
    if None in parts.values():
        return None
    long_term = [_lasted(row) for row in rows if row.is_long_term]
    points = _points(long_term, (on_day - since).days) if long_term else []
    return next((point.share for point in points if point.month == month), None)


def _sum_broken(rows: Sequence[Any], is_long_term: bool) -> int:
    return sum(row.broken for row in rows if row.is_long_term is is_long_term)


def _lasted(row: Any) -> Lasted:
    counted = row.every - row.in_review - row.no_end
    return Lasted(row.days, row.broken, counted - row.broken)


def _shown(broken: Mapping[str, int]) -> dict[str, bool]:
    return {name: count is not None for name, count in told_cells(broken).items()}


def _curve(half: Half, lasted: Sequence[Lasted], *, on_day: date, is_shown: bool) -> CurveOut:
    broken = sum(one.broken for one in lasted)
    placements = broken + sum(one.censored for one in lasted)
    parts = told_cells({"broken": broken, "held": placements - broken})
    is_told = is_shown and None not in parts.values() and placements > 0
    return CurveOut(
        half=half.name,
        first=half.period.first,
        last=half.period.last,
        placements=told(placements),
        broken=broken if is_told or not placements else None,
        points=_points(lasted, (on_day - half.period.first).days) if is_told else None,
    )


def _points(lasted: Sequence[Lasted], longest: int) -> list[CurvePoint]:
    """Return the points that tell of nobody.

    Between two of them, before the first and after the last none broke down, or FEW at least:
    who knows both could work out the difference. The months that people ask for come first.
    """
    steps, total = curve_of(lasted), sum(one.broken for one in lasted)
    so_far = {month: _broken_by(steps, month) for month in MONTHS}
    chosen: dict[int, int] = {0: 0, MONTHS[-1] + 1: total}
    for month in MONTHS_FIRST:
        before = max(at for at in chosen if at < month)
        after = min(at for at in chosen if at > month)
        gaps = (so_far[month] - chosen[before], chosen[after] - so_far[month])
        if month * DAYS_A_MONTH <= longest and all(told(gap) is not None for gap in gaps):
            chosen[month] = so_far[month]
    return [_point(month, steps, lasted) for month in sorted(chosen.keys() & set(MONTHS))]


def _broken_by(steps: Sequence[Step], month: int) -> int:
    step = at_day(steps, month * DAYS_A_MONTH)
    return step.broken if step else 0


def _size(lasted: Lasted) -> int:
    return lasted.broken + lasted.censored


def _point(month: int, steps: Sequence[Step], lasted: Sequence[Lasted]) -> CurvePoint:
    day = month * DAYS_A_MONTH
    step = at_day(steps, day)
    followed = sum(_size(one) for one in lasted if one.days > day)
    return CurvePoint(
        month=month,
        share=round(step.share, 4) if step else 1.0,
        low=round(step.low, 4) if step and step.low is not None else None,
        high=round(step.high, 4) if step and step.high is not None else None,
        at_risk=followed - followed % FEW,
    )
