"""Two drawings in SVG: who waits week by week, and each measure with its interval."""

from collections.abc import Iterator, Sequence
from html import escape
from math import ceil, isnan

from app.simulation.year.measures import MEASURES, Measure
from app.simulation.year.summary import Line

COLOURS = ("#8a8a8a", "#c8553d", "#b58900", "#1f6f8b", "#2e7d32")
_WIDTH, _HEIGHT, _LEFT, _TOP = 760, 380, 56, 84
_PANEL, _ROW, _NAMES, _GAP = 250, 22, 180, 40


def draw_waiting(lines: Sequence[Line], *, title: str) -> str:
    """Return how many children wait after each week's plan, a line a policy."""
    weeks = len(lines[0].waiting)
    top = max(1.0, *(max(line.waiting, default=0.0) for line in lines))
    step = _step(top)
    top = step * ceil(top / step)
    room = (_WIDTH - _LEFT - 20, _HEIGHT - _TOP - 50)

    def at(week: int, value: float) -> tuple[float, float]:
        across = week / max(1, weeks - 1)
        return _LEFT + across * room[0], _TOP + (1 - value / top) * room[1]

    parts = []
    for mark in range(0, int(top) + 1, step):
        x, y = at(0, mark)
        parts.append(_line((x, y), (x + room[0], y), "#dddddd"))
        parts.append(_text(x - 6, y + 4, str(mark), anchor="end"))
    foot = _TOP + room[1] + 18
    marks = range(0, weeks, max(1, weeks // 8))
    parts += [_text(at(week, 0)[0], foot, str(week + 1), anchor="middle") for week in marks]
    for number, line in enumerate(lines):
        points = " ".join("{:.1f},{:.1f}".format(*at(w, v)) for w, v in enumerate(line.waiting))
        colour = COLOURS[number % len(COLOURS)]
        parts.append(
            f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"/>'
        )
        x, y = _LEFT + 230 * (number % 3), 44 + 18 * (number // 3)
        parts.append(_line((x, y - 4), (x + 22, y - 4), colour, width=3))
        parts.append(_text(x + 28, y, line.name))
    parts.append(_text(_LEFT + room[0] / 2, _HEIGHT - 12, "week", anchor="middle"))
    return _frame(_WIDTH, _HEIGHT, title, parts)


def draw_measures(lines: Sequence[Line], *, title: str) -> str:
    """Return a panel a measure: the mean of each policy with its 95% interval."""
    high = _GAP + _ROW * len(lines) + 26
    width = 2 * (_NAMES + _PANEL) + 30
    rows = ceil(len(MEASURES) / 2)
    parts: list[str] = []
    for number, one in enumerate(MEASURES):
        x, y = 10 + (number % 2) * (_NAMES + _PANEL + 10), 40 + (number // 2) * high
        parts += _panel(lines, one, x, y)
    return _frame(width, 50 + rows * high, title, parts)


def _panel(lines: Sequence[Line], one: Measure, x: float, y: float) -> Iterator[str]:
    found = [line.level[one.code] for line in lines]
    halves = [0.0 if isnan(e.half) else e.half for e in found]
    low = min(e.mean - half for e, half in zip(found, halves, strict=True))
    high = max(e.mean + half for e, half in zip(found, halves, strict=True))
    low, high = (low - 0.5, high + 0.5) if low == high else (low, high)
    start, room = x + _NAMES, _PANEL - 60

    def across(value: float) -> float:
        return start + room * (value - low) / (high - low)

    yield _text(x, y + 16, one.sentence, weight="bold")
    for row, (line, e, half) in enumerate(zip(lines, found, halves, strict=True)):
        level, colour = y + _GAP + row * _ROW, COLOURS[row % len(COLOURS)]
        yield _text(start - 10, level + 4, line.name, anchor="end")
        yield _line((start, level), (start + room, level), "#eeeeee")
        yield _line((across(e.mean - half), level), (across(e.mean + half), level), colour, width=3)
        yield f'<circle cx="{across(e.mean):.1f}" cy="{level:.1f}" r="4" fill="{colour}"/>'
        yield _text(start + room + 10, level + 4, f"{e.mean:.{one.digits}f}")


def _step(top: float) -> int:
    return next((s for s in (1, 2, 5, 10, 20, 50, 100, 200, 500) if top / s <= 8), 1000)


def _frame(width: float, height: float, title: str, parts: Sequence[str]) -> str:
    body = "\n".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" role="img" '
        f'font-family="sans-serif" font-size="12" fill="#1b1b1b">\n<title>{escape(title)}</title>\n'
        f'<rect width="{width:g}" height="{height:g}" fill="#ffffff"/>\n'
        f"{_text(10, 22, title, weight='bold')}\n{body}\n</svg>\n"
    )


def _line(
    start: tuple[float, float], end: tuple[float, float], colour: str, *, width: int = 1
) -> str:
    return (
        f'<line x1="{start[0]:.1f}" y1="{start[1]:.1f}" x2="{end[0]:.1f}" y2="{end[1]:.1f}" '
        f'stroke="{colour}" stroke-width="{width}"/>'
    )


def _text(x: float, y: float, words: str, *, anchor: str = "start", weight: str = "normal") -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-weight="{weight}">'
        f"{escape(words)}</text>"
    )
