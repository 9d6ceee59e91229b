"""The feed over HTTP: CloudEvents of the NL GOV profile, read on from a cursor, own rows only."""

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db.opened import Database
from app.db.session import act_as, session_for
from app.http.paging import encode_cursor
from app.kernel.actor import SYSTEM, Actor, ActorRole
from app.kernel.ids import new_id
from app.models import Event
from app.notify.feed_routes import router
from tests.doors import open_door, signed_in
from tests.notify.telling import (
    now_in,
    provider_id,
    tell_family,
    tell_run,
    wait_until_settled,
)

pytestmark = pytest.mark.timeout(300)  # waits for others' transactions

FEED = "/v1/gebeurtenissen"
SPIRIT = signed_in("aanbieder-systeem", "spirit")


@pytest.fixture
def client(told: Database) -> Iterator[TestClient]:
    with told.sessions.kw["bind"].connect() as connection:
        yield open_door(connection.engine, router)  # type: ignore[arg-type]


@pytest.fixture
def start(told: Database) -> str:
    """A cursor to what this test tells."""
    wait_until_settled(told)
    place = now_in(told)
    return encode_cursor(f"{place.era}-{place.transaction_id}-{place.sequence}")


def tell(told: Database) -> None:
    """A family of each of two providers, and a run in between."""
    tell_family(told, "SPI-1")
    with session_for(told.sessions, SYSTEM) as session:
        tell_run(session)
    tell_family(told, "YOU-1", code="youke")
    wait_until_settled(told)


def kinds(answer: Any) -> list[str]:
    assert answer.status_code == 200, answer.text
    return [event["type"].removeprefix("nl.pleegzorg.") for event in answer.json()]


def test_an_event_is_a_cloud_event_of_the_dutch_profile(
    client: TestClient, told: Database, start: str
) -> None:
    """All attributes, the source as a URN with an OIN, UTC, and a place that sorts as text."""
    tell(told)
    answer = client.get(FEED, params={"cursor": start}, headers=SPIRIT)
    assert answer.headers["content-type"] == "application/cloudevents-batch+json"
    (event,) = answer.json()
    assert {k: v for k, v in event.items() if k not in ("id", "time", "sequence")} == {
        "specversion": "1.0",
        "source": "urn:nld:oin:00000000000000000000:systeem:pleegzorg",
        "type": "nl.pleegzorg.pleeggezin.toegevoegd",
        "subject": "pleeggezinnen/spirit/SPI-1",
        "datacontenttype": "application/json",
        "dataref": "https://pleegzorg.example/v1/pleeggezinnen/spirit/SPI-1",
        "data": {"aanbieder": "spirit", "gezin": "SPI-1"},
    }
    assert event["time"].endswith("Z")
    every = client.get(FEED, params={"cursor": start}).json()
    places = [told["sequence"] for told in every]
    assert places == sorted(places)
    assert len(set(places)) == 3


def test_each_sees_what_is_for_it(client: TestClient, told: Database, start: str) -> None:
    """Staff everything, a provider's roles what is for that provider."""
    tell(told)
    seen = {
        who: kinds(client.get(FEED, params={"cursor": start}, headers=headers))
        for who, headers in {
            "staf": signed_in("coordinator"),
            "spirit": SPIRIT,
            "youke": signed_in("aanbieder-matcher", "youke"),
            "vitree": signed_in("aanbieder-systeem", "vitree"),
        }.items()
    }
    added = "pleeggezin.toegevoegd"
    assert seen == {
        "staf": [added, "matchrun.klaar", added], "spirit": [added], "youke": [added], "vitree": [],
    }  # fmt: skip


@pytest.mark.parametrize("role", ["verwijzer", "regiomanager", "beheerder", "crisisdienst"])
def test_others_do_not_read_it(client: TestClient, role: str) -> None:
    """403."""
    assert client.get(FEED, headers=signed_in(role)).status_code == 403


def test_the_link_leads_on_also_from_an_empty_page(
    client: TestClient, told: Database, start: str
) -> None:
    """A client follows the Link: two at a time, then nothing, then what was told meanwhile."""
    tell(told)
    address = f"{FEED}?cursor={start}&aantal=2"
    found: list[str] = []
    for wanted in (2, 1, 0):
        answer = client.get(address)
        assert len(kinds(answer)) == wanted
        found += [event["id"] for event in answer.json()]
        address = answer.links["next"]["url"]
    assert len(set(found)) == 3
    tell_family(told, "SPI-2")
    wait_until_settled(told)
    assert [event["data"]["gezin"] for event in client.get(address).json()] == ["SPI-2"]


def test_some_kinds_only(client: TestClient, told: Database, start: str) -> None:
    """By the type of a CloudEvent, which may be given more than once."""
    tell(told)
    types = ["nl.pleegzorg.matchrun.klaar", "nl.pleegzorg.matchrun.mislukt"]
    answer = client.get(FEED, params={"cursor": start, "soort": types})
    assert kinds(answer) == ["matchrun.klaar"]


@pytest.mark.parametrize(
    "query",
    ["soort=matchrun.klaar", "soort=nl.pleegzorg.onbekend", "cursor=abc", "aantal=501",
     f"cursor={encode_cursor('1')}", f"cursor={encode_cursor('1-' + '9' * 19 + '-1')}",
     "soorten=x"],
)  # fmt: skip
def test_a_wrong_question_is_refused(client: TestClient, query: str) -> None:
    """400, with the name of the parameter."""
    answer = client.get(f"{FEED}?{query}")
    assert answer.status_code == 400
    assert query.partition("=")[0] in answer.json()["detail"]


def test_the_database_itself_keeps_providers_apart(told: Database, session: Session) -> None:
    """A query without any filter gives a provider its own events, and it tells only of itself."""
    tell(told)
    spirit, youke = provider_id(told), provider_id(told, "youke")
    own = Actor("koppeling", ActorRole.PROVIDER_SYSTEM, spirit)
    with session_for(told.sessions, own) as asked:
        assert set(asked.scalars(select(Event.provider_id))) == {spirit}
    for actor in (Actor("v", ActorRole.REFERRER, organisation="gi"), Actor("b", ActorRole.MANAGER)):
        with session_for(told.sessions, actor) as asked:
            assert asked.scalars(select(Event.id)).all() == []
    row = {"kind": "matchrun.klaar", "data": {"matchrun": str(new_id())}}
    for owner in (None, youke):
        with told.sessions() as asked:
            act_as(asked, own)
            asked.add(Event(**row, provider_id=owner))
            with pytest.raises(Exception, match="row-level security"):
                asked.flush()


def test_nobody_changes_what_was_told(told: Database) -> None:
    """Neither the application nor the system in it."""
    tell(told)
    for word in ("UPDATE event SET kind = 'a.b'", "DELETE FROM event"):
        with (
            pytest.raises(Exception, match="permission denied"),
            session_for(told.sessions, SYSTEM) as session,
        ):
            session.connection().exec_driver_sql(word)
