"""A number to call at night is changed by who read it: nobody's change is undone unseen."""

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from app.crisis.routes import router
from app.kernel.actor import ActorRole
from tests.crisis.test_routes import make_home
from tests.doors import open_door, signed_in

INTAKE = signed_in(ActorRole.INTAKE)
SYSTEM = signed_in(ActorRole.PROVIDER_SYSTEM, "spirit")
FIRST, SECOND = {"telefoon": "020-1111111"}, {"telefoon": "020-2222222"}


@pytest.fixture
def client(connection: Connection, session: Session) -> TestClient:
    make_home(session, "SPI-1")
    make_home(session, "YOU-1", provider="youke")
    return open_door(connection, router)


@pytest.fixture(params=["spirit", "spirit/SPI-1"], ids=["duty", "family"])
def at(request: pytest.FixtureRequest) -> str:
    return f"/v1/crisisnummers/{request.param}"


def test_two_who_change_the_same_number(client: TestClient, at: str) -> None:
    """Of who both read that none stands one sets it; then who read the old one is refused."""
    before = client.get(at, headers=INTAKE)
    assert (before.status_code, before.json()["gewijzigdOp"]) == (200, None)
    none_yet = {"If-Match": before.headers["ETag"]}
    other = client.put(at, json=FIRST, headers=INTAKE | {"If-Match": '"7"'})
    assert other.status_code == 412, other.text
    made = client.put(
        at, json=FIRST, headers=INTAKE if at.endswith("spirit") else none_yet | INTAKE
    )
    assert made.is_success, made.text
    assert client.put(at, json=SECOND, headers=SYSTEM | none_yet).status_code == 412
    read = client.get(at, headers=SYSTEM)
    assert read.headers["ETag"] == made.headers["ETag"]
    assert client.put(at, json=SECOND, headers=SYSTEM).status_code == 428
    version = {"If-Match": read.headers["ETag"]}
    changed = client.put(at, json=SECOND, headers=SYSTEM | version)
    assert changed.is_success, changed.text
    assert changed.headers["ETag"] != made.headers["ETag"]
    assert client.put(at, json=FIRST, headers=INTAKE | version).status_code == 412
    only_new = {"If-None-Match": "*"}
    assert client.put(at, json=FIRST, headers=INTAKE | only_new).status_code == 412


def test_who_reads_which_number(client: TestClient) -> None:
    """Of the duty its own; of a family only since when one stands, for who set it knows it."""
    for path in ("spirit", "spirit/SPI-1"):
        client.put(f"/v1/crisisnummers/{path}", json=FIRST, headers=SYSTEM)
    duty = client.get("/v1/crisisnummers/spirit", headers=SYSTEM).json()
    assert (duty["aanbieder"], duty["telefoon"]) == ("spirit", "020-1111111")
    family = client.get("/v1/crisisnummers/spirit/SPI-1", headers=SYSTEM)
    assert (family.status_code, set(family.json())) == (200, {"gewijzigdOp"})
    for path in ("youke", "youke/YOU-1"):
        assert client.get(f"/v1/crisisnummers/{path}", headers=SYSTEM).status_code == 404
