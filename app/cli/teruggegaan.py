"""`pleegzorg teruggegaan`: what a database needs after its server went back to a point in time."""

from typing import Annotated

import typer

from app.cli.console import OUT
from app.db.opened import parse_url
from app.keeping.readers import Left, went_back


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("teruggegaan")(command)


def command(
    url: Annotated[
        str,
        typer.Option(
            "--naar",
            metavar="URL",
            envvar="MIGRATION_DATABASE_URL",
            help="De database, als een login die haar bezit.",
            show_default=False,
        ),
    ],
) -> None:
    """Na teruggaan naar een tijdstip (WAL): laat de lezers van de feeds niets missen."""
    for line in what_is_left(went_back(parse_url(url))):
        OUT.print(f"- {line}", soft_wrap=True)


def what_is_left(left: Left) -> list[str]:
    """Return what somebody has to know or do after a database went back in time."""
    todo = [
        f"{left.waiting} wachtende en {left.begun} begonnen taken voert de worker opnieuw "
        "uit: een webhook of mail van na de kopie kan tweemaal gaan.",
        "Wie gebeurtenissen leest gaat verder waar hij was; wie gezinnen leest krijgt ze eenmaal "
        "alle.",
    ]
    if left.parked:
        todo.append(f"{left.parked} abonnementen staan stil: hervat ze, of laat ze zo.")
    return todo
