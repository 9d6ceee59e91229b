"""`pleegzorg backup`: a sealed copy of the whole database, while the service goes on."""

from pathlib import Path
from typing import Annotated

import typer

from app.cli.console import OUT
from app.db.opened import open_database
from app.db.roles import BACKUP
from app.keeping.backup import make_backup
from app.keeping.sealed_file import HOW, read_recipient
from app.kernel.errors import InputRefused
from app.settings import load_settings


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("backup")(command)


def command(
    folder: Annotated[Path, typer.Argument(metavar="MAP", show_default=False)],
    *,
    recipient: Annotated[
        Path | None,
        typer.Option(
            "--ontvanger",
            envvar="PLEEGZORG_BACKUP_RECIPIENT",
            help="PEM-bestand met de publieke sleutel (X25519) van wie de kopie mag openen.",
        ),
    ] = None,
    keep: Annotated[
        int | None, typer.Option("--bewaar", min=1, help="Hoeveel kopieën er in de map blijven.")
    ] = None,
    database_url: Annotated[
        str | None,
        typer.Option(
            "--database-url",
            envvar="BACKUP_DATABASE_URL",
            help="De database, als de login voor reservekopieën (anders DATABASE_URL).",
            metavar="URL",
        ),
    ] = None,
) -> None:
    """Maak een verzegelde reservekopie van de hele database, terwijl de dienst doorgaat."""
    if recipient is None:
        raise InputRefused(
            "Geef met --ontvanger (of PLEEGZORG_BACKUP_RECIPIENT) de publieke sleutel van wie de "
            f"kopie mag openen; maak een paar met {HOW}"
        )
    key = read_recipient(recipient)
    settings = load_settings()
    with open_database(settings, url=database_url, role=BACKUP) as database:
        made = make_backup(database.url, folder, recipient=key, settings=settings, keep=keep)
    OUT.print(
        f"Reservekopie van {made.at:%d-%m-%Y %H:%M:%S} UTC in {made.folder}: {made.tables} "
        f"tabellen, {made.rows} rijen, {made.size / 1e6:.1f} MB.",
        soft_wrap=True,
    )
