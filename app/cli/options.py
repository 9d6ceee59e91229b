"""Options that several commands share, so that they mean the same everywhere."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from app.kernel.errors import InputRefused

DatabaseUrl = Annotated[
    str | None,
    typer.Option(
        "--database-url",
        help="PostgreSQL om te gebruiken (anders DATABASE_URL, anders de ingebouwde).",
        metavar="URL",
    ),
]
DayOption = Annotated[
    str | None,
    typer.Option("--peildatum", help="Dag waarop wordt gematcht, JJJJ-MM-DD.", metavar="DATUM"),
]
ExistingFile = Annotated[Path, typer.Argument(metavar="BESTAND", show_default=False)]


def parse_day(text: str | None) -> date | None:
    """Return the date of an option; raises InputRefused when it is no date."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InputRefused(
            "--peildatum is geen datum: schrijf jaar-maand-dag, zoals 2026-11-01."
        ) from error
