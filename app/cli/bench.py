"""The commands `pleegzorg bench ...`: the engine against results that others published."""

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from app.cli.console import OUT
from app.cli.orlib import PUBLISHED, Outcome, list_files, solve_file


def register(app: typer.Typer) -> None:
    """Add the commands."""
    bench = typer.Typer(help="Metingen tegen gepubliceerde uitkomsten.", no_args_is_help=True)
    bench.callback()(lambda: None)
    bench.command("orlib")(orlib)
    app.add_typer(bench, name="bench")


def orlib(
    directory: Annotated[
        Path | None, typer.Argument(metavar="[DIR]", help="Map met bestanden assign100 enz.")
    ] = None,
) -> None:
    """Los de toewijzingen van OR-Library op en vergelijk met de gepubliceerde optima."""
    if directory is None or not directory.is_dir():
        where = "geen map opgegeven" if directory is None else f"{directory} is geen map"
        OUT.print(
            f"OVERGESLAGEN: {where}. Haal assign100 tot en met assign800 uit OR-Library "
            "(J.E. Beasley) en typ: pleegzorg bench orlib DIR",
            soft_wrap=True,
        )
        return
    outcomes = [solve_file(path) for path in list_files(directory)]
    OUT.print(_table(outcomes))
    missing = sorted(set(PUBLISHED) - {outcome.name for outcome in outcomes})
    if missing:
        OUT.print(f"Niet in de map: {', '.join(missing)}.", soft_wrap=True)
    if any(outcome.is_wrong for outcome in outcomes):
        raise typer.Exit(1)


def _table(outcomes: list[Outcome]) -> Table:
    table = Table("bestand", "n", "gevonden", "gepubliceerd", "gelijk", "rekentijd (s)")
    for outcome in outcomes:
        known = outcome.published
        table.add_row(
            outcome.name,
            str(outcome.size),
            str(outcome.cost),
            "-" if known is None else str(known),
            "-" if known is None else "NEE" if outcome.is_wrong else "ja",
            f"{outcome.seconds:.3f}",
        )
    return table
