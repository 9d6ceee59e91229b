"""`pleegzorg risk fit`: estimates the weights of the risk score again, from past placements."""

import json
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any

import typer
from rich import box
from rich.markup import escape
from rich.table import Table

from app.cli.console import ERR, OUT
from app.cli.options import DatabaseUrl, parse_day
from app.cli.written import require_writable, write_text
from app.kernel.clock import today_in_amsterdam
from app.kernel.errors import InputRefused
from app.kernel.refusal import Refusal
from app.learning.history import History, read_history
from app.learning.learn import Learned, learn
from app.learning.plot import draw_calibration
from app.learning.report import describe
from app.matching.risk.weights import DEFAULT, load_weights

_MOST_SHOWN = 10
_risk = typer.Typer(help="De gewichten van de breakdownkans.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(_risk, name="risk")


@_risk.callback()
def _group() -> None:
    """De gewichten van de breakdownkans: schatten op uitkomsten."""


@_risk.command("fit")
def fit_command(
    history: Annotated[Path, typer.Option("--history", help="Plaatsingshistorie (CSV).")],
    out: Annotated[Path, typer.Option("--out", help="Gewichtenbestand om te schrijven (TOML).")],
    *,
    report: Annotated[
        Path | None, typer.Option(help="JSON met de controle om te schrijven.", metavar="BESTAND")
    ] = None,
    plot: Annotated[
        Path | None, typer.Option(help="Plot (SVG) om te schrijven.", metavar="BESTAND")
    ] = None,
    prior: Annotated[
        str, typer.Option(help="Naam of bestand van de gewichten vooraf.", metavar="NAAM|BESTAND")
    ] = DEFAULT,
    peildatum: Annotated[
        str | None,
        typer.Option(
            help="Tot welke dag de plaatsingen zijn gevolgd, JJJJ-MM-DD (anders de laatste dag in "
            "de historie).",
            metavar="DATUM",
        ),
    ] = None,
) -> None:
    """Schat de gewichten opnieuw, met de gepubliceerde als uitgangspunt."""
    for path in filter(None, (out, report, plot)):
        require_writable(path)
    today = today_in_amsterdam()
    read = read_history(history, until=parse_day(peildatum))
    learned = learn(read, load_weights(prior), code_version=version("pleegzorg"))
    print_unused(read)
    told = describe(learned, fitted_on=today)
    write_text(out, learned.weights.text)
    if report is not None:
        write_text(report, json.dumps(told, ensure_ascii=False, indent=1) + "\n")
    if plot is not None:
        _write_plot(plot, learned)
    _print(told)
    OUT.print(f"\nDe gewichten staan in {out}: gebruik ze met `pleegzorg match --weights {out}`.")


@_risk.command("learn")
def learn_command(*, database_url: DatabaseUrl = None) -> None:
    """Leer van de uitkomsten van de dienst; het wordt een voorstel, en niets verandert vanzelf."""
    # Only here: `risk fit` works without any database.
    from app.cli.risk_learn import learn_here

    learn_here(database_url)


def print_unused(history: History) -> None:
    """Print which rows do not count, and why: no row goes missing without a word."""
    _print_refused(history.refusals)
    if history.repeated:
        ERR.print(
            f"Herhaalde regels met dezelfde gegevens: {history.repeated}; ze tellen één keer."
        )
    if history.later:
        ERR.print(
            f"Na de peildatum {history.until} begonnen: {history.later}; die tellen niet mee."
        )


def _print_refused(refusals: tuple[Refusal, ...]) -> None:
    """Print the rows that could not be used, the first ten with their sentence."""
    if refusals:
        ERR.print(f"[bold]Geweigerde regels: {len(refusals)}[/]; de andere tellen mee.")
    for row in refusals[:_MOST_SHOWN]:
        ERR.print(
            escape(f"  {row.file}, rij {row.row}, veld {row.field}: {row.message}"), soft_wrap=True
        )
    if len(refusals) > _MOST_SHOWN:
        ERR.print(f"  … en nog {len(refusals) - _MOST_SHOWN}.")


def _write_plot(path: Path, learned: Learned) -> None:
    if learned.quality is None:
        raise InputRefused(
            f"Er is geen plot om in {path} te schrijven: er zijn te weinig uitkomsten voor een "
            "controle. De gewichten zijn wel geschreven; laat --plot weg."
        )
    write_text(path, draw_calibration(learned.quality, title=learned.weights.version))


def _print(told: dict[str, Any]) -> None:
    OUT.print(
        f"\n[bold]{escape(told['gewichten'])}[/] · {told['plaatsingen']} plaatsingen, "
        f"{told['breakdowns']} voortijdig afgebroken · peildatum {told['peildatum']} · vooraf "
        f"{escape(told['uitgangspunt'])}",
        soft_wrap=True,
    )
    OUT.print(_weights_table(told["factoren"]))
    checked = told["kruisvalidatie"]
    if checked is not None:
        OUT.print(_fifths_table(checked["vijfden"]))
        _print_measures(checked)
    OUT.print(escape(told["toelichting"]), soft_wrap=True)


def _weights_table(factors: list[dict[str, Any]]) -> Table:
    table = Table("Factor", box=box.SIMPLE_HEAD, pad_edge=False)
    for name in ("Literatuur", "±", "Geschat", "± "):
        table.add_column(name, justify="right", no_wrap=True)
    for factor in factors:
        numbers = (factor[key] for key in ("literatuur", "geschat"))
        errors = (factor[key] for key in ("literatuurFout", "geschatFout"))
        cells = [f"{n:+.3f}|{e:.3f}".split("|") for n, e in zip(numbers, errors, strict=True)]
        table.add_row(factor["label"], *cells[0], *cells[1])
    return table


def _fifths_table(fifths: list[dict[str, Any]]) -> Table:
    table = Table("Vijfde", "Plaatsingen", "Voorspeld", "Gezien (95%)", box=box.SIMPLE_HEAD)
    for rank, fifth in enumerate(fifths, start=1):
        table.add_row(
            str(rank),
            str(fifth["plaatsingen"]),
            f"{fifth['voorspeld']:.1%}",
            f"{fifth['gezien']:.1%} ({fifth['laag']:.1%}–{fifth['hoog']:.1%})",
        )
    return table


def _print_measures(checked: dict[str, Any]) -> None:
    c, before, slope = (checked[k] for k in ("concordantie", "concordantieLiteratuur", "helling"))
    OUT.print(
        f"Concordantie {c['waarde']:.3f} ({c['laag']:.3f}–{c['hoog']:.3f}), literatuur "
        f"{before['waarde']:.3f}; Brier na 12 maanden {checked['brier']:.4f}, literatuur "
        f"{checked['brierLiteratuur']:.4f}, basiskans {checked['brierBasiskans']:.4f}; helling "
        f"{slope['waarde']:.2f} ± {slope['fout']:.2f}. Alles op plaatsingen die bij het schatten "
        "buiten beschouwing bleven.",
        soft_wrap=True,
    )
