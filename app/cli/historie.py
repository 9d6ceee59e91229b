"""`pleegzorg historie FILE`: keep placements of before, to learn from."""

import typer

from app.audit.noted import COMMAND_CLIENT, note_work
from app.cli.console import ERR, OUT
from app.cli.options import DatabaseUrl, ExistingFile
from app.cli.prepare import prepare_reference
from app.cli.report import print_report, stop_if_useless
from app.cli.who import who_commands
from app.db.opened import open_database
from app.db.session import session_for
from app.imports.report import source_of
from app.kernel.actor import SYSTEM
from app.placements.history import import_history
from app.settings import load_settings


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("historie")(command)


def command(file: ExistingFile, database_url: DatabaseUrl = None) -> None:
    """Verwerk plaatsingen van eerder (plaatsingen-historie.csv), zonder namen."""
    with open_database(load_settings(), url=database_url) as database:
        prepare_reference(database)
        with session_for(database.sessions, SYSTEM) as session:
            report = import_history(session, actor=SYSTEM, path=file, source=source_of(file))
            note_work(session, "leesHistorieIn", client=COMMAND_CLIENT, actor=who_commands())
    print_report(report, OUT)
    stop_if_useless(report, ERR)
