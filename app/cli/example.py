"""The command `pleegzorg example`: draws a synthetic region into a folder."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from app.cli.options import parse_day
from app.kernel.errors import InputRefused
from app.simulation.folder import check_folder, write_region
from app.simulation.order import Order
from app.simulation.region import draw_region

MOST_CHILDREN, MOST_FAMILIES = 50_000, 50_000
FEWEST_FAMILIES = 5  # one of each provider
SNAPSHOT_DAY = date(2026, 11, 1)  # fixed, so that the same command gives the same files any day
_EARLIEST, _LATEST = date(2000, 1, 1), date(2099, 12, 31)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("example")(example)


def example(
    directory: Annotated[Path, typer.Argument(metavar="DIR", help="Nieuwe of lege map.")],
    children: Annotated[int, typer.Option(help="Aantal wachtende kinderen.")] = 120,
    families: Annotated[int, typer.Option(help="Aantal pleeggezinnen.")] = 220,
    seed: Annotated[int, typer.Option(help="Zaad: zelfde zaad, zelfde regio.")] = 1,
    *,
    peildatum: Annotated[
        str, typer.Option(metavar="DATUM", help="Dag waarop de regio wordt bekeken (JJJJ-MM-DD).")
    ] = SNAPSHOT_DAY.isoformat(),
    fouten: Annotated[int, typer.Option(help="Aantal met opzet foute gezinnen.")] = 0,
) -> None:
    """Teken een verzonnen regio in de vijf dialecten van de aanbieders."""
    order = make_order(
        children=children, families=families, seed=seed, peildatum=peildatum, fouten=fouten
    )
    check_folder(directory)
    write_region(draw_region(order), directory)
    typer.echo(
        f"{children} aanmeldingen en {families} pleeggezinnen van vijf aanbieders staan in "
        f"{directory} (verzonnen; peildatum {order.snapshot_day}, zaad {seed}). Typ nu: "
        f"pleegzorg match --data {directory} --out voorstellen.json"
    )


def make_order(*, children: int, families: int, seed: int, peildatum: str, fouten: int) -> Order:
    """Return what is asked for; raises InputRefused, one sentence, when it is out of range."""
    _check_range("--children", children, (1, MOST_CHILDREN))
    _check_range("--families", families, (FEWEST_FAMILIES, MOST_FAMILIES))
    _check_range("--fouten", fouten, (0, families // 4))
    return Order(children, families, seed, _read_day(peildatum), mistakes=fouten)


def _check_range(option: str, value: int, limits: tuple[int, int]) -> None:
    low, high = limits
    if not low <= value <= high:
        raise InputRefused(
            f"{option} is {value} en moet tussen {low} en {high} liggen: "
            "kies een aantal binnen die grenzen."
        )


def _read_day(text: str) -> date:
    day = parse_day(text) or SNAPSHOT_DAY
    if not _EARLIEST <= day <= _LATEST:
        raise InputRefused(
            f"--peildatum {text} ligt niet tussen {_EARLIEST} en {_LATEST}: kies een andere dag."
        )
    return day
