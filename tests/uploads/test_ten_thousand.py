"""Ten thousand families in one call over HTTP: stored, worked off, killed halfway, gone on with."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from app.db.opened import Database
from app.db.session import session_for
from app.families.told_stream import MOST_FAMILIES
from app.imports.importer import CHUNK_RECORDS
from app.kernel.actor import SYSTEM, ActorRole
from app.models import Family, FamilyForm, Housemate, Place
from app.settings import Settings
from tests.families.telling import TOLD
from tests.test_workers import QUICK, Worker, wait_for
from tools.live import Service, run_service

pytestmark = pytest.mark.soak  # real processes, killed: make soak, and CI
PLACES, PEOPLE = 2, 3  # of each family that TOLD tells of
# By their place in the list, from one: what is wrong with them, and in which field that is told.
WRONG: dict[int, tuple[dict[str, Any], str]] = {
    1: ({"leeftijdTotEnMet": "geheim"}, "leeftijdTotEnMet"),
    4_321: ({"postcode": "geheim"}, "postcode"),
    CHUNK_RECORDS * 10: ({"plaatsenVrij": 9}, "plaatsenVrij"),
    MOST_FAMILIES: ({"onbekend": "geheim"}, "onbekend"),
}
GOOD = MOST_FAMILIES - len(WRONG)


@pytest.fixture
def service(settings: Settings) -> Iterator[Service]:
    """The API in a process of its own, without a worker."""
    with run_service(settings) as opened:
        yield opened


@pytest.fixture
def start(service: Service, tmp_path: Path) -> Iterator[Callable[[], Worker]]:
    """Return a function that starts a worker; whatever still runs is killed at the end."""
    started: list[Worker] = []

    def begin() -> Worker:
        log = tmp_path / f"{len(started)}.log"
        started.append(Worker(service.database, log, "worker", *QUICK))
        return started[-1]

    yield begin
    for worker in started:
        worker.end()


def ten_thousand() -> list[dict[str, Any]]:
    wrong = {place: told for place, (told, _) in WRONG.items()}
    return [TOLD | {"nummer": f"SPI-{n}"} | wrong.get(n, {}) for n in range(1, MOST_FAMILIES + 1)]


def counted(database: Database, *tables: type[Any]) -> list[int]:
    with session_for(database.sessions, SYSTEM) as session:
        return [session.scalar(select(func.count()).select_from(table)) or 0 for table in tables]


def told_of(session: Session) -> Counter[int]:
    """Return how many families were told of how often in the feed."""
    rows = session.execute(text("SELECT kind, data, count(*) FROM event GROUP BY kind, data"))
    return Counter(count for _, _, count in rows)


def findings(client: httpx2.Client, report: str) -> Iterator[dict[str, Any]]:
    """Give what was found of each record, page by page."""
    path: str | None = f"{report}/bevindingen"
    while path:
        page = client.get(path)
        yield from page.json()["bevindingen"]
        path = page.links["next"]["url"] if "next" in page.links else None


@pytest.mark.timeout(900)
def test_ten_thousand_in_one_call(service: Service, start: Callable[[], Worker]) -> None:
    """Each record has its own outcome; nothing is lost with a worker, nothing is done twice."""
    token = service.token(ActorRole.PROVIDER_SYSTEM, organisation="spirit")
    head = {"Authorization": f"Bearer {token}", "Idempotency-Key": "alles"}
    with httpx2.Client(base_url=service.address, headers=head, timeout=60) as client:
        answer = client.post("/v1/pleeggezinnen/_bulk?aanbieder=spirit", json=ten_thousand())
        assert answer.status_code == 202, answer.text
        where = answer.headers["Location"]

        def follow() -> dict[str, Any]:
            found: dict[str, Any] = client.get(where).json()
            return found

        assert counted(service.database, Family) == [0]  # stored, and nobody works yet
        busy = start()
        wait_for(lambda: follow()["voortgang"]["verwerkt"] >= 3 * CHUNK_RECORDS, 120)
        busy.end()  # with -9
        (halfway,) = counted(service.database, Family)
        assert 0 < halfway < GOOD
        assert follow()["stand"] != "verwerkt"
        second = start()
        wait_for(lambda: follow()["stand"] == "verwerkt", 600)
        assert second.events("job_rescued"), "the job of the killed worker was not taken over"
        _check_report(client, where, follow())
    _check_end(service.database)


def _check_report(client: httpx2.Client, where: str, report: dict[str, Any]) -> None:
    counts = report["aantallen"]
    assert (counts["nieuw"], counts["geweigerd"], counts["gewijzigd"]) == (GOOD, len(WRONG), 0)
    assert report["voortgang"]["verwerkt"] == report["voortgang"]["totaal"]
    told = list(findings(client, where))
    refused = {
        one["rij"]: (one["nummer"], one["veld"]) for one in told if one["soort"] == "geweigerd"
    }
    assert refused == {place: (f"SPI-{place}", field) for place, (_, field) in WRONG.items()}
    assert "geheim" not in json.dumps(told)


def _check_end(database: Database) -> None:
    """Every family whole and once, also those in hand when the worker was killed."""
    assert counted(database, Family, FamilyForm, Place, Housemate) == [
        GOOD, GOOD, GOOD * PLACES, GOOD * PEOPLE,
    ]  # fmt: skip
    with session_for(database.sessions, SYSTEM) as session:
        numbers = set(session.scalars(select(Family.reference)))
        assert numbers == {f"SPI-{n}" for n in range(1, MOST_FAMILIES + 1) if n not in WRONG}
        states = session.execute(text("SELECT status, count(*) FROM procrastinate_jobs GROUP BY 1"))
        assert {status for status, _ in states} <= {"succeeded"}
        assert set(told_of(session)) == {1}
        assert told_of(session)[1] >= GOOD
