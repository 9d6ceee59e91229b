"""`pleegzorg intake FILE`: register waiting children."""

import typer

from app.audit.noted import COMMAND_CLIENT, note_work
from app.cli.console import ERR, OUT
from app.cli.options import DatabaseUrl, DayOption, ExistingFile, parse_day
from app.cli.prepare import prepare_reference
from app.cli.report import print_report, stop_if_useless
from app.cli.who import who_commands
from app.db.opened import open_database
from app.db.session import session_for
from app.imports.report import source_of
from app.intake.reader import read_registrations
from app.intake.service import import_registrations
from app.kernel.actor import SYSTEM
from app.kernel.clock import today_in_amsterdam
from app.settings import load_settings


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("intake")(command)


def command(
    file: ExistingFile, peildatum: DayOption = None, database_url: DatabaseUrl = None
) -> None:
    """Verwerk aanmeldingen: één JSON-object per regel."""
    settings = load_settings()
    today = parse_day(peildatum) or today_in_amsterdam()
    reading = read_registrations(file, today=today)
    with open_database(settings, url=database_url) as database:
        prepare_reference(database)
        with session_for(database.sessions, SYSTEM) as session:
            report = import_registrations(
                session, actor=SYSTEM, reading=reading, source=source_of(file), settings=settings
            )
            note_work(session, "leesAanmeldingenIn", client=COMMAND_CLIENT, actor=who_commands())
    print_report(report, OUT)
    stop_if_useless(report, ERR)
