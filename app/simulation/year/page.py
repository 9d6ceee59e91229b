"""The result page: Markdown and HTML, which both begin by saying that this is a simulation."""

from dataclasses import dataclass
from html import escape
from math import isnan

from app.simulation.year.measures import MEASURES, Measure
from app.simulation.year.summary import Estimate, Line
from app.simulation.year.world import YearOrder

TITLE = "Een jaar nagespeeld: vijf manieren van plaatsen naast elkaar"
WARNING = (
    "Dit is een simulatie. Kinderen, gezinnen en uitkomsten zijn verzonnen en volgen een verborgen "
    "regel die geen van de manieren kent. De cijfers zeggen niets over echte breakdowns of echte "
    "wachttijden: alleen hoe de manieren zich in deze verzonnen regio tot elkaar verhouden."
)
WAITING_FILE, MEASURES_FILE = "wachtenden.svg", "maten.svg"
Table = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Report:
    """What a page tells. order: of the first replication; weights, policy: their versions."""

    order: YearOrder
    replications: int
    lines: tuple[Line, ...]
    reference: str
    policy: str
    weights: str

    def setting(self) -> str:
        """Return in one sentence what was replayed."""
        one = self.order
        return (
            f"{self.replications} herhalingen (zaad {one.seed} en verder) van {one.weeks} weken: "
            f"{one.children} wachtende kinderen en {one.families} gezinnen bij het begin, "
            f"{one.arrivals} aanmeldingen per jaar, elke week een plan. Beleid {self.policy}, "
            f"gewichten {self.weights}."
        )


def levels(report: Report) -> Table:
    """Return the table of means with 95% intervals, a column a policy."""
    head = ("maat", *(line.name for line in report.lines))
    rows = [
        (one.sentence, *(_show(line.level[one.code], one) for line in report.lines))
        for one in MEASURES
    ]
    return (head, *rows, ("Slechtst bediende groep", *(line.worst for line in report.lines)))


def differences(report: Report) -> Table:
    """Return the table of paired differences with the reference; * where 0 is outside."""
    others = [line for line in report.lines if line.name != report.reference]
    head = ("maat", *(line.name for line in others))
    rows = [
        (one.sentence, *(_show_difference(line.against[one.code], one) for line in others))
        for one in MEASURES
    ]
    return (head, *rows)


def as_markdown(report: Report) -> str:
    """Return the page as Markdown."""
    return "\n\n".join(
        [
            f"# {TITLE}",
            f"**{WARNING}**",
            report.setting(),
            "## Gemiddelden, met 95%-interval",
            _markdown_table(levels(report)),
            f"## Verschil met '{report.reference}', op hetzelfde toeval",
            _explain_difference(report),
            _markdown_table(differences(report)),
            f"![Wachtende kinderen per week]({WAITING_FILE})",
            f"![Elke maat met interval]({MEASURES_FILE})\n",
        ]
    )


def as_html(report: Report) -> str:
    """Return the page as HTML; the drawings lie beside it."""
    return (
        '<!doctype html>\n<html lang="nl">\n<head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(TITLE)}</title>\n<style>{_STYLE}</style></head>\n<body>\n<main>\n"
        f"<h1>{escape(TITLE)}</h1>\n<p class='let-op'><strong>{escape(WARNING)}</strong></p>\n"
        f"<p>{escape(report.setting())}</p>\n<h2>Gemiddelden, met 95%-interval</h2>\n"
        f"{_html_table(levels(report))}\n"
        f"<h2>Verschil met '{escape(report.reference)}', op hetzelfde toeval</h2>\n"
        f"<p>{escape(_explain_difference(report))}</p>\n{_html_table(differences(report))}\n"
        f'<figure><img src="{WAITING_FILE}" alt="Wachtende kinderen per week, per manier"></figure>'
        f'\n<figure><img src="{MEASURES_FILE}" alt="Elke maat met interval, per manier"></figure>\n'
        "</main>\n</body>\n</html>\n"
    )


_STYLE = (
    "body{font-family:sans-serif;line-height:1.5;margin:1rem;color:#1b1b1b}main{max-width:70rem;"
    "margin:auto}.let-op{border-left:.4rem solid #c8553d;padding:.5rem 1rem;background:#fdf1ee}"
    ".tabel{overflow-x:auto}table{border-collapse:collapse}th,td{padding:.3rem .7rem;"
    "border-bottom:1px solid #ccc;text-align:right}th:first-child,td:first-child{text-align:left}"
    "img{max-width:100%}figure{margin:1.5rem 0}"
)


def _explain_difference(report: Report) -> str:
    return (
        f"Gepaard: per herhaling de maat van de manier min die van '{report.reference}', met "
        "95%-interval. Een * zegt dat 0 buiten het interval ligt."
    )


def _show(found: Estimate, one: Measure) -> str:
    half = "" if isnan(found.half) else f" ± {found.half:.{one.digits}f}"
    return f"{found.mean:.{one.digits}f}{half}"


def _show_difference(found: Estimate, one: Measure) -> str:
    half = "" if isnan(found.half) else f" ± {found.half:.{one.digits}f}"
    return f"{found.mean:+.{one.digits}f}{half}{' *' if found.is_clear else ''}"


def _markdown_table(table: Table) -> str:
    head, *rows = table
    rule = ["---", *("---:" for _ in head[1:])]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in (head, rule, *rows))


def _html_table(table: Table) -> str:
    head, *rows = table
    top = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in head)
    body = "\n".join(
        f'<tr><th scope="row">{escape(first)}</th>'
        + "".join(f"<td>{escape(cell)}</td>" for cell in cells)
        + "</tr>"
        for first, *cells in rows
    )
    return (
        f"<div class='tabel' tabindex='0' role='region' aria-label='Tabel'><table>"
        f"<thead><tr>{top}</tr></thead>\n<tbody>\n{body}\n</tbody></table></div>"
    )
