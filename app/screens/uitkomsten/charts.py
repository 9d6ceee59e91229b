"""Charts of numbers with intervals, worked out in numbers: templates only write them down."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

ROW, NAME, SPACE, SHOWN = 34, 190, 260, 150
SIDE, MARGIN = 320, 44
Interval = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Row:
    """One row: name, what is written behind it, its interval, and a tick for what was expected."""

    name: str
    shown: str
    y: int
    at: float | None
    low: float
    high: float
    tick: float | None


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows below each other; line: where a value that all are held against lies."""

    rows: list[Row]
    width: int
    height: int
    line: float | None


@dataclass(frozen=True, slots=True)
class Point:
    """A point of the calibration plot with its interval, and what it tells."""

    x: float
    y: float
    low: float
    high: float
    shown: str


@dataclass(frozen=True, slots=True)
class Plot:
    """Predicted along, seen upward; top: the share at both ends. marks: place and words."""

    points: list[Point]
    side: int
    margin: int
    marks: list[tuple[float, float, str]]


def rows_of(
    given: Iterable[tuple[str, Interval | None, float | None, str]], *, line: float | None = None
) -> Rows:
    """Return a chart of rows: name, interval (None draws nothing), tick, and what is written."""
    told = list(given)
    highest = [found["hoog"] for _, found, _, _ in told if found]
    most = max([*highest, *(tick or 0.0 for _, _, tick, _ in told), line or 0.0], default=0.0) or 1
    rows = [
        Row(
            name, shown, at * ROW,
            _along(found["waarde"], most) if found else None,
            _along(found["laag"], most) if found else 0.0,
            _along(found["hoog"], most) if found else 0.0,
            None if tick is None else _along(tick, most),
        )
        for at, (name, found, tick, shown) in enumerate(told)
    ]  # fmt: skip
    across = None if line is None else _along(line, most)
    return Rows(rows, NAME + SPACE + SHOWN, len(rows) * ROW, across)


def _along(value: float, most: float) -> float:
    return round(NAME + SPACE * max(0.0, min(value / most, 1.0)), 1)


def plot_of(groups: Iterable[Mapping[str, Any]]) -> Plot:
    """Return the calibration plot of groups that are told."""
    told = [group for group in groups if group["gezien"] is not None]
    highest = [max(group["gezien"]["hoog"], group["voorspeld"]) for group in told]
    top = next((t for t in (0.2, 0.4, 0.6, 0.8) if max(highest, default=0.0) <= t), 1.0)
    points = [
        Point(
            _right(group["voorspeld"], top),
            _up(group["gezien"]["waarde"], top),
            _up(group["gezien"]["laag"], top),
            _up(group["gezien"]["hoog"], top),
            f"{_percent(group['voorspeld'])} → {_percent(group['gezien']['waarde'])}",
        )
        for group in told
    ]
    steps = [top * step / 4 for step in range(5)]
    return Plot(points, SIDE, MARGIN, [(_right(s, top), _up(s, top), _percent(s)) for s in steps])


def _right(value: float, top: float) -> float:
    return round(MARGIN + value / top * (SIDE - 2 * MARGIN), 1)


def _up(value: float, top: float) -> float:
    return round(SIDE - MARGIN - value / top * (SIDE - 2 * MARGIN), 1)


def _percent(share: float) -> str:
    return f"{100 * share:.0f}%"
