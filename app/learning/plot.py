"""The calibration plot as SVG: predicted against observed, for five groups of placements."""

from xml.sax.saxutils import escape

from app.learning.evaluate import Band, Quality

_SIZE, _MARGIN = 420, 60
_INK, _LINE, _FAINT, _FILL = "#1b1b1b", "#767676", "#e3e3e3", "#01689b"
_QUESTION = "Kloppen de kansen? Vijf groepen plaatsingen, van laag naar hoog"


def draw_calibration(quality: Quality, *, title: str) -> str:
    """Return an SVG: each point a fifth, with the 95% interval of what was observed.

    On the diagonal as many placements broke down as was predicted. title: which weights these are.
    """
    most = max(max(band.high, band.predicted) for band in quality.bands)
    top = min(1.0, (int(most * 10) + 1) / 10)
    marks = [step / 10 for step in range(round(top * 10) + 1)]
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_SIZE} {_SIZE + 20}" role="img" '
        f'font-family="sans-serif" font-size="12" fill="{_INK}">',
        f"<title>{_QUESTION} ({escape(title)})</title>",
        f'<rect width="{_SIZE}" height="{_SIZE + 20}" fill="#ffffff"/>',
        *(_line((0, mark), (top, mark), top, stroke=_FAINT) for mark in marks[1:]),
        _line((0, 0), (top, top), top, more=' stroke-dasharray="4 4"'),
        _line((0, 0), (top, 0), top),
        _line((0, 0), (0, top), top),
        *(_mark(mark, top) for mark in marks),
        *(_point(band, top) for band in quality.bands),
        _words(_SIZE / 2, _SIZE - 12, "voorspelde kans op afbreuk in een jaar"),
        f'<text x="14" y="{_SIZE / 2}" text-anchor="middle" '
        f'transform="rotate(-90 14 {_SIZE / 2})">gezien (95%-interval)</text>',
        _words(_SIZE / 2, 22, _QUESTION),
        f'<g fill="{_LINE}" font-size="11">',
        _words(_SIZE / 2, 40, "op de stippellijn is gezien wat was voorspeld"),
        _words(_SIZE / 2, _SIZE + 10, escape(title)),
        "</g>",
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _at(x: float, y: float, top: float) -> tuple[float, float]:
    room = _SIZE - 2 * _MARGIN
    return round(_MARGIN + room * x / top, 1), round(_SIZE - _MARGIN - room * y / top, 1)


def _line(
    start: tuple[float, float], end: tuple[float, float], top: float, *, stroke: str = _LINE,
    more: str = "",
) -> str:  # fmt: skip
    (x1, y1), (x2, y2) = _at(*start, top), _at(*end, top)
    return f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="{stroke}"{more}/>'


def _mark(value: float, top: float) -> str:
    x, y = _at(value, value, top)
    label = f"{value:.0%}"
    beside = f'<text x="{_MARGIN - 6}" y="{y + 4}" text-anchor="end">{label}</text>'
    return _words(x, _SIZE - _MARGIN + 16, label) + beside


def _point(band: Band, top: float) -> str:
    x, y = _at(band.predicted, band.observed, top)
    return (
        _line(
            (band.predicted, band.low),
            (band.predicted, band.high),
            top,
            stroke=_FILL,
            more=' stroke-width="2"',
        )
        + f'<circle cx="{x}" cy="{y}" r="5" fill="{_FILL}"/>'
    )


def _words(x: float, y: float, text: str) -> str:
    return f'<text x="{x}" y="{y}" text-anchor="middle">{text}</text>'
