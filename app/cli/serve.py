"""`pleegzorg serve`: the HTTP service."""

from typing import Annotated

import typer
import uvicorn

from app.cli.console import ERR
from app.cli.options import DatabaseUrl
from app.cli.prepare import prepare_reference
from app.db.opened import open_database
from app.main import create_app
from app.settings import load_settings


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("serve")(command)


def command(
    host: Annotated[str, typer.Option(help="Adres om op te luisteren.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Poort om op te luisteren.")] = 8000,
    database_url: DatabaseUrl = None,
) -> None:
    """Start de API; niemand meldt zich nog aan, dus luister alleen op deze machine."""
    with open_database(load_settings(), url=database_url) as database:
        prepare_reference(database)
        ERR.print(f"De API luistert op http://{host}:{port}/v1 (stoppen: Ctrl-C).")
        uvicorn.run(create_app(database), host=host, port=port, log_level="warning")
