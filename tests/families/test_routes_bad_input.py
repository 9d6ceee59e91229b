"""Wrong requests about families: one sentence each, the field named, the value never repeated."""

from typing import Any, get_args

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from app.families.routes import router
from app.families.schemas import FamilyFields, Pet
from app.kernel.reading import PETS
from tests.doors import open_door
from tests.families.telling import SPI_1, TOLD

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
        ("soort", SECRET),
        ("status", SECRET),
        ("postcode", SECRET),
        ("vormen", [SECRET]),
        ("bereidheid", {"lvb": SECRET}),
        ("beschikbaarVanaf", 0),
        ("vgbGeldigTot", SECRET),
        ("gewijzigdOp", 0),
        ("gewijzigdOp", SECRET),
        ("gewijzigdOp", "2150-01-01T00:00:00Z"),
        ("plaatsenTotaal", 21),
        ("plaatsenTotaal", 1.5),
        ("plaatsenVrij", 3),
        ("leeftijdVan", 13),
        ("beschikbaarTot", "2026-09-01"),
        ("vormen", []),
        ("eigenKinderenGeboren", [2099]),
        ("netwerkVoor", "AM-1"),
        ("huisdieren", [SECRET]),
        ("rookt", "nee"),
        ("onbekend", SECRET),
        ("nummer", "SPI-1"),
    ],
)
def test_a_wrong_field_is_named(client: TestClient, field: str, value: object) -> None:
    """Wrong words, types and dates, and fields that contradict each other."""
    expect_refused(client.put(SPI_1, json=TOLD | {field: value}), field)
    assert client.get(SPI_1).status_code == 404


@pytest.mark.parametrize("field", sorted(TOLD))
def test_what_is_not_told_is_asked(client: TestClient, field: str) -> None:
    """A gap is never read as a no; only what may be unknown may be left out."""
    told = {name: value for name, value in TOLD.items() if name != field}
    fields = {shape.alias or name: shape for name, shape in FamilyFields.model_fields.items()}
    answer = client.put(SPI_1, json=told)
    if fields[field].is_required():
        expect_refused(answer, field)
    else:
        assert answer.status_code == 201


@pytest.mark.parametrize("body", [b'{"naam": ', b"[1]", b"null", b"", b"\xff\xfe"])
def test_broken_json_is_refused(client: TestClient, body: bytes) -> None:
    """What is no JSON object is 400, not a crash."""
    headers = {"Content-Type": "application/json"}
    expect_refused(client.put(SPI_1, content=body, headers=headers), "")


@pytest.mark.parametrize("kind", ["text/plain", "text/csv", "application/xml"])
def test_another_content_type_is_refused(client: TestClient, kind: str) -> None:
    """Only JSON is read here; an export goes to /v1/imports."""
    body = f'{{"naam": "{SECRET}"}}'.encode()
    answer = client.put(SPI_1, content=body, headers={"Content-Type": kind})
    assert answer.status_code in (400, 415)
    expect_refused(answer, "", answer.status_code)


@pytest.mark.parametrize(
    "where", ["spirit/Geheim Iets", "spirit/Jansen", "SPIRIT/SPI-1", f"spirit/{'9' * 41}"]
)
def test_a_wrong_address_is_refused(client: TestClient, where: str) -> None:
    """A number holds a digit and no name; the address is not repeated."""
    answer = client.put(f"/v1/pleeggezinnen/{where}", json=TOLD)
    expect_refused(answer, "aanbieder" if "SPIRIT" in where else "nummer")
    assert "Jansen" not in answer.text


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"status": SECRET}, "status"),
        ({"vorm": SECRET}, "vorm"),
        ({"aanbieder": SECRET}, "aanbieder"),
        ({"aantal": "501"}, "aantal"),
        ({"cursor": SECRET}, "cursor"),
        ({"cursor": "YWJj"}, "cursor"),
    ],
)
def test_a_wrong_filter_is_refused(client: TestClient, query: dict[str, str], field: str) -> None:
    """A filter that means nothing is no empty list."""
    expect_refused(client.get("/v1/pleeggezinnen", params=query), field)


def test_the_pets_are_those_of_the_exports() -> None:
    """One list of animals, by file and by HTTP."""
    assert get_args(Pet) == PETS


def test_every_field_is_described_with_an_example() -> None:
    """A provider builds its link from the contract alone, and all examples make one family."""
    fields = FamilyFields.model_fields.values()
    assert all(field.description and field.examples for field in fields)
    named = FamilyFields.model_fields.items()
    example = {field.alias or name: (field.examples or [])[0] for name, field in named}
    FamilyFields.model_validate(example)
