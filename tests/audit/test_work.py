"""What commands, jobs and screens do with personal data stands in the log too."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import URL, text
from typer.testing import CliRunner

from app.audit.noted import note_work
from app.cli.main import build_app
from app.db.opened import Database
from app.db.session import session_for
from app.intake.draft_undo import forget_withdrawn
from app.kernel.actor import SYSTEM
from app.log.write import bind, unbind
from app.settings import Settings
from tests.databases import copied


@pytest.fixture
def log(settings: Settings, reference: URL) -> Iterator[Database]:
    """A database of its own."""
    with copied(settings, reference) as opened:
        yield opened


def lines(log: Database) -> list[tuple[str, ...]]:
    statement = "SELECT operation, actor, role, client, purpose FROM audit_event ORDER BY id"
    with session_for(log.sessions, SYSTEM) as session:
        return [tuple(row) for row in session.execute(text(statement))]


def test_a_command_is_noted_with_who_gave_it(
    log: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the login on the machine, as the system, with its purpose."""
    monkeypatch.setenv("LOGNAME", "nachtbeheer")
    url = log.url.render_as_string(hide_password=False)
    out = tmp_path / "lijst.html"
    words = ["crisislijst", "--out", str(out), "--database-url", url]
    assert CliRunner().invoke(build_app("crisislijst"), words).exit_code == 0
    assert lines(log) == [
        ("drukCrisislijstAf", "opdracht:nachtbeheer", "systeem", "pleegzorg-opdracht", "crisis")
    ]


def test_work_that_is_undone_leaves_no_line(log: Database) -> None:
    """The line stands if and only if the work does."""

    class Broken(Exception):
        pass

    with pytest.raises(Broken), session_for(log.sessions, SYSTEM) as session:
        note_work(session, "drukCrisislijstAf", client="toets")
        raise Broken
    assert lines(log) == []


def test_work_without_a_purpose_cannot_be_noted(log: Database) -> None:
    """A name that the file does not know is a mistake of whoever wrote it."""
    with pytest.raises(KeyError), session_for(log.sessions, SYSTEM) as session:
        note_work(session, "zomaarIets", client="toets")


def test_nothing_that_was_done_leaves_no_line(log: Database) -> None:
    """A sweep that finds nothing says nothing: it comes every minute."""
    forget_withdrawn(log.sessions)
    assert lines(log) == []


def test_a_line_carries_its_trace(log: Database) -> None:
    """The same that the technical log carries."""
    bind(trace_id="0af7651916cd43dd8448eb211c80319c")
    try:
        with session_for(log.sessions, SYSTEM) as session:
            note_work(session, "drukCrisislijstAf", client="toets")
    finally:
        unbind()
    with session_for(log.sessions, SYSTEM) as session:
        found = session.scalar(text("SELECT trace_id FROM audit_event"))
    assert found == "0af7651916cd43dd8448eb211c80319c"
