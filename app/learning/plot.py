"""The calibration plot as SVG: predicted against observed, for five groups of placements."""

from app.learning.evaluate import Band, Quality

_SIZE, _MARGIN = 420, 56
_INK, _LINE, _FILL = "#1b1b1b", "#8a8a8a", "#01689b"


def draw_calibration(quality: Quality, *, title: str) -> str:
    """Return an SVG: each point a fifth, with the 95% interval of what was observed.

    On the diagonal as many placements broke down as was predicted.
    """
    most = max(max(band.high, band.predicted) for band in quality.bands)
    top = min(1.0, (int(most * 10) + 1) / 10)
    marks = [step / 10 for step in range(round(top * 10) + 1)]
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_SIZE} {_SIZE}" role="img" '
        f'font-family="sans-serif" font-size="12" fill="{_INK}">',
        f"<title>{title}</title>",
        f'<rect width="{_SIZE}" height="{_SIZE}" fill="#ffffff"/>',
        _line((0, 0), (top, top), top, dash=True),
        _line((0, 0), (top, 0), top),
        _line((0, 0), (0, top), top),
        *(_mark(mark, top) for mark in marks),
        *(_point(band, top) for band in quality.bands),
        _words(_SIZE / 2, _SIZE - 12, "voorspelde kans op afbreuk in een jaar"),
        f'<text x="14" y="{_SIZE / 2}" text-anchor="middle" '
        f'transform="rotate(-90 14 {_SIZE / 2})">gezien (95%-interval)</text>',
        _words(_SIZE / 2, 24, title),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _at(x: float, y: float, top: float) -> tuple[float, float]:
    room = _SIZE - 2 * _MARGIN
    return round(_MARGIN + room * x / top, 1), round(_SIZE - _MARGIN - room * y / top, 1)


def _line(
    start: tuple[float, float], end: tuple[float, float], top: float, *, dash: bool = False
) -> str:
    (x1, y1), (x2, y2) = _at(*start, top), _at(*end, top)
    how = ' stroke-dasharray="4 4"' if dash else ""
    return f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="{_LINE}"{how}/>'


def _mark(value: float, top: float) -> str:
    x, y = _at(value, value, top)
    label = f"{value:.0%}"
    beside = f'<text x="{_MARGIN - 6}" y="{y + 4}" text-anchor="end">{label}</text>'
    return _words(x, _SIZE - _MARGIN + 16, label) + beside


def _point(band: Band, top: float) -> str:
    x, y = _at(band.predicted, band.observed, top)
    return (
        _line((band.predicted, band.low), (band.predicted, band.high), top)
        + f'<circle cx="{x}" cy="{y}" r="5" fill="{_FILL}"/>'
    )


def _words(x: float, y: float, text: str) -> str:
    return f'<text x="{x}" y="{y}" text-anchor="middle">{text}</text>'
