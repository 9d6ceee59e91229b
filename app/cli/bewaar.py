"""`pleegzorg bewaar`: how long what is kept, why, and how much of it may go today."""

import typer
from rich.table import Table

from app.cli.console import OUT
from app.cli.options import DatabaseUrl
from app.db.opened import open_database
from app.db.session import session_for
from app.kernel.actor import SYSTEM
from app.kernel.clock import today_in_amsterdam
from app.rights.purge import count_due
from app.rights.terms import Term, load_terms
from app.settings import load_settings


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("bewaar")(command)


def command(*, database_url: DatabaseUrl = None) -> None:
    """Toon per klasse de bewaartermijn, de grond, en hoeveel er vandaag weg mag."""
    with (
        open_database(load_settings(), url=database_url) as database,
        session_for(database.sessions, SYSTEM) as session,
    ):
        due = count_due(session, today_in_amsterdam())
    table = Table("Klasse", "Termijn", "Vanaf", "Grond", "Mag weg")
    for term in load_terms().classes.values():
        count = due.get(term.name, {}).get("aantal", 0)
        table.add_row(term.title, lasting(term), term.since, term.ground, str(count))
    OUT.print(table)


def lasting(term: Term) -> str:
    """Return a term in words."""
    if term.years is not None:
        return f"{term.years} jaar"
    return "blijft" if term.days is None else f"{term.days} dagen"
