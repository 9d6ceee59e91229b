"""A small plot in SVG, both axes logarithmic: seconds and memory against the number of children."""

from collections.abc import Sequence
from math import log10

WIDTH, HEIGHT, EDGE = 640, 360, 60
_LINES = (("CPU-seconden", "#1f6f8b"), ("piekgeheugen in MiB", "#c8553d"))


def draw_plot(points: Sequence[tuple[float, float, float]]) -> str:
    """Return the drawing of (children, seconds, MiB), in order of children."""
    across = _axis([point[0] for point in points])
    up = _axis([value for point in points for value in point[1:]])
    parts = [_frame(points, across)]
    for number, (name, colour) in enumerate(_LINES):
        spots = [(_x(point[0], across), _y(point[number + 1], up)) for point in points]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in spots)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        for (x, y), point in zip(spots, points, strict=True):
            parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>')
            parts.append(_text(x, y - 8, f"{point[number + 1]:g}", colour))
        parts.append(_text(EDGE + 90, EDGE - 30 + 16 * number, name, colour))
    body = "\n".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'font-family="sans-serif" font-size="11">\n{body}\n</svg>\n'
    )


def _axis(values: Sequence[float]) -> tuple[float, float]:
    logs = [log10(max(value, 0.01)) for value in values]
    return min(logs), max(*logs, min(logs) + 1e-9)


def _x(value: float, axis: tuple[float, float]) -> float:
    return EDGE + (log10(max(value, 0.01)) - axis[0]) / (axis[1] - axis[0]) * (WIDTH - 2 * EDGE)


def _y(value: float, axis: tuple[float, float]) -> float:
    share = (log10(max(value, 0.01)) - axis[0]) / (axis[1] - axis[0])
    return HEIGHT - EDGE - share * (HEIGHT - 2 * EDGE)


def _frame(points: Sequence[tuple[float, float, float]], across: tuple[float, float]) -> str:
    low = HEIGHT - EDGE + 10
    marks = "\n".join(
        _text(_x(point[0], across), low + 18, f"{point[0]:,}".replace(",", " "), "#333")
        for point in points
    )
    line = f'<line x1="{EDGE}" y1="{low}" x2="{WIDTH - EDGE}" y2="{low}" stroke="#333"/>'
    return f"{line}\n{marks}\n{_text(WIDTH / 2, low + 38, 'wachtende kinderen', '#333')}"


def _text(x: float, y: float, text: str, colour: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="middle" fill="{colour}">{text}</text>'
