"""`pleegzorg postcodes load FILE`: renew the table of postcode areas."""

import typer

from app.cli.console import OUT
from app.cli.options import DatabaseUrl, ExistingFile
from app.db.opened import open_database
from app.db.session import session_for
from app.kernel.actor import SYSTEM
from app.reference.postcodes import load_postcodes
from app.settings import load_settings

_postcodes = typer.Typer(help="De tabel met postcodegebieden.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(_postcodes, name="postcodes")


@_postcodes.callback()
def _group() -> None:
    """De tabel met postcodegebieden (vier cijfers, met middelpunt)."""


@_postcodes.command("load")
def load(file: ExistingFile, database_url: DatabaseUrl = None) -> None:
    """Lees of vernieuw postcodegebieden uit een CSV met pc4 … kwaliteit."""
    with (
        open_database(load_settings(), url=database_url) as database,
        session_for(database.sessions, SYSTEM) as session,
    ):
        count = load_postcodes(session, file)
    OUT.print(f"{count} postcodegebieden geladen uit {file.name}.")
