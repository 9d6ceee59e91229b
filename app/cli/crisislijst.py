"""`pleegzorg crisislijst`: tonight's crisis beds on paper, for when the network is down."""

from pathlib import Path
from typing import Annotated

import typer

from app.audit.noted import COMMAND_CLIENT, note_work
from app.cli.console import ERR
from app.cli.options import DatabaseUrl
from app.cli.who import who_commands
from app.cli.written import require_writable, write_text
from app.crisis.paper import page
from app.crisis.views import show_list
from app.db.opened import open_database
from app.db.session import session_for
from app.kernel.actor import SYSTEM
from app.settings import load_settings


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("crisislijst")(command)


def command(
    out: Annotated[Path, typer.Option("--out", help="HTML-bestand om af te drukken.")],
    *,
    database_url: DatabaseUrl = None,
) -> None:
    """Schrijf alle crisisbedden van vannacht met hun nummers, om af te drukken.

    Er staan namen en telefoonnummers van gezinnen in: bewaar de afdruk achter slot, en vernietig
    de vorige.
    """
    require_writable(out)
    with (
        open_database(load_settings(), url=database_url) as database,
        session_for(database.sessions, SYSTEM) as session,
    ):
        listed = show_list(session)
        note_work(session, "drukCrisislijstAf", client=COMMAND_CLIENT, actor=who_commands())
    write_text(out, page(listed))
    out.chmod(0o600)  # names and numbers of families
    ERR.print(f"{len(listed.homes)} gezinnen met een crisisbed staan in {out}.")
