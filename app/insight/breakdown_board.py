"""Breakdown by half-year of start, so that no step of a curve points at anybody."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from app.insight.board_schemas import BreakdownBoard, CurveOut, CurvePoint
from app.insight.counting import hidden_in
from app.insight.periods import Half, Period, halves_until
from app.insight.placed_queries import lasted_by_half
from app.insight.survival import DAYS_A_MONTH, Lasted, Step, at_day, curve_of, joining
from app.kernel.small_cells import FEW, told, told_cells

# Until a year every month: most breakdowns come in it (docs/risicomodel.md).
MONTHS = (*range(1, 13), 15, 18, 21, 24, 30, 36)
# In this order: where not all can be told, those that people ask for are.
MONTHS_FIRST = (12, 24, 36, 6, 18, 3, 30, 9, 1, 15, 21, 2, 4, 5, 7, 8, 10, 11)
WHOLE = "alle"


def breakdown_board(session: Session, *, last: date, today: date) -> BreakdownBoard:
    """Return the curves of the last half-years, as known on a day; the caller acts as the system.

    Placements whose end a person must still judge, or that ended without saying how, are left out
    of the curves and counted aloud; so are those that were taken over where nobody else of their
    half-year was followed so long (ADR 0085).
    """
    on_day = min(last, today)
    halves = halves_until(on_day)
    rows = lasted_by_half(session, halves[0].period.first, on_day)
    counted = _counted(rows)
    lasted: dict[str, list[Lasted]] = {half.name: [] for half in halves}
    for (name, _), group in counted.items():
        lasted[name] += group
    sizes = told_cells({name: _size(group) for name, group in lasted.items()})
    shown = _shown({name: _broke(group) for name, group in lasted.items()}, sizes)
    every = [one for group in lasted.values() for one in group]
    whole = Half(WHOLE, Period(halves[0].period.first, on_day))
    return BreakdownBoard(
        on_day=on_day,
        in_review=told(sum(row.in_review for row in rows)),
        no_end=told(sum(row.no_end for row in rows)),
        taken_over=told(sum(_lasted(row).size for row in rows) - _size(every)),
        whole=_curve(whole, every, told(_size(every)), on_day=on_day),
        halves=[
            _curve(half, lasted[name] if shown[name] else None, sizes[name], on_day=on_day)
            for half in halves
            for name in [half.name]
        ],
    )


def long_term_share(session: Session, *, last: date, today: date, month: int) -> float | None:
    """Return the share of long-term placements that holds at a month; None until it may be told.

    It stands beside the share of all placements: where few of another form broke down or held, the
    two together would tell of those.
    """
    on_day = min(last, today)
    since = halves_until(on_day)[0].period.first
    counted = _counted(lasted_by_half(session, since, on_day))
    long_term, others = (
        [one for (_, is_long), group in counted.items() if is_long is of for one in group]
        for of in (True, False)
    )
    broken = told_cells({"of": _broke(long_term), "others": _broke(others)})
    held = told_cells({"of": _held(long_term), "others": _held(others)})
    if None in (*broken.values(), *held.values()):
        return None
    points = _points(long_term, (on_day - since).days) if long_term else []
    return next((point.share for point in points if point.month == month), None)


def _lasted(row: Any) -> Lasted:
    counted = row.every - row.in_review - row.no_end
    return Lasted(row.days, row.broken, counted - row.broken, row.entered)


def _counted(rows: Iterable[Any]) -> dict[tuple[str, bool], list[Lasted]]:
    """Return by half-year, of long-term care or not, the placements that curves count.

    For each of these by itself, so that the curve of any of them together counts the very same.
    """
    found: dict[tuple[str, bool], list[Lasted]] = defaultdict(list)
    for row in rows:
        found[row.half, row.is_long_term].append(_lasted(row))
    return {name: joining(group) for name, group in found.items()}


def _shown(broken: Mapping[str, int], sizes: Mapping[str, int | None]) -> dict[str, bool]:
    """Return of which half-years is told how many broke down; of all of them together it is.

    Not where that or how many held is small, and so many others that it cannot be worked out.
    """
    away = {
        name for name, size in sizes.items() if size is None or told(size - broken[name]) is None
    }
    return {
        name: count is not None for name, count in hidden_in(broken, [list(broken)], away).items()
    }


def _broke(lasted: Sequence[Lasted]) -> int:
    return sum(one.broken for one in lasted)


def _held(lasted: Sequence[Lasted]) -> int:
    return sum(one.censored for one in lasted)


def _curve(
    half: Half, lasted: Sequence[Lasted] | None, size: int | None, *, on_day: date
) -> CurveOut:
    """Return the curve of a half-year; size: how many placements, None where that is not told.

    lasted: None where how many of them broke down would tell of those of another half-year.
    """
    broken = _broke(lasted or ())
    parts = told_cells({"broken": broken, "held": (size or 0) - broken})
    is_told = bool(size and lasted) and None not in parts.values()
    return CurveOut(
        half=half.name,
        first=half.period.first,
        last=half.period.last,
        placements=size,
        broken=broken if is_told or size == 0 else None,
        points=_points(lasted, (on_day - half.period.first).days) if is_told and lasted else None,
    )


def _points(lasted: Sequence[Lasted], longest: int) -> list[CurvePoint]:
    """Return the points that tell of nobody.

    Between two of them, before the first and after the last none broke down, or FEW at least:
    who knows both could work out the difference. The months that people ask for come first.
    """
    steps, total = curve_of(lasted), _broke(lasted)
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


def _size(lasted: Iterable[Lasted]) -> int:
    return sum(one.size for one in lasted)


def _point(month: int, steps: Sequence[Step], lasted: Sequence[Lasted]) -> CurvePoint:
    day = month * DAYS_A_MONTH
    step = at_day(steps, day)
    followed = _size(one for one in lasted if one.entered <= day < one.days)
    return CurvePoint(
        month=month,
        share=round(step.share, 4) if step else 1.0,
        low=round(step.low, 4) if step and step.low is not None else None,
        high=round(step.high, 4) if step and step.high is not None else None,
        at_risk=followed - followed % FEW,
    )
