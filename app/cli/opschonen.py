"""`pleegzorg opschonen`: what was kept long enough; counted, and removed when it is meant."""

import csv
import io
from pathlib import Path
from typing import Annotated, Any

import typer

from app.cli.console import ERR, OUT
from app.cli.options import DatabaseUrl
from app.cli.written import require_writable, write_text
from app.db.opened import Database, open_database
from app.db.session import session_for
from app.kernel.actor import SYSTEM
from app.kernel.clock import today_in_amsterdam
from app.rights.purge import begin, count_due, perform
from app.settings import load_settings

DoIt = Annotated[
    bool, typer.Option("--voer-uit", help="Verwijder het echt; anders wordt alleen geteld.")
]
WithIds = Annotated[bool, typer.Option("--ids", help="Noem ook onze eigen nummers, geen namen.")]
Csv = Annotated[Path | None, typer.Option("--csv", help="Schrijf het verslag als CSV.")]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("opschonen")(command)


def command(
    *,
    do_it: DoIt = False,
    with_ids: WithIds = False,
    out: Csv = None,
    database_url: DatabaseUrl = None,
) -> None:
    """Verwijder wat lang genoeg is bewaard; zonder --voer-uit verandert er niets.

    Een opschoning die werd afgebroken gaat verder waar hij was. Het verslag noemt aantallen, en
    niets over iemand.
    """
    if out is not None:
        require_writable(out, option="--csv")
    with open_database(load_settings(), url=database_url) as database:
        told = _perform(database) if do_it else _count(database, with_ids=with_ids)
    for line in lines_of(told):
        OUT.print("  ".join(map(str, line)), highlight=False, soft_wrap=True)
    for name, entry in told.items():
        for id_ in entry.get("ids", ()):
            OUT.print(f"{name}  {id_}", highlight=False, soft_wrap=True)
    if out is not None:
        write_text(out, as_csv(told))
    if not told:
        ERR.print("Er is niets dat weg mag.")
    elif not do_it:
        ERR.print("Proef: er is niets veranderd; herhaal dit met --voer-uit om het te doen.")


def _count(database: Database, *, with_ids: bool) -> dict[str, Any]:
    with session_for(database.sessions, SYSTEM) as session:
        return count_due(session, today_in_amsterdam(), with_keys=with_ids)


def _perform(database: Database) -> dict[str, Any]:
    begun = begin(database.sessions, SYSTEM, today_in_amsterdam())
    return {} if begun is None else perform(database.sessions, load_settings(), begun)


def lines_of(told: dict[str, Any]) -> list[tuple[str, str, int | str, str]]:
    """Return class, table, count and oldest day of a report; a class without tables in one line."""
    lines: list[tuple[str, str, int | str, str]] = []
    for name, entry in told.items():
        lines.append(
            (name, "", entry.get("aantal", entry.get("overgeslagen", 0)), entry.get("oudste", ""))
        )
        lines += [(name, table, count, "") for table, count in entry.get("tabellen", {}).items()]
    return lines


def as_csv(told: dict[str, Any]) -> str:
    """Return a report as CSV with a head."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(("klasse", "tabel", "aantal", "oudste"))
    writer.writerows(lines_of(told))
    return buffer.getvalue()
