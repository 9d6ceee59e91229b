"""A referrer registers, and reads and corrects what its own organisation registered."""

from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from app.intake.routes import router
from app.kernel.actor import ActorRole
from app.models import Registration
from tests.doors import open_door, signed_in

KINDEREN = "/v1/kinderen"
OWN = signed_in(ActorRole.REFERRER, "gi-eigen")
OTHER = signed_in(ActorRole.REFERRER, "gi-ander")
Body = dict[str, Any]


@pytest.fixture
def client(connection: Connection, session: Session) -> TestClient:
    return open_door(connection, router)


def register(client: TestClient, body: Body, headers: dict[str, str] = OWN) -> str:
    answer = client.post(KINDEREN, json=body, headers=headers)
    assert answer.status_code == 201, answer.text
    return str(answer.headers["Location"])


def test_its_own_registration_is_its_own(
    client: TestClient, example: Body, session: Session
) -> None:
    """It reads it back; the intake sees it too, another referrer nothing."""
    where = register(client, example)
    assert session.scalars(select(Registration.owner_organisation)).all() == ["gi-eigen"]
    assert client.get(where, headers=OWN).json()["aanmeldnummer"] == example["aanmeldnummer"]
    assert client.get(where).status_code == 200
    assert client.get(where, headers=OTHER).status_code == 404
    assert len(client.get(KINDEREN, headers=OWN).json()["kinderen"]) == 1
    assert client.get(KINDEREN, headers=OTHER).json() == {"kinderen": []}


def test_it_corrects_and_withdraws_its_own_alone(client: TestClient, example: Body) -> None:
    """With the version it read; another's is not there for it."""
    where = register(client, example)
    changed = example | {"sdqTotaal": 30}
    match = {"If-Match": '"1"'}
    assert client.put(where, json=changed, headers=OTHER | match).status_code == 404
    answer = client.put(where, json=changed, headers=OWN | match)
    assert (answer.status_code, answer.json()["sdqTotaal"]) == (200, 30)
    gone = {"reden": "verhuisd"}
    where_to = f"{where}/_intrekken"
    match = {"If-Match": answer.headers["ETag"]}
    assert client.post(where_to, json=gone, headers=OTHER | match).status_code == 404
    assert client.post(where_to, json=gone, headers=OWN | match).json()["stand"] == "ingetrokken"


def test_it_meets_the_numbers_and_children_that_it_may_not_see(
    client: TestClient, example: Body
) -> None:
    """A number that is taken and a BSN with a registration are refused as for everybody."""
    register(client, example, OTHER)
    answer = client.post(KINDEREN, json=example, headers=OWN)
    assert (answer.status_code, "aanmeldnummer" in answer.json()["detail"]) == (409, True)
    again = example | {"aanmeldnummer": "AM-9"}
    answer = client.post(KINDEREN, json=again, headers=OWN)
    assert (answer.status_code, "bsn" in answer.json()["detail"]) == (409, True)
    assert example["voornaam"] not in answer.text


def test_the_intakes_registrations_are_not_a_referrers(client: TestClient, example: Body) -> None:
    """Also when the child is one that it knows."""
    where = register(client, example, {})
    assert client.get(where, headers=OWN).status_code == 404
