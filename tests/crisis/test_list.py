"""The list of all crisis beds of a night, in parts for a screen."""

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from app.crisis.routes import router
from app.kernel.actor import ActorRole
from app.kernel.words import CareForm
from tests.doors import open_door, signed_in
from tests.rows import make_family


@pytest.fixture
def client(connection: Connection) -> TestClient:
    client = open_door(connection, router)
    client.headers.update(signed_in(ActorRole.CRISIS))
    return client


def test_a_long_list_comes_in_parts(client: TestClient, session: Session) -> None:
    """Each family once, in the order of the whole; without a wish for parts it is whole."""
    for number in (3, 1, 2):
        make_family(session, reference=f"SPI-{number}", forms=(CareForm.CRISIS,))
    session.flush()
    whole = [home["gezin"] for home in client.get("/v1/crisislijst").json()["gezinnen"]]
    seen, path = [], "/v1/crisislijst?aantal=2"
    for _ in range(2):
        answer = client.get(path)
        seen.append([home["gezin"] for home in answer.json()["gezinnen"]])
        path = answer.links["next"]["url"] if "next" in answer.links else ""
    assert (seen, path) == ([whole[:2], whole[2:]], "")
    assert whole == ["SPI-1", "SPI-2", "SPI-3"]
    assert client.get("/v1/crisislijst?cursor=zomaar").status_code == 400
