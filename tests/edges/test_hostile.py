"""What a hostile hand sends: bodies and addresses that are made to break things."""

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import URL

from app.db.opened import Database
from app.main import create_app
from app.settings import Settings
from tests.databases import copied
from tests.signing import bearer

JSON = {"Content-Type": "application/json"}


@pytest.fixture(scope="module")
def own(settings: Settings, reference: URL) -> Iterator[Database]:
    """A database of its own: what is done here is committed."""
    with copied(settings, reference) as opened:
        yield opened


@pytest.fixture(scope="module")
def client(own: Database) -> Iterator[TestClient]:
    with TestClient(create_app(own), headers=bearer(), raise_server_exceptions=False) as it:
        yield it


@pytest.mark.parametrize(
    "body",
    ["[" * 200_000, '{"a":' * 100_000, '{"leeftijd":' + "9" * 5000 + "}", '{"voornaam":"a\\u0000"}',
     '{"voornaam":"\\ud800"}', '{"leeftijd":NaN}', "null"],
    ids=["deep list", "deep object", "long number", "nul", "surrogate", "nan", "null"],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/v1/kinderen", "/v1/concepten", "/v1/crisismeldingen"])
def test_a_body_that_is_made_to_break_things(client: TestClient, path: str, body: str) -> None:
    """400 with a sentence, whatever it is; never a fault of ours."""
    answer = client.post(path, content=body.encode("utf-8", "surrogatepass"), headers=JSON)
    assert answer.status_code == 400, answer.text
    assert answer.json()["detail"]


@pytest.mark.parametrize(
    "path",
    [
        "/v1/kinderen/..%2f..%2fetc",
        "/v1/pleeggezinnen/spirit/..%2f..",
        "/opmaak/x/..%2f..%2fbasis.py",
        "/v1/pleeggezinnen/spirit/a%00b",
        "/v1/imports/%0d%0aX-Ander:1",
        "/v1/kinderen?aantal=1%0d%0aX-Ander:1",
    ],
)
def test_an_address_that_is_made_to_break_things(client: TestClient, path: str) -> None:
    """Neither out of its folder, nor a header of somebody else's."""
    answer = client.get(path, follow_redirects=False)
    assert answer.status_code in (400, 404)
    assert "X-Ander" not in answer.headers


def test_names_that_look_alike_are_one(client: TestClient) -> None:
    """Composed or not: a name is stored in one form, so that it is found again."""
    made: dict[str, Any] = {"voornaam": "Zoe\u0308"}
    answer = client.post("/v1/concepten", json=made, headers={"Idempotency-Key": "nfc-1"})
    assert answer.status_code == 201, answer.text
    told = client.get(answer.headers["Location"]).json()
    assert "Zo\u00eb" in str(told)
