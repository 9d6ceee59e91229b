"""The own network and JIM in the file: who was asked, by kind; what a JIM may have prevented."""

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from app.kernel.actor import ActorRole
from app.ladder.routes import router
from tests.doors import open_door, signed_in
from tests.rows import make_registration

REFERRER = signed_in(ActorRole.REFERRER, "gi-eigen")


@pytest.fixture
def client(connection: Connection, session: Session) -> Iterator[TestClient]:
    yield open_door(connection, router)


def test_who_was_asked_stands_in_the_file(client: TestClient, session: Session) -> None:
    """By the referrer itself; of another's child it sees nothing."""
    own = make_registration(session, number="AM-1", owner_organisation="gi-eigen")
    other = make_registration(session, number="AM-2", owner_organisation="gi-ander")
    session.commit()
    told = {"doel": "netwerkgezin", "relatie": "oom of tante", "uitkomst": "wil nadenken"}
    path = f"/v1/kinderen/{own.id}/netwerkvragen"
    made = client.post(path, json=told, headers=REFERRER)
    assert made.status_code == 201, made.text
    assert made.json()["netwerkvragen"][0]["uitkomst"] == "wil nadenken"
    assert client.post(path, json=told | {"relatie": "tante Truus"}).status_code == 400
    assert client.post(path, json=told | {"gevraagdOp": "2099-01-01"}).status_code == 400
    foreign = f"/v1/kinderen/{other.id}"
    assert client.get(f"{foreign}/netwerk", headers=REFERRER).status_code == 404
    assert client.post(f"{foreign}/netwerkvragen", json=told, headers=REFERRER).status_code == 404
    assert client.get(f"/v1/kinderen/{own.id}/netwerk").json()["netwerkvragen"][0]["doel"]


def test_a_jim_case_ends_with_what_came_of_it(client: TestClient, session: Session) -> None:
    """One at a time, also for a referrer."""
    child = make_registration(session, number="AM-1", owner_organisation="gi-eigen")
    session.commit()
    path = f"/v1/kinderen/{child.id}/jimtrajecten"
    made = client.post(path, json={"relatie": "buren"}, headers=REFERRER)
    assert made.status_code == 201, made.text
    (case,) = made.json()["jimTrajecten"]
    assert (case["resultaat"], case["totEnMet"]) == ("loopt", None)
    assert client.post(path, json={"relatie": "school"}, headers=REFERRER).status_code == 409
    end = f"{path}/{case['id']}/_afronden"
    assert client.post(end, json={"resultaat": "loopt"}).status_code == 400
    done = client.post(end, json={"resultaat": "thuis gebleven"}, headers=REFERRER)
    assert done.json()["jimTrajecten"][0]["resultaat"] == "thuis gebleven"
    assert client.post(end, json={"resultaat": "toch uit huis"}).status_code == 409


def test_what_was_prevented_is_told_with_its_assumption(
    client: TestClient, session: Session
) -> None:
    """A share of those who stayed home, between two bounds; nothing of a few."""
    manager = signed_in(ActorRole.MANAGER)

    def figures() -> dict[str, Any]:
        found: dict[str, Any] = client.get("/v1/jimcijfers", headers=manager).json()
        return found

    for number in range(8):
        child = make_registration(session, number=f"AM-{number}")
        session.commit()
        path = f"/v1/kinderen/{child.id}/jimtrajecten"
        case = client.post(path, json={"relatie": "school"}).json()["jimTrajecten"][0]
        if number == 3:
            assert (figures()["lopend"], figures()["geschatVoorkomen"]) == (None, None)
        result = "thuis gebleven" if number < 6 else "toch uit huis"
        client.post(f"{path}/{case['id']}/_afronden", json={"resultaat": result})
    told = figures()
    assert (told["lopend"], told["thuisGebleven"], told["tochUitHuis"]) == (0, 6, None)
    estimate = (
        told["geschatVoorkomenLaag"],
        told["geschatVoorkomen"],
        told["geschatVoorkomenHoog"],
    )
    assert estimate == (1.5, 3.0, 4.5)
    assert told["aanname"].startswith("Aanname:")
    assert told["bron"]
    assert told["onzekerheid"]


@pytest.mark.parametrize("researched", [False, True])
def test_who_was_asked_and_said_no_is_a_search(
    client: TestClient, session: Session, *, researched: bool
) -> None:
    """The rung is over once all said no, not while somebody thinks; a yes is a place."""
    child = make_registration(session, number="AM-1", network_researched=researched)
    session.commit()
    path = f"/v1/kinderen/{child.id}"

    def network() -> Any:
        rungs = client.get(f"{path}/ladder").json()["treden"]
        return next(rung for rung in rungs if rung["trede"] == "eigen netwerk")

    assert network()["heeftPlaats"] is (False if researched else None)
    said = (("nee", False, "nee."), ("wil nadenken", None, "loopt nog"), ("ja", True, "zei ja"))
    for answer, has_place, words in said:
        told = {"doel": "netwerkgezin", "relatie": "oom of tante", "uitkomst": answer}
        assert client.post(f"{path}/netwerkvragen", json=told).status_code == 201
        assert network()["heeftPlaats"] is has_place
        assert any(words in sentence for sentence in network()["zinnen"])
