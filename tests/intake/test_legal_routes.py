"""The legal frame over HTTP, and where providers have a contract."""

from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from app.intake.contract_routes import router as contracts
from app.intake.file_routes import router as files
from app.intake.routes import router
from tests.doors import open_door, signed_in

Body = dict[str, Any]
FRAME: Body = {
    "gezag": [
        {"soort": "ouder", "toestemming": "ja", "gevraagdOp": "2026-11-02"},
        {"soort": "ouder", "toestemming": "ja", "gevraagdOp": None},
    ],
    "machtigingUitgevoerdOp": "2026-10-10",
    "machtigingTotEnMet": "2099-01-01",
    "toezichtTotEnMet": "2099-01-01",
    "verantwoordelijkeGemeente": "Amsterdam",
}
ADMINISTRATOR = signed_in("beheerder")


@pytest.fixture
def client(connection: Connection, session: Session) -> TestClient:
    return open_door(connection, router, files, contracts)


@pytest.fixture
def where(client: TestClient, example: Body) -> str:
    made = client.post("/v1/kinderen", json=example).headers["Location"]
    return f"{made}/juridisch-kader"


def put(client: TestClient, where: str, body: Body, etag: str, **headers: str) -> Any:
    return client.put(where, json=body, headers={"If-Match": etag} | headers)


def gaps(answer: Any) -> list[str]:
    return [gap["code"] for gap in answer.json()["hiaten"]]


def test_an_empty_frame_tells_what_stops_a_placement(client: TestClient, where: str) -> None:
    """Nothing recorded is version 0, and the order of the registration is judged already."""
    answer = client.get(where)
    assert answer.headers["ETag"] == '"0"'
    assert gaps(answer) == ["gezag", "einde ondertoezicht", "gemeente"]
    assert answer.json()["uitvoerenVoor"] == "2026-12-30"


def test_a_frame_is_recorded_on_the_version_that_was_read(client: TestClient, where: str) -> None:
    """428 without, 412 with an old version; what was told comes back; a new consent is a change."""
    assert client.put(where, json=FRAME).status_code == 428
    answer = put(client, where, FRAME, '"0"')
    assert (answer.status_code, answer.headers["ETag"]) == (200, '"1"')
    assert {name: answer.json()[name] for name in FRAME} == FRAME
    assert gaps(answer) == []
    assert put(client, where, FRAME, '"0"').status_code == 412
    unasked = FRAME | {"gezag": [*FRAME["gezag"], {"soort": "voogd", "toestemming": "onbekend"}]}
    changed = put(client, where, unasked, '"1"')
    assert (changed.headers["ETag"], gaps(changed)) == ('"2"', ["toestemming"])
    assert len(client.get(where).json()["gezag"]) == 3


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"gezag": [{"soort": "niemand"}, {"soort": "ouder"}]}, "niemand"),
        ({"gezag": [{"soort": "oma"}]}, "soort"),
        ({"machtigingUitgevoerdOp": "2999-01-01"}, "machtigingUitgevoerdOp"),
        ({"machtigingUitgevoerdOp": "2026-09-29"}, "machtigingUitgevoerdOp"),
        ({"toezichtTotEnMet": "volgend jaar"}, "toezichtTotEnMet"),
    ],
)
def test_a_frame_that_cannot_be_is_refused(
    client: TestClient, where: str, change: Body, word: str
) -> None:
    """One sentence that names the field, and nothing is stored."""
    answer = put(client, where, FRAME | change, '"0"')
    assert answer.status_code == 400
    assert word in answer.json()["detail"]
    assert client.get(where).headers["ETag"] == '"0"'


def test_a_contract_counts_for_the_provider_that_is_meant(client: TestClient, where: str) -> None:
    """Not configured is told and no gap, outside its municipalities is one."""
    put(client, where, FRAME, '"0"')
    meant = {"params": {"aanbieder": "spirit"}}
    assert gaps(client.get(where, **meant)) == client.get(where).json()["navragen"] == []
    (notice,) = client.get(where, **meant).json()["navragen"]
    assert (notice["code"], notice["zin"][:20]) == ("contract", "Contract niet bekend")
    contract = "/v1/contracten/spirit"
    assert client.get(contract).headers["ETag"] == '"0"'
    made = put(client, contract, {"gemeenten": ["Zaanstad"]}, '"0"', **ADMINISTRATOR)
    assert (made.status_code, made.headers["ETag"]) == (200, '"1"')
    assert gaps(client.get(where, **meant)) == ["contract"]
    assert client.get(where, **meant).json()["navragen"] == []
    wider = {"gemeenten": ["Zaanstad", "amsterdam"]}
    assert put(client, contract, wider, '"0"', **ADMINISTRATOR).status_code == 412
    put(client, contract, wider, '"1"', **ADMINISTRATOR)
    assert gaps(client.get(where, **meant)) == []
    assert client.get(where, params={"aanbieder": "nergens"}).status_code == 404


def test_only_an_administrator_configures_contracts(client: TestClient) -> None:
    """Everybody on the staff reads them, for every provider."""
    assert put(client, "/v1/contracten/spirit", {"gemeenten": []}, '"0"').status_code == 403
    listed = client.get("/v1/contracten").json()["contracten"]
    assert {one["aanbieder"] for one in listed} >= {"spirit", "youke", "wsp", "vitree"}
    assert {one["gemeenten"] for one in listed} == {None}


def test_a_referrer_records_the_frame_of_its_own_child(client: TestClient, example: Body) -> None:
    """It knows the order first; of another's child it finds nothing."""
    own, other = signed_in("verwijzer", "gi-a"), signed_in("verwijzer", "gi-b")
    made = client.post("/v1/kinderen", json=example, headers=own).headers["Location"]
    where = f"{made}/juridisch-kader"
    assert put(client, where, FRAME, '"0"', **other).status_code == 404
    assert client.get(where, headers=other).status_code == 404
    assert put(client, where, FRAME, '"0"', **own).json()["gezag"] == FRAME["gezag"]
