"""A body that says a field twice is refused: of two values one would be lost unseen."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import URL

from app.main import create_app
from app.settings import Settings
from tests.databases import copied
from tests.families.telling import SPI_1
from tests.rows import make_family
from tests.signing import bearer

JSON = {"Content-Type": "application/json"}
SEARCH = "/v1/kinderen/_zoek"


@pytest.fixture(scope="module")
def client(settings: Settings, reference: URL) -> Iterator[TestClient]:
    with (
        copied(settings, reference, lambda s: make_family(s, reference="SPI-1")) as database,
        TestClient(create_app(database), headers=bearer()) as opened,
    ):
        yield opened


@pytest.mark.parametrize(
    ("asked", "body", "field"),
    [
        (("POST", SEARCH), '{"bsn": "111222333", "bsn": "123456782"}', "bsn"),
        (
            ("POST", "/v1/kinderen"),
            '{"voornaam": "A", "broersZussen": {"groep": 1, "groep": 2}}',
            "groep",
        ),
        (("PUT", SPI_1), '{"bereidheid": [{"lvb": "ja", "lvb": "nee"}]}', "lvb"),
        (("POST", "/v1/matchruns"), '{"beleid": "maximaal", "beleid": "maximaal"}', "beleid"),
        # A name that may be a number of somebody is not told again.
        (("POST", SEARCH), '{"111222333": 1, "111222333": 1}', "body"),
    ],
)
def test_a_field_twice(client: TestClient, asked: tuple[str, str], body: str, field: str) -> None:
    """400, with the field; also where both say the same, and deeper in the body."""
    answer = client.request(*asked, content=body, headers=JSON)
    assert answer.status_code == 400, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    told = answer.json()
    assert told["velden"] == [field]
    assert told["detail"].startswith(f"{field}: staat meer dan eens in één object")
    assert "111222333" not in answer.text


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_no_number(client: TestClient, number: str) -> None:
    """What JSON does not know as a number is no JSON."""
    answer = client.post(SEARCH, content=f'{{"bsn": {number}}}', headers=JSON)
    assert answer.status_code == 400
    assert "geen geldige JSON" in answer.json()["detail"]


def test_the_same_name_in_two_objects(client: TestClient) -> None:
    """Not twice in one: the fault that is told is another."""
    body = '{"voornaam": "A", "broersZussen": {"voornaam": "B"}}'
    answer = client.post("/v1/kinderen", content=body, headers=JSON)
    assert answer.status_code == 400
    assert "meer dan eens" not in answer.text
