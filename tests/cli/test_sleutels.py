"""`pleegzorg sleutels`: a version is made, used, checked and forgotten, in that order alone."""

import base64
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import URL
from sqlalchemy.orm import Session
from typer.testing import CliRunner

from app.cli.main import build_app
from app.db.keyfile import read_key_file
from app.db.keyring import forget_ring
from app.db.opened import Database
from app.db.sealed import refuse_plain
from app.db.session import act_as
from app.kernel.actor import SYSTEM
from app.kernel.errors import Conflict, DomainError, NotReady
from app.models import Child
from app.settings import Settings, load_settings
from tests.databases import copied
from tests.rows import make_registration

Run = Callable[..., str]


@pytest.fixture
def run(
    tmp_path: Path, settings: Settings, reference: URL, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Run]:
    """The command, with a key file and a database of its own."""
    with copied(settings, reference) as opened:
        monkeypatch.setenv("DATABASE_URL", opened.url.render_as_string(hide_password=False))
        monkeypatch.setenv("PLEEGZORG_KEYS_FILE", str(tmp_path / "sleutels.toml"))
        monkeypatch.delenv("PLEEGZORG_BSN_KEY", raising=False)

        def told(*words: str) -> str:
            _read_anew()
            found = CliRunner().invoke(build_app("sleutels"), ["sleutels", *words])
            if isinstance(found.exception, DomainError):
                raise found.exception
            assert found.exit_code == 0, found.exception
            return " ".join(found.output.split())

        told.database = opened  # type: ignore[attr-defined]
        yield told
    refuse_plain(refuse=False)
    monkeypatch.undo()
    _read_anew()


def _read_anew() -> None:
    load_settings.cache_clear()
    forget_ring()


def _add(database: Database, number: str) -> None:
    _read_anew()
    with database.sessions() as session, session.begin():
        act_as(session, SYSTEM)
        made = make_registration(session, number=number, bsn=None)
        session.get_one(Child, made.child_id).first_name = f"Kind {number}"


def test_from_a_first_key_to_a_second_one(run: Run, tmp_path: Path) -> None:
    """Each step tells what it did; the old key cannot go while anything needs it."""
    path = tmp_path / "sleutels.toml"
    assert "versies 1; geschreven wordt met versie 1" in run("nieuw")
    assert path.stat().st_mode & 0o777 == 0o600
    _add(run.database, "AM-1")  # type: ignore[attr-defined]
    assert "versies 1, 2; geschreven wordt met versie 1" in run("nieuw", "--nog-niet-schrijven")
    assert "geschreven wordt met versie 2" in run("nieuw", "--schrijf-nieuwste")
    with pytest.raises(Conflict, match=r"Versie 1 wordt nog door .* waarden gebruikt"):
        run("vergeet", "1")
    assert read_key_file(path).versions.keys() == {1, 2}
    assert "Verzegeld:" in run("roteer")
    told = run("controleer")
    assert "child.first_name" in told
    assert "1:" not in told
    assert "Kind" not in told
    assert "Versie 1 is vergeten" in run("vergeet", "1")
    assert read_key_file(path).versions.keys() == {2}
    assert "Alles is te lezen." in run("controleer")
    _read_anew()
    with Session(run.database.sessions.kw["bind"]) as session:  # type: ignore[attr-defined]
        act_as(session, SYSTEM)
        assert session.query(Child.first_name).scalar() == "Kind AM-1"


def test_the_key_that_writes_is_never_forgotten(run: Run) -> None:
    """There would be no way on."""
    run("nieuw")
    with pytest.raises(Conflict, match="Met versie 1 wordt geschreven"):
        run("vergeet", "1")


def test_a_file_begins_with_the_key_that_was_in_use(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that what it sealed stays readable, and told records do not all look changed."""
    single = base64.b64encode(os.urandom(32)).decode()
    monkeypatch.setenv("PLEEGZORG_BSN_KEY", single)
    run("nieuw", "--nog-niet-schrijven")
    keys = read_key_file(tmp_path / "sleutels.toml")
    assert (sorted(keys.versions), keys.writes) == ([1, 2], 1)
    assert keys.versions[1] == keys.compare == base64.b64decode(single)


def test_a_lost_key_is_one_clear_sentence_and_names_rows(run: Run, tmp_path: Path) -> None:
    """What was sealed with it is not shown, and not sealed again with another."""
    run("nieuw")
    run("roteer")
    _add(run.database, "AM-1")  # type: ignore[attr-defined]
    (tmp_path / "sleutels.toml").unlink()
    with pytest.raises(NotReady, match="niet te lezen: controleer PLEEGZORG_KEYS_FILE"):
        run("controleer")
    run("nieuw")
    with pytest.raises(Conflict, match="waarden zijn niet te lezen"):
        run("controleer")
    with pytest.raises(NotReady, match="Sleutelversie 1 is hier een andere sleutel"):
        run("roteer")


def test_enforcing_on_a_new_database_is_done_already(run: Run) -> None:
    """It is born refusing plain text."""
    run("nieuw")
    assert "0 regels zijn erbij gekomen" in run("afdwingen")
