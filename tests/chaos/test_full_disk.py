"""A disk that is full: writes are refused in words, nothing is lost, and it goes on with space."""

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app.cli.prepare import prepare_reference
from app.db.migrate import migrate
from app.db.opened import open_database, parse_url
from app.kernel.actor import ActorRole
from app.main import create_app
from app.settings import Settings
from tests.chaos.caller import as_
from tests.chaos.opened import CALL_BACKS, call_backs
from tests.chaos.postgres import OwnServer, own_folder

pytestmark = [pytest.mark.soak, pytest.mark.timeout(600)]
_SMALL_WAL = ("max_wal_size=32MB", "min_wal_size=32MB", "wal_recycle=off")


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Path]:
    """A file system of so many megabytes; skips where this user may not make one."""
    place = folder / "klein"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=755", "klein", str(place)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("no file system may be mounted here: what a full disk does is not tested")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


def fill(disk: Path, *, leave: int) -> Path:
    """Fill a disk up to so many bytes."""
    ballast = disk / "ballast"
    free = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize
    with ballast.open("wb") as file:
        file.write(b"\0" * max(0, free - leave))
    return ballast


def report(client: TestClient, number: int) -> int:
    told = {
        "leeftijd": 9, "geslacht": "meisje", "veiligheid": [], "broersZussen": [],
        "postcodeNu": "1012AB", "terugbelnummer": f"06-{number:08d}",
    }  # fmt: skip
    headers = as_(ActorRole.CRISIS) | {"Idempotency-Key": f"vol-{number}"}
    answer = client.post("/v1/crisismeldingen", json=told, headers=headers)
    if answer.status_code != 201:
        assert answer.headers["content-type"] == "application/problem+json", answer.text
    return answer.status_code


def test_a_full_disk_of_the_database(tmp_path: Path) -> None:
    """Refused with 503 or 507 while it is full; all that was acknowledged is there afterwards."""
    with own_folder() as folder, small_disk(folder, 300) as disk:
        server = OwnServer(disk, options=_SMALL_WAL)
        server.start()
        try:
            server.create()
            migrate(parse_url(server.url))
            statuses = _write_until_full(server, disk)
        finally:
            server.stop()
    acknowledged = [number for number, status in statuses.items() if status == 201]
    refused = {status for status in statuses.values() if status != 201}
    assert acknowledged
    assert refused
    assert refused <= {503, 507}


def _write_until_full(server: OwnServer, disk: Path) -> dict[int, int]:
    settings = Settings(database_url=None)
    with open_database(settings, url=server.url) as database:
        prepare_reference(database)
        with TestClient(create_app(database), raise_server_exceptions=False) as client:
            statuses = {number: report(client, number) for number in range(5)}
            ballast = fill(disk, leave=200_000)
            number = 5
            while number < 3000 and list(statuses.values())[-5:].count(201):
                statuses[number] = report(client, number)
                number += 1
            ballast.unlink()
            server.start()  # it may have stopped: it writes its journal or nothing
            refused = [key for key, status in statuses.items() if status != 201]
            assert {report(client, key) for key in refused} == {201}
            with server.connect() as connection:
                rows = connection.execute(CALL_BACKS).fetchall()
            assert sorted(number for _, number in call_backs(rows)) == [
                f"06-{n:08d}" for n in sorted(statuses)
            ]
    return statuses


def test_a_full_disk_for_uploads(
    tmp_path: Path, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that does not fit where it comes in is refused in words; nothing of it stays."""
    with own_folder() as folder, small_disk(folder, 4) as disk:
        monkeypatch.setattr(tempfile, "tempdir", str(disk))
        who = as_(ActorRole.PROVIDER_SYSTEM, "spirit")
        at = "/v1/imports?soort=pleeggezinnen&aanbieder=spirit&bestandsnaam=groot.csv"
        content = {"Content-Type": "text/csv"}
        answer = client.post(at, content=b"x" * 8_000_000, headers=who | content)
        assert answer.status_code == 507
        assert answer.headers["content-type"] == "application/problem+json"
        assert list(disk.iterdir()) == []
        told = client.post(at, content=b"nummer;naam\n", headers=who | content)
        assert told.status_code == 202


@pytest.fixture
def client(database: object) -> Iterator[TestClient]:
    with TestClient(create_app(database), raise_server_exceptions=False) as opened:  # type: ignore[arg-type]
        yield opened
