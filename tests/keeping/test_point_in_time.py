"""Going back to a point in time by PostgreSQL's own means, as docs/operations.md says."""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import make_url

from app.cli.prepare import prepare_reference
from app.db.migrate import migrate
from app.db.opened import open_database
from app.keeping.readers import went_back
from app.kernel.actor import ActorRole
from app.main import create_app
from app.settings import Settings
from tests.chaos.postgres import OwnServer, own_folder
from tests.families.telling import TOLD
from tests.signing import bearer

SPIRIT = bearer(ActorRole.PROVIDER_SYSTEM, organisation="spirit")
_PATIENCE = 60.0

pytestmark = pytest.mark.soak


class Archiving:
    """A server that copies its log away, and a copy of its data to begin from."""

    def __init__(self, folder: Path) -> None:
        self.kept, self.base = folder / "wal", folder / "basis"
        self.kept.mkdir()
        self.kept.chmod(0o777)
        archive = f"archive_command=cp %p {self.kept}/%f"
        self.server = OwnServer(folder, options=("wal_level=replica", "archive_mode=on", archive))
        self.server.start()
        self.server.create()

    def ask(self, statement: str) -> Any:
        """Return the one value of a statement of the owner."""
        with self.server.connect() as connection:
            row = connection.execute(statement).fetchone()
        return row[0] if row else None

    def copy(self) -> None:
        """Make the weekly copy, as pg_basebackup does (the one of the tests' server is too old)."""
        with self.server.connect() as connection:
            connection.execute("SELECT pg_backup_start('basis', true)")
            shutil.copytree(self.server.data, self.base, ignore=_left_out)
            row = connection.execute("SELECT labelfile FROM pg_backup_stop()").fetchone()
        assert row is not None
        (self.base / "backup_label").write_text(str(row[0]))

    def go_back(self, instant: str) -> None:
        """Stop, and begin again from the copy with the log of until an instant."""
        last = self.ask("SELECT pg_walfile_name(pg_switch_wal())")
        _wait((self.kept / last).exists)
        self.server.stop()
        data, owner = self.server.data, self.server.data.owner()
        shutil.rmtree(data)
        shutil.move(self.base, data)
        (data / "recovery.signal").touch()
        with (data / "postgresql.auto.conf").open("a") as conf:
            conf.write(f"restore_command = 'cp {self.kept}/%f %p'\n")
            conf.write(f"recovery_target_time = '{instant}'\n")
            conf.write("recovery_target_action = 'promote'\n")
        subprocess.run(["chown", "-R", owner, data], check=True)
        self.server.start()
        _wait(lambda: self.ask("SELECT NOT pg_is_in_recovery()"))


class Reader:
    """A provider's system that tells of families, and follows them and the events."""

    def __init__(self, client: TestClient) -> None:
        self.client, self.cursor, self.next = client, "", "/v1/gebeurtenissen"

    def tell(self, number: str, *, years: int = 1) -> None:
        """Tell of a family."""
        body = TOLD | {"ervaringJaren": float(years)}
        url = f"/v1/pleeggezinnen/spirit/{number}"
        version = self.client.get(url).headers.get("ETag")
        match = {"If-Match": version} if version else {}
        answer = self.client.put(url, json=body, headers=match)
        assert answer.status_code in {200, 201}, answer.text

    def families(self) -> list[str]:
        """Return the numbers of what changed since the last look."""
        given = {"cursor": self.cursor} if self.cursor else {}
        page = self.client.get("/v1/pleeggezinnen/_gewijzigd", params=given).json()
        self.cursor = page["cursor"]
        return [change["nummer"] for change in page["wijzigingen"]]

    def events(self) -> int:
        """Return how many events came since the last look."""
        answer = self.client.get(self.next)
        self.next = answer.links["next"]["url"]
        return len(answer.json())


def _left_out(folder: str, names: list[str]) -> list[str]:
    """Return what is no part of a copy: the log, which comes from elsewhere, and who runs."""
    is_log = Path(folder).name == "pg_wal"
    return [name for name in names if is_log or name.startswith("postmaster.")]


def _wait(is_so: Callable[[], Any]) -> None:
    end = monotonic() + _PATIENCE
    while not is_so():
        assert monotonic() < end
        sleep(0.1)


@pytest.fixture
def archiving() -> Iterator[Archiving]:
    with own_folder() as folder:
        made = Archiving(folder)
        try:
            yield made
        finally:
            made.server.stop()


def test_back_to_just_before_the_mistake(archiving: Archiving, settings: Settings) -> None:
    """All of before it is there, nothing of after; and no reader misses what comes next."""
    url = archiving.server.url
    migrate(url)
    own = settings.model_copy(update={"database_url": url})
    with open_database(own) as database:
        prepare_reference(database)
        with TestClient(create_app(database), headers=SPIRIT) as client:
            follow(archiving, Reader(client))


def follow(archiving: Archiving, reader: Reader) -> None:
    """Tell, make the mistake, go back, and read on."""
    reader.tell("SPI-1")
    archiving.copy()
    reader.tell("SPI-2")
    instant = str(archiving.ask("SELECT clock_timestamp()"))
    for years in range(20):
        reader.tell("SPI-3", years=years)
    assert reader.families() == ["SPI-1", "SPI-2", "SPI-3"]
    assert reader.events() > 2
    with archiving.server.connect() as owner:
        owner.execute("TRUNCATE family CASCADE")

    archiving.go_back(instant)
    reader.tell("SPI-4")
    assert (reader.families(), reader.events()) == ([], 0), "ids of before are given out again"
    left = went_back(make_url(archiving.server.url))
    assert left.parked == 0
    reader.tell("SPI-5")
    assert reader.families() == ["SPI-1", "SPI-2", "SPI-4", "SPI-5"]
    assert reader.events() >= 1
    assert archiving.ask("SELECT count(*) FROM family WHERE reference = 'SPI-3'") == 0
