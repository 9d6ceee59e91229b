"""`pleegzorg sync PROVIDER FILE`: bring one provider's families in line with its export."""

from typing import Annotated

import typer

from app.audit.noted import COMMAND_CLIENT, note_work
from app.cli.console import ERR, OUT
from app.cli.options import DatabaseUrl, ExistingFile
from app.cli.prepare import prepare_reference
from app.cli.report import print_report, stop_if_useless
from app.cli.who import who_commands
from app.db.opened import open_database
from app.db.session import session_for
from app.families.dialect_of import dialect_of
from app.families.readers import read_export
from app.families.service import import_families
from app.imports.report import source_of
from app.kernel.actor import SYSTEM
from app.settings import load_settings


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("sync")(command)


def command(
    provider: Annotated[
        str,
        typer.Argument(metavar="AANBIEDER", help="spirit, youke, wsp, leger-des-heils of vitree"),
    ],
    file: ExistingFile,
    confirm: Annotated[
        bool,
        typer.Option("--bevestig", help="Verwerk ook als meer dan 20% van de gezinnen ontbreekt."),
    ] = False,
    database_url: DatabaseUrl = None,
) -> None:
    """Verwerk de volledige export van één aanbieder."""
    with open_database(load_settings(), url=database_url) as database:
        prepare_reference(database)
        with session_for(database.sessions, SYSTEM) as session:
            reading = read_export(dialect_of(session, provider), file)
            report = import_families(
                session,
                actor=SYSTEM,
                provider_code=provider,
                reading=reading,
                source=source_of(file),
                confirmed=confirm,
            )
            note_work(session, "leesGezinnenIn", client=COMMAND_CLIENT, actor=who_commands())
    print_report(report, OUT)
    stop_if_useless(report, ERR)
