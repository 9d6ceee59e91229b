"""Breakdown by half-year of start, so that no step of a curve points at anybody."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from app.insight.board_schemas import BreakdownBoard, CurveOut, CurvePoint
from app.insight.counting import SMALL, hidden, told
from app.insight.periods import Half, Period, halves_until
from app.insight.placed_queries import lasted_by_half
from app.insight.survival import DAYS_A_MONTH, Lasted, Step, at_day, curve_of

# Until a year every month: most breakdowns come in it (docs/risicomodel.md).
MONTHS = (*range(1, 13), 15, 18, 21, 24, 30, 36)
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


def _lasted(row: Any) -> Lasted:
    counted = row.every - row.in_review - row.no_end
    return Lasted(row.days, row.broken, counted - row.broken)


def _shown(broken: Mapping[str, int]) -> dict[str, bool]:
    return {name: count is not None for name, count in hidden(broken).items()}


def _curve(half: Half, lasted: Sequence[Lasted], *, on_day: date, is_shown: bool) -> CurveOut:
    broken = sum(one.broken for one in lasted)
    placements = broken + sum(one.censored for one in lasted)
    parts = hidden({"broken": broken, "held": placements - broken})
    is_told = is_shown and None not in parts.values() and placements > 0
    return CurveOut(
        half=half.name,
        first=half.period.first,
        last=half.period.last,
        placements=told(placements),
        broken=broken if is_told or not placements else None,
        points=_points(lasted, (on_day - half.period.first).days) if is_told else None,
    )


def _points(lasted: Iterable[Lasted], longest: int) -> list[CurvePoint]:
    """Return the points that tell of nobody: between two of them none broke down, or several."""
    lasted = list(lasted)
    steps, before, points = curve_of(lasted), 0, []
    for month in MONTHS:
        day = month * DAYS_A_MONTH
        step = at_day(steps, day)
        broken = step.broken if step else 0
        if day <= longest and (broken == before or broken - before >= SMALL):
            points.append(_point(month, step, sum(_size(one) for one in lasted if one.days > day)))
            before = broken
    return points


def _size(lasted: Lasted) -> int:
    return lasted.broken + lasted.censored


def _point(month: int, step: Step | None, followed: int) -> CurvePoint:
    return CurvePoint(
        month=month,
        share=round(step.share, 4) if step else 1.0,
        low=round(step.low, 4) if step and step.low is not None else None,
        high=round(step.high, 4) if step and step.high is not None else None,
        at_risk=followed - followed % SMALL,
    )
