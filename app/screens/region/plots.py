"""Lines over time, worked out in numbers: templates only write them down."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 560, 260, 52, 32, 12, 34
# Apart by dash as well as by colour, so that nobody needs to tell the colours from each other.
_LOOKS = (
    ("#0b5a6f", "none"), ("#a01c1c", "7 4"), ("#7a4b00", "2 3"), ("#14683c", "12 4"),
    ("#5b3a8c", "8 3 2 3"), ("#55646c", "4 4"), ("#1d2a30", "1 4"),
)  # fmt: skip
_LABELS = 8

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Line:
    """What is to be drawn: a name, points in order (None breaks the line), and perhaps a band."""

    name: str
    points: Sequence[Point | None]
    band: Sequence[tuple[float, float, float]] = ()


@dataclass(frozen=True, slots=True)
class Drawn:
    """One line in the chart's own units; band: the area between low and high."""

    name: str
    path: str
    band: str
    dots: list[Point]
    colour: str
    dash: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on an axis."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Plot:
    """A chart of lines."""

    lines: list[Drawn]
    across: list[Tick]
    up: list[Tick]
    width: int = WIDTH
    height: int = HEIGHT


@dataclass(frozen=True, slots=True)
class Axes:
    """From and to where both axes run."""

    first: float
    last: float
    top: float

    def place(self, point: Point) -> Point:
        """Return where a point stands, in the chart's own units."""
        wide = (self.last - self.first) or 1
        x = LEFT + (point[0] - self.first) / wide * (WIDTH - LEFT - RIGHT)
        y = HEIGHT - BOTTOM - point[1] / self.top * (HEIGHT - TOP - BOTTOM)
        return round(x, 1), round(y, 1)


def plot_of(
    lines: Sequence[Line], labels: Mapping[float, str], *, top: float | None = None
) -> Plot:
    """Return a chart that begins at nothing; labels: what stands below, by value.

    top: the largest value, found where it is not given. The first line is drawn last, on top.
    """
    known = [point for line in lines for point in line.points if point]
    top = top or nice_top(max((value for _, value in known), default=1.0))
    axes = Axes(min(labels, default=0.0), max(labels, default=1.0), top)
    drawn = [_drawn(line, axes, at) for at, line in enumerate(lines)]
    steps = [top * part / 4 for part in range(5)]
    every = max(1, ceil(len(labels) / _LABELS))
    shown = list(labels.items())[::every]
    return Plot(
        drawn,
        [Tick(axes.place((value, 0))[0], label) for value, label in shown],
        [Tick(axes.place((axes.first, step))[1], _short(step)) for step in steps],
    )


def nice_top(most: float) -> float:
    """Return the end of an axis: a round number that is not below the largest value."""
    if most <= 0:
        return 4.0
    unit = 10 ** floor(log10(most))
    return float(next(unit * step for step in (1, 2, 4, 8, 10) if unit * step >= most))


def _drawn(line: Line, axes: Axes, at: int) -> Drawn:
    colour, dash = _LOOKS[at % len(_LOOKS)]
    path, pen = [], "M"
    for point in line.points:
        if point is None:
            pen = "M"
            continue
        x, y = axes.place(point)
        path.append(f"{pen}{x} {y}")
        pen = "L"
    dots = [axes.place(point) for point in line.points if point]
    return Drawn(line.name, " ".join(path), _band(line, axes), dots, colour, dash)


def _band(line: Line, axes: Axes) -> str:
    """Return the outline of a band: along its top and back along its bottom."""
    if len(line.band) < 2:
        return ""
    upper = [axes.place((x, high)) for x, _, high in line.band]
    lower = [axes.place((x, low)) for x, low, _ in reversed(line.band)]
    return "M" + " L".join(f"{x} {y}" for x, y in upper + lower) + " Z"


def _short(value: float) -> str:
    return str(int(value)) if value == int(value) else f"{value:.1f}".replace(".", ",")
