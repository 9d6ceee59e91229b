"""`pleegzorg restore`: put a backup back, or only prove that it could be."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import URL
from sqlalchemy.exc import OperationalError, ProgrammingError

from app.cli.console import OUT
from app.cli.teruggegaan import what_is_left
from app.db.embedded import drop_database, ensure_database, start_embedded
from app.db.migrate import NOT_ANSWERING
from app.db.opened import parse_url
from app.keeping.restore import Restored, chosen_backup, restore_backup
from app.keeping.sealed_file import read_private
from app.kernel.errors import InputRefused, NotReady
from app.settings import load_settings


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("restore")(command)


def command(
    folder: Annotated[Path, typer.Argument(metavar="MAP", show_default=False)],
    *,
    key: Annotated[
        Path,
        typer.Option(
            "--sleutel",
            help="PEM-bestand met de privésleutel van wie haar opent.",
            show_default=False,
        ),
    ],
    into: Annotated[
        str | None,
        typer.Option(
            "--naar",
            metavar="URL",
            help="Lege database, als een login die haar bezit en rollen mag maken.",
        ),
    ] = None,
    check: Annotated[
        bool,
        typer.Option(
            "--controleer",
            help="Zet alleen terug in een proefdatabase naast die van --naar (op een laptop: de "
            "ingebouwde), vergelijk, en gooi haar weg.",
        ),
    ] = False,
) -> None:
    """Zet een reservekopie terug in een lege database en vergelijk elke tabel."""
    private = read_private(key)
    settings = load_settings()
    chosen = chosen_backup(folder)
    if check:
        server = parse_url(into) if into else start_embedded(settings)
        with _trial(server) as url:
            restored = restore_backup(chosen, url, private=private, settings=settings)
    elif into is None:
        raise InputRefused("Geef met --naar de lege database, of met --controleer een proef.")
    else:
        url = parse_url(into)
        restored = restore_backup(chosen, url, private=private, settings=settings)
    _tell(chosen, restored, is_trial=check)


@contextmanager
def _trial(server: URL) -> Iterator[URL]:
    name = f"pleegzorg_proef_{os.getpid()}"
    try:
        url = ensure_database(server, name)
    except ProgrammingError as error:
        raise NotReady(
            "Deze login mag geen proefdatabase maken: geef met --naar een login met CREATEDB."
        ) from error
    except OperationalError as error:
        raise NotReady(NOT_ANSWERING) from error
    try:
        yield url
    finally:
        drop_database(server, name)


def _tell(folder: Path, restored: Restored, *, is_trial: bool) -> None:
    made = restored.manifest.made_at
    OUT.print(
        f"{folder.name} van {made:%d-%m-%Y %H:%M:%S} UTC {'is goed' if is_trial else 'staat terug'}"
        f": {restored.tables} tabellen en {restored.rows} rijen, elk hetzelfde als in de kopie.",
        soft_wrap=True,
    )
    if is_trial:
        return
    todo = what_is_left(restored.left)
    if not restored.is_newest:
        todo.append("De tabellen zijn van een oudere versie: voer `pleegzorg migrate` uit.")
    todo.append("Wat na dit tijdstip is vastgelegd ontbreekt: zie docs/operations.md.")
    for line in todo:
        OUT.print(f"- {line}", soft_wrap=True)
