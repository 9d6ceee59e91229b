"""Wrong requests about children: one sentence each, the field named, the value never repeated."""

from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from app.intake.routes import router
from tests.doors import open_door

Body = dict[str, Any]
KINDEREN = "/v1/kinderen"
SECRET = "Geheim-Iets"


@pytest.fixture
def client(connection: Connection, session: Session) -> TestClient:
    return open_door(connection, router)


def expect_refused(answer: Any, field: str, status: int = 400) -> None:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert field in answer.json()["detail"]
    assert SECRET not in answer.text


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("vorm", SECRET),
        ("geslacht", SECRET),
        ("geboortedatum", 0),
        ("geboortedatum", SECRET),
        ("geboortedatum", "2999-01-01"),
        ("geboortedatum", "1990-01-02"),
        ("bsn", "123456789"),
        ("bsn", 999990019),
        ("postcode", SECRET),
        ("sdqTotaal", "12"),
        ("voornaam", None),
        ("rolstoel", "nee"),
        ("onbekend", SECRET),
        ("problematiek", {"lvb": SECRET}),
        ("machtiging", SECRET),
    ],
)
def test_a_wrong_field_is_named(
    client: TestClient, example: Body, field: str, value: object
) -> None:
    """Wrong enum, type, date or BSN, and a field that nobody knows."""
    answer = client.post(KINDEREN, json=example | {field: value})
    expect_refused(answer, field)
    assert "123456789" not in answer.text


@pytest.mark.parametrize("body", [b'{"aanmeldnummer": ', b"[1]", b"null", b"", b"\xff\xfe"])
def test_broken_json_is_refused(client: TestClient, body: bytes) -> None:
    """What is no JSON object is 400, not a crash."""
    headers = {"Content-Type": "application/json"}
    expect_refused(client.post(KINDEREN, content=body, headers=headers), "")


@pytest.mark.parametrize("kind", ["text/plain", "application/xml", "multipart/form-data"])
def test_another_content_type_is_refused(client: TestClient, kind: str) -> None:
    """Only JSON is read here, whatever the bytes look like."""
    body = f'{{"voornaam": "{SECRET}"}}'.encode()
    answer = client.post(KINDEREN, content=body, headers={"Content-Type": kind})
    assert answer.status_code in (400, 415)
    expect_refused(answer, "", answer.status_code)


def test_a_wrong_reason_is_refused(client: TestClient, example: Body) -> None:
    """The reasons are a closed list, and there is no room for a story."""
    where = client.post(KINDEREN, json=example).headers["Location"]
    for body, field in (
        ({"reden": SECRET}, "reden"),
        ({}, "reden"),
        ({"reden": "anders", "toelichting": SECRET}, "toelichting"),
    ):
        answer = client.post(f"{where}/_intrekken", json=body, headers={"If-Match": '"1"'})
        expect_refused(answer, field)


@pytest.mark.parametrize(
    "body",
    [
        {"bsn": "999990019", "aanmeldnummer": "AM-1"},
        {"bsn": "123456789"},
        {"bsn": None, "aanmeldnummer": None},
        {"naam": SECRET},
    ],
)
def test_a_wrong_search_is_refused(client: TestClient, body: Body) -> None:
    """Exactly one of two keys, and the number never comes back."""
    answer = client.post(f"{KINDEREN}/_zoek", json=body)
    expect_refused(answer, next(iter(body)))
    assert "123456789" not in answer.text


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"stand": SECRET}, "stand"),
        ({"vorm": SECRET}, "vorm"),
        ({"urgentie": SECRET}, "urgentie"),
        ({"aantal": "0"}, "aantal"),
        ({"aantal": "501"}, "aantal"),
        ({"cursor": SECRET}, "cursor"),
        ({"cursor": "YWJj"}, "cursor"),
    ],
)
def test_a_wrong_filter_is_refused(client: TestClient, query: dict[str, str], field: str) -> None:
    """A filter that means nothing is no empty list."""
    expect_refused(client.get(KINDEREN, params=query), field)


def test_an_id_that_is_none_is_404(client: TestClient) -> None:
    """No id, no child; and a search by GET is a wrong method, not a child called _zoek."""
    assert client.get(f"{KINDEREN}/{SECRET}").status_code == 404
    assert client.get(f"{KINDEREN}/_zoek").status_code == 405
    assert client.get(f"{KINDEREN}/").status_code == 404
