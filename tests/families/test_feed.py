"""What changed since a cursor: by whomever, each once as it now stands, and none is lost."""

from collections.abc import Iterator
from datetime import UTC, datetime
from time import monotonic, sleep
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import URL, Engine, create_engine, select
from sqlalchemy.orm import Session

from app.db.era import begin_era
from app.db.opened import Database
from app.db.roles import APPLICATION
from app.db.session import act_as, make_engine, session_for
from app.http.paging import decode_cursor, encode_cursor
from app.kernel.actor import SYSTEM, ActorRole
from app.main import create_app
from app.models import Family, Occupation, Place
from app.settings import Settings
from tests.databases import copied, empty
from tests.rows import make_family
from tests.signing import bearer

SPIRIT = bearer(ActorRole.PROVIDER_SYSTEM, organisation="spirit")


@pytest.fixture(scope="module")
def module_database(settings: Settings, reference: URL) -> Iterator[Database]:
    """A database of its own: transactions must really commit, each in its own time."""
    with copied(settings, reference) as opened:
        yield opened


@pytest.fixture
def own_database(module_database: Database) -> Iterator[Database]:
    yield module_database
    empty(module_database.url, "family")


@pytest.fixture
def engine_(own_database: Database) -> Iterator[Engine]:
    made = make_engine(own_database.url, role=APPLICATION)
    yield made
    made.dispose()


@pytest.fixture
def client(own_database: Database) -> Iterator[TestClient]:
    with TestClient(create_app(own_database), headers=SPIRIT) as opened:
        yield opened


class Reader:
    """A provider's system that keeps its cursor."""

    def __init__(self, client: TestClient, **query: str) -> None:
        self._client, self._query, self.cursor = client, query, ""

    def page(self) -> dict[str, Any]:
        cursor = {"cursor": self.cursor} if self.cursor else {}
        answer = self._client.get("/v1/pleeggezinnen/_gewijzigd", params=self._query | cursor)
        assert answer.status_code == 200, answer.text
        page: dict[str, Any] = answer.json()
        self.cursor = page["cursor"]
        return page

    def wait_for(self, count: int) -> list[dict[str, Any]]:
        """Return so many changes, read on until they are there, and no more than that.

        The horizon is that of the whole server: other tests on it may hold it back for a while.
        """
        end, found = monotonic() + 90, self.page()["wijzigingen"]
        while len(found) < count and monotonic() < end:
            sleep(0.1)
            found += self.page()["wijzigingen"]
        assert len(found) == count
        return found

    def numbers(self, count: int) -> list[str]:
        return [change["nummer"] for change in self.wait_for(count)]


def add(database: Database, *numbers: str, provider: str = "spirit") -> None:
    for number in numbers:
        with session_for(database.sessions, SYSTEM) as session:
            make_family(session, reference=number, provider=provider)


def test_first_all_then_what_changed(own_database: Database, client: TestClient) -> None:
    """Without a cursor every family; then nothing, until something changes."""
    add(own_database, "SPI-1", "SPI-2")
    add(own_database, "YOU-1", provider="youke")
    reader = Reader(client)
    assert reader.numbers(2) == ["SPI-1", "SPI-2"]
    assert reader.numbers(0) == []
    client.post("/v1/pleeggezinnen/spirit/SPI-1/_bevestig")
    (change,) = reader.wait_for(1)
    assert (change["soort"], change["nummer"], change["etag"]) == ("gewijzigd", "SPI-1", '"2"')
    assert change["pleeggezin"]["nummer"] == "SPI-1"


def test_page_by_page(own_database: Database, client: TestClient) -> None:
    """Each once, and it says whether there is more."""
    add(own_database, *(f"SPI-{n}" for n in range(5)))
    Reader(client).wait_for(5)
    reader = Reader(client, aantal="2")
    pages = [reader.page() for _ in range(3)]
    numbers = [change["nummer"] for page in pages for change in page["wijzigingen"]]
    assert numbers == [f"SPI-{n}" for n in range(5)]
    assert [page["meer"] for page in pages] == [True, True, False]


def test_a_slower_transaction_is_not_lost(
    own_database: Database, engine_: Engine, client: TestClient
) -> None:
    """Two real transactions: the first to write is the last to commit, and both are told of.

    By moment or by id the reader would have gone past it when it looked in between.
    """
    reader = Reader(client)
    with Session(engine_) as slow, slow.begin():
        act_as(slow, SYSTEM)
        make_family(slow, reference="SPI-SLOW")
        add(own_database, "SPI-FAST")
        # What may still be overtaken is not shown yet.
        assert reader.numbers(0) == []
    assert reader.numbers(2) == ["SPI-SLOW", "SPI-FAST"]
    assert reader.numbers(0) == []


def test_a_slower_change_of_a_known_family(
    own_database: Database, engine_: Engine, client: TestClient
) -> None:
    """The same for an update: as it was is known already, as it is comes when it is committed."""
    add(own_database, "SPI-1")
    reader = Reader(client)
    reader.wait_for(1)
    with Session(engine_) as slow, slow.begin():
        act_as(slow, SYSTEM)
        slow.scalars(select(Family)).one().needs_confirmation = True
        slow.flush()
        add(own_database, "SPI-2")
        assert reader.numbers(0) == []
    changes = reader.wait_for(2)
    asked = [(one["nummer"], one["pleeggezin"]["navragen"]) for one in changes]
    assert asked == [("SPI-1", True), ("SPI-2", False)]


def test_a_change_that_is_taken_back_is_no_change(
    own_database: Database, engine_: Engine, client: TestClient
) -> None:
    """Rolled back, it never was; and it holds up nothing afterwards."""
    add(own_database, "SPI-1")
    reader = Reader(client)
    reader.wait_for(1)
    with Session(engine_) as slow:
        act_as(slow, SYSTEM)
        make_family(slow, reference="SPI-NEVER")
        slow.rollback()
    add(own_database, "SPI-2")
    assert reader.numbers(1) == ["SPI-2"]


def test_an_occupied_bed_is_a_change_of_the_family(
    own_database: Database, client: TestClient
) -> None:
    """By whomever: also where only the bed was written."""
    add(own_database, "SPI-1")
    reader = Reader(client)
    reader.wait_for(1)
    with session_for(own_database.sessions, SYSTEM) as session:
        place = session.scalars(select(Place)).one()
        session.add(Occupation(place_id=place.id, since=datetime.now(UTC)))
    (change,) = reader.wait_for(1)
    assert (change["nummer"], change["pleeggezin"]["plaatsenVrij"]) == ("SPI-1", 0)


def test_who_has_gone_is_told_to_who_had_it(own_database: Database, client: TestClient) -> None:
    """Spirit hears that it went, and to whom; Youké gets the family itself."""
    add(own_database, "SPI-1")
    spirit = Reader(client)
    spirit.wait_for(1)
    body = {"aanbieder": "youke", "nummer": "YOU-1", "per": "2026-11-01", "reden": "Verhuisd"}
    coordinator = bearer(ActorRole.COORDINATOR)
    path = "/v1/pleeggezinnen/spirit/SPI-1/_overdragen"
    assert client.post(path, json=body, headers=coordinator).status_code == 200
    (gone,) = spirit.wait_for(1)
    assert (gone["soort"], gone["nummer"], gone["naarAanbieder"], gone["pleeggezin"]) == (
        "overgedragen", "SPI-1", "youke", None,
    )  # fmt: skip
    client.headers.update(bearer(ActorRole.PROVIDER_SYSTEM, organisation="youke"))
    assert Reader(client).numbers(1) == ["YOU-1"]


def test_another_provider_is_not_followed(client: TestClient) -> None:
    """404, as if it were not there; staff may follow any."""
    path = "/v1/pleeggezinnen/_gewijzigd?aanbieder=youke"
    assert client.get(path).status_code == 404
    assert client.get(path, headers=bearer(ActorRole.COORDINATOR)).status_code == 200


@pytest.mark.parametrize("cursor", ["x", "MS94", "MTIzNDU2Nzg5MDEyMzQ1Njc4OTAvMA"])
def test_a_cursor_that_we_never_gave(client: TestClient, cursor: str) -> None:
    """400 that says to begin again."""
    answer = client.get(f"/v1/pleeggezinnen/_gewijzigd?cursor={cursor}")
    assert (answer.status_code, answer.json()["velden"]) == (400, ["cursor"])


def test_after_going_back_in_time_all_come_once_more(
    own_database: Database, client: TestClient
) -> None:
    """A copy that is put back gives out ids of transactions that readers have had already."""
    add(own_database, "SPI-1", "SPI-2")
    reader = Reader(client)
    reader.wait_for(2)
    before = Reader(client)
    _, of_then, last = str(decode_cursor(reader.cursor)).split("/")
    before.cursor = encode_cursor(f"{of_then}/{last}")  # as cursors were before they named an era
    engine = create_engine(own_database.url)
    with engine.begin() as connection:
        assert before.numbers(0) == []
        begin_era(connection)
    engine.dispose()
    for one in (reader, before):
        assert one.numbers(2) == ["SPI-1", "SPI-2"]
        assert one.numbers(0) == []
