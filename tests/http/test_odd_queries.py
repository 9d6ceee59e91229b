"""A query says what it means: each parameter is known, and there as often as it may be."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from app.db.opened import Database
from app.main import create_app
from tests.signing import bearer


@pytest.fixture(scope="module")
def client(loaded_region: Database) -> Iterator[TestClient]:
    with TestClient(create_app(loaded_region), headers=bearer(), follow_redirects=False) as opened:
        yield opened


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("/v1/kinderen?aantal=5&aantal=6", "aantal"),
        ("/v1/kinderen?aantal=5&aantal=5", "aantal"),
        ("/v1/kinderen?antal=5", "antal"),
    ],
)
def test_what_is_odd_is_refused(client: TestClient, path: str, field: str) -> None:
    """Of two values one would be taken unseen; a typing error would ask for everything."""
    answer = client.get(path)
    assert (answer.status_code, answer.json()["velden"]) == (400, [field])


def test_a_list_may_come_more_than_once(client: TestClient) -> None:
    """As the contract says of the kinds of events."""
    kinds = "soort=nl.pleegzorg.aanmelding.gedaan&soort=nl.pleegzorg.aanmelding.ingetrokken"
    answer = client.get(f"/v1/gebeurtenissen?{kinds}")
    assert answer.status_code == 200, answer.text


@pytest.mark.parametrize("path", ["/v1", "/v1/", "/v1/bestaat-niet"])
def test_an_address_that_is_not_there(client: TestClient, path: str) -> None:
    """Under /v1 and at it programs ask: no page, but a problem."""
    answer = client.get(path)
    assert (answer.status_code, answer.json()["status"]) == (404, 404)
    assert answer.headers["content-type"] == "application/problem+json"
