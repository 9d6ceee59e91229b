"""What a chart draws, worked out in numbers: templates only write them down."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import cos, radians, sqrt
from typing import Any

from app.screens.chart_labels import Label, place_labels

BAR, GAP, NAME, SPACE, VALUE = 26, 8, 170, 190, 90
_LARGEST_DOT, _LEGEND = 26.0, 18.0


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: where it stands and how long it is, in the chart's own units."""

    name: str
    shown: str
    y: int
    length: float


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars below each other, with the size of the whole."""

    bars: list[Bar]
    width: int
    height: int


def bars_of(rows: Iterable[tuple[str, float | None, str]]) -> Bars:
    """Return a chart of rows: name, value (None draws no bar) and what stands behind it."""
    given = list(rows)
    most = max((value or 0.0 for _, value, _ in given), default=0.0) or 1.0
    bars = [
        Bar(name, shown, at * (BAR + GAP), (value or 0.0) / most * SPACE)
        for at, (name, value, shown) in enumerate(given)
    ]
    return Bars(bars, NAME + SPACE + VALUE, len(bars) * (BAR + GAP))


@dataclass(frozen=True, slots=True)
class Dot:
    """A place on a map: its middle, its size, what it tells; label: None where it has no room."""

    name: str
    shown: str
    x: float
    y: float
    radius: float
    label: Label | None = None


def dots_of(areas: Sequence[Mapping[str, Any]], *, width: int, height: int) -> list[Dot]:
    """Return areas (`groep`, `aantal`, `breedte`, `lengte`) as dots, the area of each its count.

    Equirectangular: within a region nobody sees the difference. Those without a place are left
    out; a small count, which is not told, gets the smallest dot.
    """
    placed = [a for a in areas if a["breedte"] is not None]
    if not placed:
        return []
    lats, lons = [a["breedte"] for a in placed], [a["lengte"] for a in placed]
    squeeze = cos(radians(sum(lats) / len(lats)))
    wide, high = (max(lons) - min(lons)) * squeeze, max(lats) - min(lats)
    edge = _LARGEST_DOT + 8
    scale = min(
        (width - 2 * edge) / wide if wide else float("inf"),
        (height - 2 * edge - _LEGEND) / high if high else float("inf"),
    )
    scale = 0.0 if scale == float("inf") else scale
    left = (width - wide * scale) / 2
    top = (height - _LEGEND - high * scale) / 2
    most = max(20, *(a["aantal"] or 1 for a in placed))
    dots = [
        Dot(
            a["groep"],
            str(a["aantal"]) if a["aantal"] is not None else "–",
            round(left + (a["lengte"] - min(lons)) * squeeze * scale, 1),
            round(top + (max(lats) - a["breedte"]) * scale, 1),
            round(max(5.0, _LARGEST_DOT * sqrt((a["aantal"] or 1) / most)), 1),
        )
        for a in placed
    ]
    spots = [(dot.x, dot.y, dot.radius) for dot in dots]
    labels = place_labels([dot.name for dot in dots], spots, width=width, height=height)
    return [replace(dot, label=label) for dot, label in zip(dots, labels, strict=True)]
