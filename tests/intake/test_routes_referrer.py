"""A referrer registers, and reads and corrects what its own organisation registered."""

from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from app.intake.routes import router
from app.kernel.actor import ActorRole
from app.kernel.clock import today_in_amsterdam
from app.models import Registration
from tests.doors import open_door, signed_in

KINDEREN = "/v1/kinderen"
OWN = signed_in(ActorRole.REFERRER, "gi-eigen")
OTHER = signed_in(ActorRole.REFERRER, "gi-ander")
STAFF = signed_in(ActorRole.INTAKE)
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


def _ago(days: int) -> str:
    return (today_in_amsterdam() - timedelta(days=days)).isoformat()


@pytest.mark.parametrize(
    ("days", "headers", "status"),
    [(300, OWN, 201), (400, OWN, 400), (400, STAFF, 201), (2000, STAFF, 400)],
)
def test_nobody_waits_from_a_day_long_ago(
    client: TestClient, example: Body, *, days: int, headers: dict[str, str], status: int
) -> None:
    """All waiting is counted from it: a mistyped year, or a keen referrer, would go first."""
    told = example | {"aangemeldOp": _ago(days), "geboortedatum": _ago(3000)}
    answer = client.post(KINDEREN, json=told, headers=headers)
    assert answer.status_code == status, answer.text
    assert status == 201 or answer.json()["velden"] == ["aangemeldOp"]


def test_a_correction_by_a_referrer_moves_no_child_forward(
    client: TestClient, example: Body
) -> None:
    """The day may stay where the intake put it, and not become earlier than that."""
    told = example | {"geboortedatum": _ago(3000)}
    where = register(client, told | {"aangemeldOp": _ago(10)})
    moved = told | {"aangemeldOp": _ago(500)}
    refused = client.put(where, json=moved, headers=OWN | {"If-Match": '"1"'})
    assert (refused.status_code, refused.json()["velden"]) == (400, ["aangemeldOp"])
    by_staff = client.put(where, json=moved, headers=STAFF | {"If-Match": '"1"'})
    assert by_staff.status_code == 200, by_staff.text
    match = {"If-Match": by_staff.headers["ETag"]}
    again = client.put(where, json=moved | {"sdqTotaal": 30}, headers=OWN | match)
    assert again.status_code == 200, again.text
    match = {"If-Match": again.headers["ETag"]}
    earlier = moved | {"aangemeldOp": _ago(501)}
    assert client.put(where, json=earlier, headers=OWN | match).status_code == 400


def test_a_day_before_the_child_was_there(client: TestClient, example: Body) -> None:
    """It may be registered while it is expected, not before."""
    told = example | {"geboortedatum": _ago(100), "aangemeldOp": _ago(100 + 290)}
    answer = client.post(KINDEREN, json=told, headers=STAFF)
    assert (answer.status_code, answer.json()["velden"]) == (400, ["aangemeldOp"])
