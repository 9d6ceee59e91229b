"""How often one asker may ask: counted apart for each, and never at the crisis desk."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import URL

from app.db.opened import Database
from app.http.rates import SHIPPED, Limits, Table, load_table, open_limits
from app.kernel.errors import NotReady, TooMany
from app.main import create_app
from app.security.access import load_access
from app.settings import Settings
from tests.databases import copied
from tests.signing import bearer

FEW = Table(
    mensen=5,
    systemen=8,
    zonder_token=3,
    vrij={"lijstCrisismeldingen"},
    operaties={"zoekKinderen": 2},
)


@pytest.fixture(scope="module")
def own(settings: Settings, reference: URL) -> Iterator[Database]:
    """A database of its own: what is done here is committed."""
    with copied(settings, reference) as opened:
        yield opened


@pytest.fixture
def client(own: Database) -> Iterator[TestClient]:
    app = create_app(own)
    with TestClient(app, headers=bearer()) as opened:
        v1 = next(r.app for r in app.routes if getattr(r, "path", "") == "/v1")
        v1.state.limits = Limits(FEW)
        yield opened


def test_who_asks_too_much_hears_when_to_come_back(client: TestClient) -> None:
    """The sixth in a minute is a 429 with a time, as problem+json."""
    answers = [client.get("/v1/kinderen") for _ in range(7)]
    assert [a.status_code for a in answers][:5] == [200] * 5
    last = answers[-1]
    assert last.status_code == 429
    assert last.headers["content-type"] == "application/problem+json"
    assert 1 <= int(last.headers["Retry-After"]) <= 60
    assert last.headers["Retry-After"] in last.json()["detail"]


def test_the_crisis_desk_is_never_stopped(client: TestClient) -> None:
    """Not even for who has asked too much elsewhere."""
    for _ in range(7):
        client.get("/v1/kinderen")
    assert client.get("/v1/crisismeldingen").status_code == 200


def test_searching_by_bsn_is_for_few_times(client: TestClient) -> None:
    """Whoever tries numbers one after the other does not get far."""
    asked = [client.post("/v1/kinderen/_zoek", json={"bsn": "999990019"}) for _ in range(3)]
    assert [a.status_code for a in asked] == [200, 200, 429]


def test_each_is_counted_apart() -> None:
    """What one does takes nothing from another, and a system has more than a person."""
    limits = Limits(FEW)
    for _ in range(5):
        limits.count("lijstKinderen", "noor", is_system=False)
    limits.count("lijstKinderen", "sem", is_system=False)
    with pytest.raises(TooMany):
        limits.count("lijstKinderen", "noor", is_system=False)
    for _ in range(8):
        limits.count("lijstKinderen", "systeem", is_system=True)
    with pytest.raises(TooMany):
        limits.count("lijstKinderen", "systeem", is_system=True)


def test_who_tries_tokens_is_not_listened_to(client: TestClient) -> None:
    """After three that were no good, even looking at them stops; with a known token one goes on."""
    assert client.get("/v1/kinderen").status_code == 200  # seen: known for a minute
    wrong = {"Authorization": "Bearer geen.goed.token"}
    statuses = [client.get("/v1/kinderen", headers=wrong).status_code for _ in range(5)]
    assert statuses == [401, 401, 401, 429, 429]
    assert client.get("/v1/kinderen").status_code == 200


def test_the_shipped_table_holds_outside_development() -> None:
    """On one's own machine nothing is counted, unless a file is named."""
    assert open_limits(Settings(environment="ontwikkeling")) is None
    assert open_limits(Settings(environment="ontwikkeling", limits=SHIPPED)) is not None
    table = load_table(SHIPPED)
    assert table.operaties["zoekKinderen"] < table.mensen < table.systemen
    assert "meldCrisis" in table.vrij


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("mensen = 0\nsystemen = 1\nzonder_token = 1", "mensen"),
        ("mensen = ", "niet te lezen"),
        ("mensen = 1\nsystemen = 1\nzonder_token = 1\nvrij = ['bestaatNiet']", "bestaatNiet"),
        ("mensen = 1\nsystemen = 1\nzonder_token = 1\nmaximaal = 3", "maximaal"),
    ],
)
def test_a_wrong_table_is_one_sentence(tmp_path: Path, text: str, clause: str) -> None:
    file = tmp_path / "limieten.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(NotReady, match=clause):
        load_table(file)


def test_every_operation_tells_of_it() -> None:
    """The contract names 429, with Retry-After, wherever one must sign in."""
    contract = json.loads(Path("openapi/openapi.json").read_text(encoding="utf-8"))
    told = {
        operation["operationId"]: "429" in operation["responses"]
        for item in contract["paths"].values()
        for operation in item.values()
        if isinstance(operation, dict) and "operationId" in operation
    }
    is_open = load_access().open_to_all
    assert told == {name: name not in is_open for name in told}
    assert "Retry-After" in contract["components"]["responses"]["Probleem429"]["headers"]
