"""A migration that finds a table in use lets others go first, and tries again."""

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, text

from app.db import migrate as migrating
from app.db.opened import open_database, open_throwaway
from app.kernel.errors import NotReady
from app.settings import Settings


def test_a_migration_that_waits_for_a_lock_steps_aside(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without lock_timeout it would wait, and everybody behind it (and this test) for ever."""
    tries: list[int] = []
    monkeypatch.setattr(migrating, "LOCK_TIMEOUT", 0.2)
    monkeypatch.setattr(migrating, "_BETWEEN", 0.1)
    with open_throwaway(settings) as opened:
        engine = create_engine(opened.url)
        with engine.connect() as holder:
            holder.execute(text("SELECT count(*) FROM draft"))

            def upgrade(config: Config, _: str) -> None:
                tries.append(len(tries))
                if len(tries) == 3:
                    holder.rollback()
                connection = config.attributes["connection"]
                connection.execute(text("ALTER TABLE draft ADD COLUMN later integer"))

            monkeypatch.setattr(command, "upgrade", upgrade)
            migrating.migrate(opened.url)
            holder.execute(text("SELECT later FROM draft"))
        engine.dispose()
    assert tries == [0, 1, 2]


def test_tables_of_a_newer_version_are_no_hindrance(settings: Settings) -> None:
    """While a newer version is brought in, a process of this one may have to begin again."""
    with open_throwaway(settings) as opened:
        url = opened.url.render_as_string(hide_password=False)
        _stand_at(url, "20991231_01")
        with open_database(settings, url=url):
            pass
        _stand_at(url, "20261128_44")
        with pytest.raises(NotReady, match="nieuwste tabellen"), open_database(settings, url=url):
            pass


def _stand_at(url: str, revision: str) -> None:
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :r"), {"r": revision})
    engine.dispose()
