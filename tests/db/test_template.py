"""The template that throw-away databases copy: whole, of this version, and the only one."""

from collections.abc import Iterator

import pytest
from sqlalchemy import URL, text

from app.db import template
from app.db.embedded import as_admin, drop_database, ensure_database, start_embedded
from app.db.opened import is_database_current
from app.settings import Settings

PREFIX, HALF, COPY = "proef_sjabloon_", "proef_sjabloonbouw", "proef_kopie"


def databases(server: URL) -> set[str]:
    with as_admin(server) as connection:
        names = connection.scalars(text("SELECT datname FROM pg_database")).all()
    return {name for name in names if name.startswith("proef_")}


@pytest.fixture
def server(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[URL]:
    """The embedded server, with templates of this test's own."""
    monkeypatch.setattr(template, "_PREFIX", PREFIX)
    monkeypatch.setattr(template, "_HALF", HALF)
    found = start_embedded(settings)
    yield found
    for name in databases(found):
        drop_database(found, name)


def test_a_copy_is_migrated_and_the_template_is_made_once(
    server: URL, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What an interrupted one left behind is made anew; another version replaces the old."""
    ensure_database(server, HALF)
    copy = template.make_migrated(server, COPY)
    assert is_database_current(copy)
    (kept,) = databases(server) - {COPY}
    assert kept.startswith(PREFIX)
    monkeypatch.setattr(template, "migrate", None)
    assert is_database_current(template.make_migrated(server, f"{COPY}_2"))
    monkeypatch.undo()
    monkeypatch.setattr(template, "_PREFIX", PREFIX)
    monkeypatch.setattr(template, "_HALF", HALF)
    monkeypatch.setattr(template, "migrations_digest", lambda: "anders")
    template.make_migrated(server, f"{COPY}_3")
    assert databases(server) - {COPY, f"{COPY}_2", f"{COPY}_3"} == {f"{PREFIX}anders"}


def test_the_digest_follows_the_migrations(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    """A changed script is another version: an old template is never copied for it."""
    before = template.migrations_digest()
    assert before == template.migrations_digest()
    (tmp_path / "app" / "db").mkdir(parents=True)
    (tmp_path / "app" / "db" / "roles.py").write_text("")
    (tmp_path / "migrations").mkdir()
    (tmp_path / "migrations" / "een.py").write_text("een = 1")
    monkeypatch.setattr(template, "SCRIPTS", tmp_path / "migrations")
    other = template.migrations_digest()
    (tmp_path / "migrations" / "een.py").write_text("een = 2")
    assert len({before, other, template.migrations_digest()}) == 3
