"""`pleegzorg bewaar` and `pleegzorg opschonen`: counted unless it is meant."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import URL
from typer.testing import CliRunner

from app.cli.main import build_app
from app.db.opened import Database
from app.db.session import session_for
from app.kernel.actor import SYSTEM
from app.models import KeptForm
from app.settings import Settings
from tests.databases import copied
from tests.rights.full import SETTINGS
from tests.rights.lived import NOW


@pytest.fixture
def apart(settings: Settings, reference: URL) -> Iterator[Database]:
    """A database with one form that its maker never came back for."""
    with copied(settings, reference) as opened:
        with session_for(opened.sessions, SYSTEM) as session:
            session.add(KeptForm(key_hash=b"x", sealed=b"y", ends_at=NOW))
        yield opened


def call(apart: Database, *words: str) -> str:
    url = apart.url.render_as_string(hide_password=False)
    told = CliRunner().invoke(build_app(words[0]), [*words, "--database-url", url])
    assert told.exit_code == 0, told.output
    return told.output


def test_counted_first_and_removed_when_it_is_meant(apart: Database, tmp_path: Path) -> None:
    """The first says that nothing changed; the second removes; after that there is nothing."""
    assert SETTINGS.purge_needs_approval
    assert "20 jaar" in call(apart, "bewaar")
    out = tmp_path / "verslag.csv"
    for _ in range(2):
        assert "er is niets veranderd" in call(apart, "opschonen", "--csv", str(out))
    assert out.read_text("utf-8") == "klasse,tabel,aantal,oudste\nsessies,,1,2026-06-21\n"
    assert "kept_form" in call(apart, "opschonen", "--voer-uit", "--csv", str(out))
    assert "sessies,kept_form,1," in out.read_text("utf-8")
    assert "Er is niets dat weg mag" in call(apart, "opschonen")
