"""The picture of what one more child costs: placed children against expected breakdowns."""

from dataclasses import dataclass
from typing import Any

WIDTH, HEIGHT = 560, 240
_LEFT, _RIGHT, _TOP, _BOTTOM = 56, 24, 24, 44


@dataclass(frozen=True, slots=True)
class Dot:
    """A point of the picture, in its own units, and what it stands for."""

    x: float
    y: float
    placed: int
    breakdowns: float
    is_plan: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """Dots from left to right, and the line through them as an SVG path."""

    dots: list[Dot]
    line: str
    width: int = WIDTH
    height: int = HEIGHT
    floor: int = HEIGHT - _BOTTOM
    left: int = _LEFT


def frontier(points: list[dict[str, Any]]) -> Picture | None:
    """Return the picture of points; None where there is nothing to compare."""
    if len(points) < 2:
        return None
    placed = [point["geplaatst"] for point in points]
    costs = [point["breakdowns"] for point in points]
    dots = [
        Dot(
            x=_scaled(point["geplaatst"], placed, _LEFT + 24, WIDTH - _RIGHT - 24),
            y=_scaled(point["breakdowns"], costs, HEIGHT - _BOTTOM - 20, _TOP + 12),
            placed=point["geplaatst"],
            breakdowns=point["breakdowns"],
            is_plan=point["ditPlan"],
        )
        for point in points
    ]
    line = "M " + " L ".join(f"{dot.x:g} {dot.y:g}" for dot in dots)
    return Picture(dots, line)


def _scaled(value: float, among: list[Any], first: float, last: float) -> float:
    low, high = min(among), max(among)
    share = (value - low) / (high - low) if high > low else 0.5
    return round(first + share * (last - first), 1)
