"""`pleegzorg demo`: draw a region, load it, match it, show the proposals."""

from pathlib import Path
from typing import Annotated

import typer

from app.cli.console import OUT
from app.cli.example import make_order
from app.cli.match import match_folder, write_json
from app.cli.screens_demo import serve_region
from app.cli.table import print_result
from app.cli.written import require_writable
from app.simulation.folder import check_folder, write_region
from app.simulation.region import draw_region

FOLDER, RESULT = Path("voorbeeld"), Path("voorstellen.json")
CHILDREN, FAMILIES, SEED, MISTAKES, DAY = 50, 95, 1, 4, "2026-11-01"
SHOWN = 12


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("demo")(command)


def command(
    screens: Annotated[
        bool, typer.Option("--schermen", help="Bekijk de regio in de schermen, in een browser.")
    ] = False,
    port: Annotated[int, typer.Option("--poort", help="Poort van de schermen.")] = 8000,
) -> None:
    """Teken een verzonnen regio, match hem en laat de voorstellen zien."""
    check_folder(FOLDER)
    require_writable(RESULT)
    order = make_order(
        children=CHILDREN, families=FAMILIES, seed=SEED, peildatum=DAY, fouten=MISTAKES
    )
    OUT.print(
        f"Een verzonnen regio: {CHILDREN} wachtende kinderen, {FAMILIES} pleeggezinnen van vijf "
        f"aanbieders, {MISTAKES} regels met een fout erin. Niemand in deze regio bestaat."
    )
    write_region(draw_region(order), FOLDER)
    if screens:
        serve_region(FOLDER, policy="zorgvuldig", port=port)
        return
    report = match_folder(FOLDER, policy="zorgvuldig", peildatum=None, seed=0, database_url=None)
    write_json(RESULT, report)
    print_result(report, OUT, limit=SHOWN)
    OUT.print(
        f"\nDe regio staat in {FOLDER}/, alle voorstellen met al hun redenen in {RESULT}.\n"
        f"Uw eigen regio: .venv/bin/pleegzorg match --data MAP --out {RESULT}"
    )
