"""`pleegzorg migrate`: bring the database to the newest tables."""

import typer

from app.cli.console import OUT
from app.cli.key_work import seal_after_migrating
from app.cli.options import DatabaseUrl
from app.cli.prepare import prepare_reference
from app.db.embedded import start_embedded
from app.db.migrate import migrate
from app.db.opened import open_database, parse_url
from app.settings import load_settings


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("migrate")(command)


def command(database_url: DatabaseUrl = None) -> None:
    """Maak of vernieuw de tabellen, de rollen, de aanbieders en de postcodetabel."""
    settings = load_settings()
    given = database_url or settings.migration_url or settings.database_url
    if given is None:
        start_embedded(settings)
    else:
        migrate(parse_url(given))
    with open_database(settings, url=given) as database:
        prepare_reference(database)
        seal_after_migrating(database.url, settings)
    OUT.print("De database is bijgewerkt.")
