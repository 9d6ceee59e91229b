"""`pleegzorg register`: fills the documents about the algorithm from code and running service."""

from pathlib import Path
from typing import Annotated

import typer

from app.audit.noted import COMMAND_CLIENT, note_work
from app.cli.console import OUT
from app.cli.options import DatabaseUrl
from app.cli.who import who_commands
from app.cli.written import require_writable, write_text
from app.db.opened import open_database
from app.db.session import session_for
from app.kernel.actor import SYSTEM
from app.kernel.clock import today_in_amsterdam
from app.kernel.errors import InputRefused
from app.matching.risk.weights import Weights
from app.outcomes.calibration import show_calibration
from app.outcomes.register import (
    PAGES,
    REGISTER,
    SERVICE,
    fill_in,
    part_of_service,
    parts_of_code,
    register_entry,
)
from app.outcomes.version_of import present_weights, show_in_force
from app.settings import load_settings


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("register")(command)


def command(
    folder: Annotated[
        Path, typer.Option("--map", help="Map met de documenten.", metavar="MAP")
    ] = Path("docs"),
    *,
    service: Annotated[
        bool, typer.Option("--dienst", help="Vul ook in wat in de dienst geldt en is gezien.")
    ] = False,
    database_url: DatabaseUrl = None,
) -> None:
    """Vul modelkaart, gebruiksaanwijzing, DPIA, IAMA en algoritmeregister in.

    Alleen de gemerkte delen veranderen; wat mensen schreven blijft staan.
    """
    seen, in_force = _of_service(database_url) if service else (None, None)
    parts = parts_of_code(in_force)
    if seen is not None:
        parts[SERVICE] = seen
    pages = {folder / name: _read(folder / name) for name in PAGES}
    for path in (*pages, folder / REGISTER):
        require_writable(path)
    for path, page in pages.items():
        write_text(path, fill_in(page, parts))
    write_text(folder / REGISTER, register_entry(in_force))
    OUT.print(f"Bijgewerkt in {folder}: {', '.join((*PAGES, REGISTER))}.", soft_wrap=True)


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputRefused(
            f"{path} is niet te lezen: geef met --map de map waarin de documenten staan."
        ) from error


def _of_service(database_url: str | None) -> tuple[str, Weights]:
    """Return what holds in a service and was seen there, and the weights of its next run."""
    with (
        open_database(load_settings(), url=database_url) as database,
        session_for(database.sessions, SYSTEM) as session,
    ):
        board = show_calibration(session, today=today_in_amsterdam())
        note_work(session, "vulRegisterIn", client=COMMAND_CLIENT, actor=who_commands())
        return part_of_service(board, show_in_force(session)), present_weights(session)[0]
