"""Bad input at the door of the whole service: one sentence, the field named, no value repeated."""

import json
from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import URL

from app.db.opened import Database
from app.http.body_limit import MAX_BODY_BYTES
from app.http.problems import MOST_NAMED
from app.main import create_app
from app.settings import Settings
from app.uploads import receive
from tests.conftest import REGION
from tests.databases import copied
from tests.families.telling import SPI_1, TOLD
from tests.rows import make_family
from tests.signing import bearer

Body = dict[str, Any]
SECRET = "Geheim-Iets"
IMPORTS = "/v1/imports?soort=pleeggezinnen&aanbieder=spirit"
JSON = {"Content-Type": "application/json"}
STEP = {"aanbieder": "spirit", "gezin": "SPI-1", "redenKeuze": "Vertrouwd."}


@pytest.fixture(scope="module")
def database(settings: Settings, reference: URL) -> Iterator[Database]:
    """A family in a database of its own."""
    with copied(settings, reference, lambda s: make_family(s, reference="SPI-1")) as opened:
        yield opened


@pytest.fixture(scope="module")
def client(database: Database) -> Iterator[TestClient]:
    with TestClient(create_app(database), headers=bearer()) as opened:
        yield opened


@pytest.fixture(scope="module")
def registration() -> Body:
    with (REGION / "aanmeldingen.jsonl").open() as lines:
        found: Body = json.loads(next(lines))
    return found | {"bsn": None}


@pytest.fixture(scope="module")
def child(client: TestClient, registration: Body) -> str:
    """The address of a waiting child."""
    answer = client.post("/v1/kinderen", json=registration | {"aanmeldnummer": "AM-1"})
    assert answer.status_code == 201, answer.text
    return answer.headers["Location"]


@pytest.fixture
def bodies(child: str, registration: Body) -> dict[str, tuple[str, str, Body]]:
    """Every route that takes JSON: method, address and a good body."""
    other = registration | {"aanmeldnummer": "AM-9"}
    return {
        "meld kind aan": ("POST", "/v1/kinderen", other),
        "verbeter kind": ("PUT", child, registration | {"aanmeldnummer": "AM-1"}),
        "trek kind in": ("POST", f"{child}/_intrekken", {"reden": "anders"}),
        "zoek": ("POST", "/v1/kinderen/_zoek", {"aanmeldnummer": "AM-1"}),
        "gezin": ("PUT", SPI_1, TOLD),
        "matchrun": ("POST", "/v1/matchruns", {"beleid": "maximaal"}),
        "stap": ("POST", f"{child}/stappen", STEP),
    }


ROUTES = ("meld kind aan", "verbeter kind", "trek kind in", "zoek", "gezin", "matchrun", "stap")


def refused(answer: Response, status: int, *fields: str) -> None:
    """One sentence in problem+json that names the fields, and nothing of what was sent."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    told = answer.json()
    assert told["status"] == status
    assert told["detail"].endswith(".")
    assert ". " not in told["detail"]
    assert told.get("velden", []) == list(fields)
    assert all(field in told["detail"] for field in fields)
    assert SECRET not in answer.text


@pytest.mark.parametrize("route", ROUTES)
def test_a_wrong_content_type(
    client: TestClient, bodies: dict[str, tuple[str, str, Body]], route: str
) -> None:
    """Only JSON is read by these."""
    method, where, body = bodies[route]
    for kind in ("text/plain", "application/xml"):
        content = json.dumps(body | {"x": SECRET})
        answer = client.request(method, where, content=content, headers={"Content-Type": kind})
        refused(answer, 415, "Content-Type")


@pytest.mark.parametrize("route", ROUTES)
def test_a_body_over_the_limit(
    client: TestClient, bodies: dict[str, tuple[str, str, Body]], route: str
) -> None:
    """413 before it is read, and while it comes in without a length."""
    method, where, _ = bodies[route]
    content = (SECRET * (MAX_BODY_BYTES // len(SECRET) + 1)).encode()
    for sent in (content, iter([content[:1000], content[1000:]])):
        refused(client.request(method, where, content=sent, headers=JSON), 413, "body")


@pytest.mark.parametrize("route", ROUTES)
def test_broken_json(
    client: TestClient, bodies: dict[str, tuple[str, str, Body]], route: str
) -> None:
    """Cut off in the middle, or no UTF-8."""
    method, where, _ = bodies[route]
    for content in (f'{{"naam": "{SECRET}", '.encode(), b"\xff\xfe{"):
        refused(client.request(method, where, content=content, headers=JSON), 400, "body")


@pytest.mark.parametrize("route", ROUTES)
def test_an_unknown_field(
    client: TestClient, bodies: dict[str, tuple[str, str, Body]], route: str
) -> None:
    """It is named; its value is not."""
    method, where, body = bodies[route]
    answer = client.request(method, where, json=body | {"onbekendVeld": SECRET})
    refused(answer, 400, "onbekendVeld")


@pytest.mark.parametrize(
    ("route", "field"),
    [
        ("meld kind aan", "vorm"),
        ("meld kind aan", "urgentie"),
        ("verbeter kind", "bezoekPlek"),
        ("trek kind in", "reden"),
        ("gezin", "status"),
        ("gezin", "voorkeurGeslacht"),
    ],
)
def test_a_wrong_enum(
    client: TestClient, bodies: dict[str, tuple[str, str, Body]], route: str, field: str
) -> None:
    """The field is named with the words to choose from."""
    method, where, body = bodies[route]
    answer = client.request(method, where, json=body | {field: SECRET})
    refused(answer, 400, field)
    assert "kies uit" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("field", "value"),
    [("beleid", SECRET.lower()), ("beleid", SECRET), ("peildatum", SECRET), ("peildatum", 0)],
)
def test_a_policy_or_day_that_is_none(client: TestClient, field: str, value: object) -> None:
    """The words of a run: the field is named and the value is not."""
    answer = client.post("/v1/matchruns", json={field: value})
    refused(answer, 400, field)
    assert SECRET.lower() not in answer.text


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("text/csv", b"PK\x03\x04rest"),
        ("text/csv", b"%PDF-1.7"),
        ("text/csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
        ("text/csv", b'<?xml version="1.0"?><a/>'),
        ("text/csv", b'[{"a": 1}]'),
        ("application/json", b"a;b\n"),
        ("application/json", b"<a/>"),
        ("application/x-ndjson", b"[1]"),
        ("application/x-ndjson", b"\x89PNG\r\n\x1a\n\0\0"),
        ("application/xml", b'{"a": 1}'),
        ("text/xml", b"PK\x03\x04"),
        ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"a;b\n"),
    ],
)
def test_an_upload_that_is_not_what_it_says(client: TestClient, kind: str, content: bytes) -> None:
    """Told at the door, by how it begins: nothing is stored."""
    before = client.get("/v1/imports").json()
    sent = content + SECRET.encode()
    answer = client.post(IMPORTS, content=sent, headers={"Content-Type": kind})
    refused(answer, 415, "Content-Type")
    assert client.get("/v1/imports").json() == before


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("text/csv", b"\xef\xbb\xbfGezinsnummer;Achternaam\n"),
        ("text/csv", "ID,GEZIN,Youk\xe9\n".encode("cp1252")),
        ("application/json", b"\xef\xbb\xbf\n [\n"),
        ("application/x-ndjson", b"geen json\n{}\n"),
        ("application/xml", b'\xef\xbb\xbf<?xml version="1.0"?>'),
        ("text/xml", '\ufeff<?xml version="1.0" encoding="UTF-16"?>'.encode("utf-16-le")),
        ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK\x03\x04"),
        ("application/octet-stream", b"\x89PNG\r\n\x1a\n\0"),
    ],
)
def test_what_can_be_read_goes_to_the_reader(client: TestClient, kind: str, content: bytes) -> None:
    """A glance at the door refuses no file that a reader might take, or refuse row by row."""
    answer = client.post(IMPORTS, content=content, headers={"Content-Type": kind})
    assert answer.status_code == 202, answer.text


def test_an_upload_of_a_wrong_kind_or_size(client: TestClient) -> None:
    """Another media type, packed content, nothing at all, and too much."""
    csv = {"Content-Type": "text/csv"}
    png = {"Content-Type": "image/png"}
    refused(client.post(IMPORTS, content=SECRET, headers=png), 415, "Content-Type")
    packed = csv | {"Content-Encoding": "gzip"}
    refused(client.post(IMPORTS, content=SECRET, headers=packed), 415, "Content-Encoding")
    refused(client.post(IMPORTS, content=b"", headers=csv), 400, "body")
    with patch.object(receive, "MAX_FILE_BYTES", 5):
        refused(client.post(IMPORTS, content=SECRET, headers=csv), 413, "body")


@pytest.mark.parametrize("route", ["verbeter kind", "trek kind in", "gezin"])
def test_a_stale_etag(
    client: TestClient, bodies: dict[str, tuple[str, str, Body]], route: str
) -> None:
    """412 for a version that has passed, 428 for none; nothing changes."""
    method, where, body = bodies[route]
    read = where.removesuffix("/_intrekken")
    before = client.get(read)
    stale = {"If-Match": f'"{SECRET}"'}
    refused(client.request(method, where, json=body, headers=stale), 412, "If-Match")
    refused(client.request(method, where, json=body), 428, "If-Match")
    after = client.get(read)
    assert (after.json(), after.headers["ETag"]) == (before.json(), before.headers["ETag"])


@pytest.mark.parametrize("route", ["meld kind aan", "matchrun", "stap"])
def test_a_key_with_another_body(
    client: TestClient, bodies: dict[str, tuple[str, str, Body]], route: str
) -> None:
    """409: the first answer is not given for another question."""
    _, where, body = bodies[route]
    key = {"Idempotency-Key": f"sleutel-{ROUTES.index(route)}"}
    first = client.post(where, json=body, headers=key)
    assert first.is_success, first.text
    assert client.post(where, json=body, headers=key).json() == first.json()
    changed = {
        "meld kind aan": {"voornaam": SECRET}, "matchrun": {"seed": 7}, "stap": {"gezin": "SPI-2"},
    }[route]  # fmt: skip
    refused(client.post(where, json=body | changed, headers=key), 409, "Idempotency-Key")


def test_a_key_with_another_upload(client: TestClient) -> None:
    """409 here too, for a file of which only the bytes differ."""
    headers = {"Content-Type": "text/csv", "Idempotency-Key": "bestand"}
    assert client.post(IMPORTS, content=b"a;b", headers=headers).status_code == 202
    refused(client.post(IMPORTS, content=SECRET, headers=headers), 409, "Idempotency-Key")


@pytest.mark.parametrize(
    ("where", "field", "clause"),
    [
        (f"/v1/kinderen?aantal={SECRET}", "aantal", "is geen heel getal"),
        (f"/v1/matchruns/{SECRET}", "id", "is geen id"),
        (f"{IMPORTS}&bevestigd={SECRET}", "bevestigd", "is geen true of false"),
        (f"{IMPORTS}&peildatum={SECRET}", "peildatum", "schrijf jaar-maand-dag"),
        (f"/v1/pleeggezinnen/{SECRET}/SPI-1", "aanbieder", "heeft niet de goede vorm"),
    ],
)
def test_an_address_that_cannot_be_read(
    client: TestClient, where: str, field: str, clause: str
) -> None:
    """What stands in an address is refused with what belongs there, as in a body."""
    method = "POST" if where.startswith(IMPORTS) else "GET"
    answer = client.request(method, where, headers={"Content-Type": "text/csv"})
    refused(answer, 400, field)
    assert clause in answer.json()["detail"]


def test_faults_beyond_the_first_five_are_counted(client: TestClient) -> None:
    """Five are told in words, all are named, and the sentence says how many more there are."""
    told = client.post("/v1/kinderen", content=b"{}", headers=JSON).json()
    first, more = told["detail"].rsplit("; en nog ", 1)
    assert first.count("; vul dit veld in") == MOST_NAMED
    assert more == f"{len(told['velden']) - MOST_NAMED} andere."
