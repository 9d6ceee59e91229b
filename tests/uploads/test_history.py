"""Placements of before: uploaded, worked off by a worker, by number, without anybody in them."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from app.db.opened import Database
from app.db.session import session_for
from app.imports.report import source_of
from app.kernel.actor import SYSTEM, ActorRole
from app.kernel.clock import today_in_amsterdam
from app.learning.columns import read_placement
from app.learning.history import read_history
from app.models import PastPlacementRow
from app.placements.history import import_history
from tests.conftest import REGION
from tests.databases import empty
from tests.signing import bearer

Work = Callable[[], None]
FILE = REGION / "plaatsingen-historie.csv"
LINES = FILE.read_text("utf-8").splitlines()[:701]
ADMINISTRATOR = bearer(ActorRole.ADMINISTRATOR)


@pytest.fixture(autouse=True)
def _emptied(own_database: Database) -> Iterator[None]:
    yield
    empty(own_database.url, "past_placement")


def upload(client: TestClient, lines: list[str], **headers: str) -> Any:
    return client.post(
        "/v1/plaatsingshistorie", content="\n".join(lines).encode(),
        headers={"Content-Type": "text/csv", **headers},
    )  # fmt: skip


def follow(client: TestClient, answer: Any) -> dict[str, Any]:
    assert answer.status_code == 202, answer.text
    found: dict[str, Any] = client.get(answer.headers["Location"], headers=ADMINISTRATOR).json()
    return found


def stored(database: Database) -> list[PastPlacementRow]:
    with session_for(database.sessions, SYSTEM) as session:
        return list(session.scalars(select(PastPlacementRow).order_by(PastPlacementRow.number)))


def test_a_file_is_worked_off_and_reads_back_as_it_was(
    client: TestClient, own_database: Database, work: Work, tmp_path: Path
) -> None:
    """In two pieces; every row read back says what the learning reader read from the file."""
    answer = upload(client, LINES, **ADMINISTRATOR)
    work()
    report = follow(client, answer)
    assert (report["stand"], report["aantallen"]["nieuw"]) == ("verwerkt", 700)
    path = tmp_path / "plaatsingen-historie.csv"
    path.write_text("\n".join(LINES), "utf-8")
    wanted = {p.course.number: p for p in read_history(path).placements}
    rows = stored(own_database)
    assert len(rows) == len(wanted) == 700
    for row in rows:
        course = {
            "plaatsing_id": row.number, "start": row.began_on.isoformat(),
            "einde": row.ended_on.isoformat() if row.ended_on else "", "reden_einde": row.ending,
        }  # fmt: skip
        told = read_placement(row.facts | course, latest=today_in_amsterdam())
        assert told == wanted[row.number]
        assert row.form == told.course.care_form and row.kind == told.family.kind


def test_the_same_file_changes_nothing_and_another_row_replaces(
    client: TestClient, own_database: Database, work: Work
) -> None:
    """By number; what a file does not name stays as it was."""
    upload(client, LINES[:11])
    work()
    again = upload(client, LINES[:11])
    work()
    assert follow(client, again)["stand"] == "ongewijzigd"
    other = [LINES[0], LINES[1].replace(",bestand,", ",netwerk,", 1)]
    changed = upload(client, other)
    work()
    counts = follow(client, changed)["aantallen"]
    assert (counts["nieuw"], counts["gewijzigd"]) == (0, 1)
    rows = stored(own_database)
    assert len(rows) == 10 and rows[0].kind.value == "netwerk"


def test_a_wrong_row_is_refused_as_the_reader_says(
    client: TestClient, own_database: Database, work: Work
) -> None:
    """With its line and field; the others are kept."""
    wrong = LINES[2].replace(",hulpverlening,", ",kasteel,").replace(",opvoeding,", ",kasteel,")
    answer = upload(client, [*LINES[:2], wrong.replace(",crisis,", ",kasteel,"), *LINES[3:6]])
    work()
    report = follow(client, answer)
    assert [(row["rij"], row["veld"]) for row in report["geweigerd"]] == [(3, "vorm")]
    assert len(stored(own_database)) == 4


def test_a_file_that_is_no_history_is_refused_whole(
    client: TestClient, own_database: Database, work: Work
) -> None:
    """With one sentence in the report; a kind of content that is not read is refused at once."""
    answer = upload(client, ["a,b", "1,2"])
    work()
    report = follow(client, answer)
    assert report["stand"] == "geweigerd" and "mist in regel 1" in report["reden"]
    assert stored(own_database) == []
    assert upload(client, LINES[:2], **{"Content-Type": "application/json"}).status_code == 415


def test_it_is_for_a_coordinator_or_an_administrator(client: TestClient) -> None:
    """And by the door of families and registrations it does not come in."""
    matcher = bearer(ActorRole.MATCHER, organisation="spirit")
    assert upload(client, LINES[:2], **matcher).status_code == 403
    assert upload(client, LINES[:2], **bearer(ActorRole.COORDINATOR)).status_code == 202
    other = client.post(
        "/v1/imports", params={"soort": "plaatsingshistorie"}, content=b"x",
        headers={"Content-Type": "text/csv"},
    )  # fmt: skip
    assert other.status_code == 400 and "/v1/plaatsingshistorie" in other.json()["detail"]


def test_an_administrator_follows_only_what_is_history(client: TestClient, work: Work) -> None:
    """An import of registrations is not there for it."""
    other = client.post(
        "/v1/imports", params={"soort": "aanmeldingen"}, content=b"{}",
        headers={"Content-Type": "application/octet-stream"},
    )  # fmt: skip
    assert other.status_code == 202
    at = other.headers["Location"]
    assert client.get(at, headers=ADMINISTRATOR).status_code == 404
    work()


def test_in_one_go_it_comes_to_the_same(own_database: Database) -> None:
    """As the command line does it: twice, and the second time nothing changes."""
    with session_for(own_database.sessions, SYSTEM) as session:
        first = import_history(session, actor=SYSTEM, path=FILE, source=source_of(FILE))
    with session_for(own_database.sessions, SYSTEM) as session:
        second = import_history(session, actor=SYSTEM, path=FILE, source=source_of(FILE))
    assert first.added == len(stored(own_database)) == first.read
    assert (second.added, second.changed, second.unchanged) == (0, 0, first.read)
