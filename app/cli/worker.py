"""`pleegzorg worker`: performs queued match runs."""

from typing import Annotated

import typer

from app.cli.console import ERR
from app.cli.options import DatabaseUrl
from app.db.opened import open_database
from app.db.roles import WORKER
from app.settings import load_settings
from app.worker import run_worker


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("worker")(command)


def command(
    once: Annotated[
        bool, typer.Option("--eenmalig", help="Stop zodra de wachtrij leeg is.")
    ] = False,
    database_url: DatabaseUrl = None,
) -> None:
    """Voer wachtende matchruns uit."""
    with open_database(load_settings(), url=database_url, role=WORKER) as database:
        ERR.print("De worker wacht op matchruns (stoppen: Ctrl-C).")
        run_worker(database, wait=not once)
