"""The service serves while the tables are migrated in three steps; old code beside new."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread

import pytest
from alembic.script import ScriptDirectory
from fastapi.testclient import TestClient

from app.cli.prepare import prepare_reference
from app.db import migrate as migrating
from app.db.opened import open_database, parse_url
from app.main import create_app
from app.settings import Settings
from tests.chaos.postgres import OwnServer, own_server
from tests.chaos.test_full_disk import report
from tools.migration_locks import find_long_locks

pytestmark = [pytest.mark.soak, pytest.mark.timeout(300)]

_HEAD = '''"""{what}."""

from alembic import op

revision = "{name}"
down_revision = "{before}"
branch_labels = None
depends_on = None


def upgrade() -> None:
{steps}

def downgrade() -> None:
    pass
'''
_EXPAND = """    op.execute("ALTER TABLE crisis_report ADD COLUMN shift text DEFAULT 'nacht'")
    op.execute("ALTER TABLE crisis_report ALTER COLUMN shift DROP DEFAULT")
    op.execute("ALTER TABLE crisis_report ALTER COLUMN shift SET DEFAULT 'dag'")
"""
_BACKFILL = """    with op.get_context().autocommit_block():
        op.execute("CREATE INDEX CONCURRENTLY ix_crisis_report_shift ON crisis_report (shift)")
    op.execute("ALTER TABLE crisis_report "
               "ADD CONSTRAINT ck_shift CHECK (shift IS NOT NULL) NOT VALID")
    op.execute("UPDATE crisis_report SET shift = 'avond' WHERE shift = 'nacht'")
"""
_ENFORCE = """    op.execute("ALTER TABLE crisis_report VALIDATE CONSTRAINT ck_shift")
    op.execute("ALTER TABLE crisis_report ALTER COLUMN shift SET NOT NULL")
    op.execute("ALTER TABLE crisis_report DROP CONSTRAINT ck_shift")
"""
_STEPS = {"expand": _EXPAND, "backfill": _BACKFILL, "enforce": _ENFORCE}


@pytest.fixture
def next_version(tmp_path: Path) -> Path:
    """A folder with the migrations as they are, and the three of a next version."""
    folder = tmp_path / "migrations"
    shutil.copytree(migrating.SCRIPTS, folder)
    before = ScriptDirectory.from_config(migrating.alembic_config()).get_current_head()
    for number, (what, steps) in enumerate(_STEPS.items(), 1):
        name = f"20991231_0{number}"
        text = _HEAD.format(what=what, name=name, before=before, steps=steps)
        (folder / "versions" / f"{name}_{what}.py").write_text(text)
        before = name
    return folder


@pytest.fixture
def migrated() -> Iterator[OwnServer]:
    with own_server() as server:
        migrating.migrate(parse_url(server.url))
        yield server


def test_the_three_steps_are_what_the_rule_asks(next_version: Path) -> None:
    """None of them is refused by the check of migrations."""
    assert find_long_locks(next_version / "versions", "20991231") == []


def test_requests_go_on_behind_a_migration_that_waits(
    migrated: OwnServer, next_version: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody keeps a table in use; the migration steps aside again and again, others go on.

    Without lock_timeout every request would wait behind it, and this test for ever. The code that
    serves knows nothing of the new column, before, during and after.
    """
    failures: list[BaseException] = []
    settings = Settings(database_url=None)
    with open_database(settings, url=migrated.url) as database:
        prepare_reference(database)
        with TestClient(create_app(database), raise_server_exceptions=False) as client:
            thread = Thread(target=_migrate, args=(migrated, failures))
            monkeypatch.setattr(migrating, "SCRIPTS", next_version)
            with migrated.connect() as holder:
                holder.execute("BEGIN")
                holder.execute("SELECT count(*) FROM crisis_report")
                thread.start()
                _wait_until_it_waits(migrated)
                during = [report(client, number) for number in range(10)]
                holder.execute("COMMIT")
            thread.join(120)
            after = report(client, 99)
    assert failures == []
    assert not thread.is_alive()
    assert during == [201] * 10
    assert after == 201
    with migrated.connect() as connection:
        shifts = connection.execute("SELECT shift, count(*) FROM crisis_report GROUP BY 1")
        found = {str(shift): int(str(times)) for shift, times in shifts.fetchall()}
    assert sum(found.values()) == 11
    assert found["dag"] >= 1
    monkeypatch.undo()
    # A process of the version from before begins again beside the new one.
    with open_database(settings, url=migrated.url):
        pass


def _migrate(server: OwnServer, failures: list[BaseException]) -> None:
    try:
        migrating.migrate(parse_url(server.url))
    except BaseException as error:  # noqa: BLE001  (told by the test itself)
        failures.append(error)


def _wait_until_it_waits(server: OwnServer) -> None:
    with server.connect() as connection:
        while True:
            row = connection.execute(
                "SELECT count(*) FROM pg_locks WHERE NOT granted "
                "AND relation = 'crisis_report'::regclass"
            ).fetchone()
            if row is not None and row[0]:
                return
            Event().wait(0.02)
