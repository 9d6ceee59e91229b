"""What a provider had not read before it merged is read by the one it is part of now."""

import json
from collections.abc import Iterator
from datetime import date
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import URL, select

from app.db.opened import Database
from app.db.session import session_for
from app.events.catalogue import Occurrence
from app.events.emit import emit
from app.kernel.actor import SYSTEM, Actor, ActorRole
from app.kernel.ids import new_id
from app.models import Event
from app.notify import tasks
from app.notify.feed_routes import router as feed
from app.reference.merge import Merger, merge_providers
from app.reference.providers import add_provider
from app.reference.routes import router as reference
from app.settings import Settings
from tests.databases import copied, empty, work_off
from tests.doors import open_door, signed_in
from tests.notify.receiver import Receiver
from tests.notify.subscribing import send, stored, subscribe_to, sweep_once
from tests.notify.telling import provider_id, tell_family, wait_until_settled

pytestmark = pytest.mark.timeout(300)  # waits for others' transactions

FEED = "/v1/gebeurtenissen"
ADMIN, SPIRIT = signed_in("beheerder"), signed_in("aanbieder-systeem", "spirit")
LEVVEL, YOUKE = (signed_in("aanbieder-systeem", code) for code in ("levvel", "youke"))
JOINED = "aanbieder.opgegaan"
MERGER = {"in": "levvel", "per": "2026-01-01", "vgb": "vervalt", "systeem": "blijft"}


@pytest.fixture
def told(settings: Settings, reference: URL) -> Iterator[Database]:
    """A database of its own for each test: a merger is for good."""
    with copied(settings, reference) as opened:
        with session_for(opened.sessions, SYSTEM) as session:
            add_provider(session, actor=SYSTEM, code="levvel", name="Levvel")
        yield opened


@pytest.fixture
def client(told: Database) -> Iterator[TestClient]:
    with told.sessions.kw["bind"].connect() as connection:
        yield open_door(connection.engine, feed, reference)  # type: ignore[arg-type]


def merge(told: Database, source: str, into: str) -> UUID:
    """Let a provider merge; return the id that it had."""
    was = provider_id(told, source)
    with session_for(told.sessions, SYSTEM) as session:
        wish = {"clearance_lapses": False, "system_stops": False}
        merger = Merger(source=source, into=into, on_day=date(2026, 1, 1), **wish)
        merge_providers(session, actor=SYSTEM, merger=merger)
    wait_until_settled(told)
    return was


def tell(told: Database, number: str, code: str = "spirit") -> None:
    tell_family(told, number, code)
    wait_until_settled(told)


def read(client: TestClient, address: str, who: dict[str, str]) -> tuple[list[str], str]:
    """Return the numbers that somebody reads, and where it goes on."""
    answer = client.get(address, headers=who)
    assert answer.status_code == 200, answer.text
    told = [event["data"].get("gezin") or JOINED for event in answer.json()]
    return told, answer.links["next"]["url"]


def test_the_cursor_of_before_loses_nothing_and_repeats_nothing(
    client: TestClient, told: Database
) -> None:
    """On from what Spirit had read, under the token of Levvel, and then what is told to Levvel."""
    tell(told, "SPI-1")
    had, on = read(client, FEED, SPIRIT)
    tell(told, "SPI-2")
    tell(told, "YOU-1", "youke")
    merge(told, "spirit", "levvel")
    tell(told, "LEV-1", "levvel")
    later, after = read(client, on, LEVVEL)
    assert (had, later) == (["SPI-1"], ["SPI-2", JOINED, "LEV-1"])
    assert read(client, after, LEVVEL)[0] == []
    assert read(client, FEED, LEVVEL)[0] == ["SPI-1", "SPI-2", JOINED, "LEV-1"]
    assert read(client, FEED, YOUKE)[0] == ["YOU-1"]


def test_a_second_merger_takes_the_first_along(client: TestClient, told: Database) -> None:
    """And only downwards: nothing of Youke is read by who has not merged into it."""
    tell(told, "SPI-1")
    merge(told, "spirit", "levvel")
    tell(told, "YOU-1", "youke")
    assert read(client, FEED, LEVVEL)[0] == ["SPI-1", JOINED]
    merge(told, "levvel", "youke")
    assert read(client, FEED, YOUKE)[0] == ["SPI-1", JOINED, "YOU-1", JOINED]


def test_who_was_further_is_told_where_the_rest_stands(client: TestClient, told: Database) -> None:
    """Levvel had read past what Spirit had not: on with its own cursor it hears where that is."""
    tell(told, "SPI-1")
    _, left_by_spirit = read(client, FEED, SPIRIT)
    tell(told, "SPI-2")
    tell(told, "LEV-1", "levvel")
    had, on = read(client, FEED, LEVVEL)
    merge(told, "spirit", "levvel")
    answer = client.get(on, headers=LEVVEL).json()
    assert (had, [event["type"] for event in answer]) == (["LEV-1"], [f"nl.pleegzorg.{JOINED}"])
    assert answer[0]["data"] == {"aanbieder": "levvel", "opgegaan": "spirit"}
    rest = answer[0]["dataref"].partition("/v1/")[2]
    assert rest == "gebeurtenissen?aanbieder=spirit"
    assert read(client, f"/v1/{rest}", LEVVEL)[0] == ["SPI-1", "SPI-2"]
    cursor = left_by_spirit.partition("?")[2]
    assert read(client, f"/v1/{rest}&{cursor}", LEVVEL)[0] == ["SPI-2"]


def test_of_whom_one_may_read(client: TestClient, told: Database) -> None:
    """The own ones by whatever code they ever had, and staff any; not another's, nor no one's."""
    tell(told, "SPI-1")
    tell(told, "YOU-1", "youke")
    merge(told, "spirit", "levvel")
    coordinator = signed_in("coordinator")
    assert read(client, f"{FEED}?aanbieder=levvel", LEVVEL)[0] == ["SPI-1", JOINED]
    assert read(client, f"{FEED}?aanbieder=youke", coordinator)[0] == ["YOU-1"]
    for code, who in (("youke", LEVVEL), ("levvel", YOUKE), ("spirit", YOUKE), ("geen", YOUKE)):
        refused = client.get(f"{FEED}?aanbieder={code}", headers=who)
        assert refused.status_code == 400, (code, refused.text)
        assert refused.json()["velden"] == ["aanbieder"]


def test_a_trial_changes_nothing(client: TestClient, told: Database) -> None:
    """Both read what they read before it."""
    tell(told, "SPI-1")
    body = MERGER | {"proef": True}
    answer = client.post("/v1/aanbieders/spirit/_samenvoegen", json=body, headers=ADMIN)
    assert answer.status_code == 200, answer.text
    assert read(client, FEED, LEVVEL)[0] == []
    assert read(client, FEED, SPIRIT)[0] == ["SPI-1"]


def test_row_level_security_says_the_same(told: Database) -> None:
    """Also of a query that forgets its filter."""
    tell(told, "SPI-1")
    tell(told, "YOU-1", "youke")
    merge(told, "spirit", "levvel")
    actor = Actor("systeem", ActorRole.PROVIDER_SYSTEM, provider_id(told, "levvel"))
    with session_for(told.sessions, actor) as session:
        seen = session.scalars(select(Event.data["gezin"].astext).order_by(Event.sequence)).all()
    assert seen == ["SPI-1", None]  # and of the merger itself


def test_a_subscription_gets_what_it_had_not_had(
    told: Database, receiver: Receiver, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Found by the sweep, which does not move its place past it either; for nobody else."""
    subscribe_to(told, receiver, settings, "youke")
    id_ = subscribe_to(told, receiver, settings)
    tell(told, "SPI-1")
    send(told, settings, id_)
    tell(told, "SPI-2")
    merge(told, "spirit", "levvel")
    empty(told.url, "procrastinate_jobs")
    monkeypatch.setattr(tasks, "FAR_BACK", 0)
    before = stored(told, id_)
    assert sweep_once(told) == 1
    assert stored(told, id_).sequence == before.sequence
    send(told, settings, id_)
    told_of = [json.loads(message.body)["data"] for message in receiver.received]
    assert [data.get("gezin", JOINED) for data in told_of] == ["SPI-1", "SPI-2", JOINED]
    assert sweep_once(told) == 0


def test_what_happens_to_who_merged_wakes_the_one_it_is_part_of(
    told: Database, receiver: Receiver, settings: Settings
) -> None:
    """Who housed a child keeps its id in the placement: a destroyed file is told to that one."""
    subscribe_to(told, receiver, settings, "levvel")
    was = merge(told, "spirit", "levvel")
    child = new_id()
    with session_for(told.sessions, SYSTEM) as session:
        emit(session, Occurrence.FILE_DESTROYED, provider_id=was, child=child)
    wait_until_settled(told)
    work_off(told)
    assert [json.loads(message.body)["data"] for message in receiver.received] == [
        {"aanbieder": "levvel", "opgegaan": "spirit"},
        {"kind": str(child)},
    ]
