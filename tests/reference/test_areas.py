"""Postcode areas over HTTP: centroids, and nothing about who lives there."""

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection

from app.kernel.actor import ActorRole
from app.reference.area_routes import router
from tests.doors import open_door, signed_in

AREA = {"pc4", "plaats", "gemeente", "breedtegraad", "lengtegraad", "kwaliteit"}


@pytest.fixture
def client(connection: Connection) -> TestClient:
    return open_door(connection, router)


def test_areas_come_with_their_centroid_and_nothing_else(client: TestClient) -> None:
    """Each asked area once, by code; one that does not exist is left out."""
    answer = client.get("/v1/postcodegebieden?gebieden=1382,1011,1011,1000").json()
    found = answer["gebieden"]
    assert [area["pc4"] for area in found] == ["1011", "1382"]
    assert all(set(area) == AREA for area in found)
    assert found[0]["gemeente"] == "Amsterdam"
    assert 52.3 < found[0]["breedtegraad"] < 52.4
    assert answer["omgeving"] == []


def test_what_lies_around_is_near_and_not_asked_for_itself(client: TestClient) -> None:
    """The surroundings of one area are some kilometres wide, without that area."""
    answer = client.get("/v1/postcodegebieden?gebieden=1011&omgeving=true").json()
    around, (asked,) = answer["omgeving"], answer["gebieden"]
    assert len(around) > 5
    assert "1011" not in {area["pc4"] for area in around}
    assert all(abs(area["breedtegraad"] - asked["breedtegraad"]) <= 0.02 for area in around)


def test_a_list_that_is_no_list_of_areas_is_refused(client: TestClient) -> None:
    """Letters, too many and nothing at all are a 400 that names the field."""
    for given in ("1011AB", "", ",".join(["1011"] * 31)):
        answer = client.get("/v1/postcodegebieden", params={"gebieden": given})
        assert answer.status_code == 400
        assert answer.json()["velden"] == ["gebieden"]


def test_areas_that_are_all_unknown_give_an_empty_map(client: TestClient) -> None:
    """No area, no surroundings, no error; the same where none is asked for."""
    for asked in ("?gebieden=1000&omgeving=true", ""):
        answer = client.get(f"/v1/postcodegebieden{asked}")
        assert answer.json() == {"gebieden": [], "omgeving": []}


def test_a_provider_may_see_where_postcodes_lie(client: TestClient) -> None:
    """Nobody is in it, so every role that is signed in reads it."""
    matcher = signed_in(ActorRole.MATCHER, "spirit")
    assert client.get("/v1/postcodegebieden?gebieden=1011", headers=matcher).status_code == 200
