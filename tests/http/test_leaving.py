"""An operation that will go says so with its answers and in the contract, well ahead."""

import json
from datetime import date
from pathlib import Path

import pytest
from fastapi import APIRouter, FastAPI
from sqlalchemy import Connection

from app.http.leaving import LEAVING, Leaving
from app.http.openapi import write_contract
from app.http.secured import SecuredRoute
from app.settings import Settings
from tests.doors import open_door, signed_in

# The roles of an operation that there is; the route is of this test alone.
OPERATION = "leesAanbieder"
GOES = Leaving(since=date(2026, 12, 1), until=date(2027, 7, 1))


@pytest.fixture
def router(monkeypatch: pytest.MonkeyPatch) -> APIRouter:
    """A route that will go, and one beside it that stays."""
    monkeypatch.setitem(LEAVING, OPERATION, GOES)
    made = APIRouter(prefix="/proef", route_class=SecuredRoute)

    @made.get("/gaat", operation_id=OPERATION)
    def leaving() -> dict[str, str]:
        return {}

    @made.get("/blijft", operation_id="lijstAanbieders")
    def staying() -> dict[str, str]:
        return {}

    return made


def test_answers_say_since_when_and_until_when(router: APIRouter, connection: Connection) -> None:
    """Midnight in Amsterdam, as an instant; what stays says nothing."""
    client = open_door(connection, router)
    staff = signed_in("coordinator")
    answer = client.get("/v1/proef/gaat", headers=staff)
    assert answer.status_code == 200
    assert answer.headers["Deprecation"] == "@1796079600"
    assert answer.headers["Sunset"] == "Wed, 30 Jun 2027 22:00:00 GMT"
    stays = client.get("/v1/proef/blijft", headers=staff)
    assert stays.status_code == 200
    assert not {"Deprecation", "Sunset"} & {name.title() for name in stays.headers}


def test_the_contract_says_so(router: APIRouter, settings: Settings) -> None:
    """Deprecated, with both headers on what succeeds; the other is as it was."""
    app = FastAPI()
    app.include_router(router)
    paths = write_contract(app, settings)["paths"]
    leaving, staying = (paths[f"/proef/{word}"]["get"] for word in ("gaat", "blijft"))
    assert leaving["deprecated"] is True
    assert {"Deprecation", "Sunset"} <= leaving["responses"]["200"]["headers"].keys()
    assert "deprecated" not in staying
    assert "Sunset" not in staying["responses"]["200"]["headers"]


def test_nobody_is_given_less_than_six_months() -> None:
    """The table itself refuses it."""
    with pytest.raises(ValueError, match="six months"):
        Leaving(since=date(2026, 12, 1), until=date(2027, 5, 1))


def test_what_is_leaving_is_there() -> None:
    """Every name in the table is an operation of the contract, marked there; and no other is."""
    document = json.loads(Path("openapi/openapi.json").read_text("utf-8"))
    operations = [o for item in document["paths"].values() for o in item.values()]
    marked = {
        o["operationId"] for o in operations if isinstance(o, dict) and o.get("deprecated") is True
    }
    assert marked == set(LEAVING)
