"""The worker puts the crisis list where it can be printed, every evening, for its owner alone."""

import stat
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import URL
from sqlalchemy.orm import Session

from app.crisis.nightly import write_by_night
from app.db.opened import Database
from app.kernel.words import CareForm
from app.settings import Settings
from tests.databases import copied, of_worker
from tests.rows import make_family

EVENING = datetime(2026, 11, 29, 16, 30, tzinfo=UTC)  # half past five in Amsterdam


@pytest.fixture(scope="module")
def worker(settings: Settings, reference: URL) -> Iterator[Database]:
    """One family with a crisis bed, seen with the rights of the worker."""

    def fill(session: Session) -> None:
        make_family(session, reference="SPI-1", name="Jansen", forms=(CareForm.CRISIS,))

    with copied(settings, reference, fill) as database, of_worker(database) as own:
        yield own


def test_it_is_written_once_an_evening_for_its_owner(worker: Database, tmp_path: Path) -> None:
    """With the beds and the numbers, whole, and readable by nobody else."""
    out = write_by_night(worker.sessions, tmp_path, EVENING)
    assert out == tmp_path / "crisislijst-2026-11-29.html"
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    page = out.read_text("utf-8")
    assert "Jansen (SPI-1)" in page
    assert page.endswith("</html>\n")
    assert write_by_night(worker.sessions, tmp_path, EVENING) is None
    assert [path.name for path in tmp_path.iterdir()] == [out.name]


def test_not_before_the_evening(worker: Database, tmp_path: Path) -> None:
    """Five o'clock in Amsterdam, in winter four in UTC."""
    before = EVENING.replace(hour=15, minute=59)
    assert write_by_night(worker.sessions, tmp_path, before) is None
    assert write_by_night(worker.sessions, tmp_path, before + timedelta(minutes=1)) is not None


def test_older_ones_go(worker: Database, tmp_path: Path) -> None:
    """They hold names and numbers; what is not a list stays."""
    (tmp_path / "anders.html").touch()
    for day in range(3):
        write_by_night(worker.sessions, tmp_path, EVENING + timedelta(days=day))
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == ["anders.html", "crisislijst-2026-11-30.html", "crisislijst-2026-12-01.html"]


def test_where_nothing_can_be_written_the_worker_goes_on(
    worker: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """And tells it in the log, without a name."""
    assert write_by_night(worker.sessions, tmp_path / "weg", EVENING) is None
    told = capsys.readouterr()
    assert "crisis_list_failed" in told.out + told.err
