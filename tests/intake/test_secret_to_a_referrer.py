"""Of a secret placement a referrer is not shown where the child is, and its changes keep it."""

from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from app.intake.correction_routes import router as corrections
from app.intake.draft_routes import router as drafts
from app.intake.own import HIDDEN
from app.intake.routes import router
from app.intake.schemas import RegistrationIn
from app.intake.waiting_routes import router as waiting
from app.kernel.actor import ActorRole
from app.security.access import load_access
from tests.doors import open_door, signed_in

Body = dict[str, Any]
OWN = signed_in("verwijzer", "gi-a")
INTAKE = signed_in("aanmeldpunt")
PLACE = "crisispleeggezin De Wilg"
SCHOOL = {"postcode": "1013AB", "behouden": True}
KIN = {"netwerkgezin": "NET-7001", "woontBijNetwerkgezinSinds": "2026-09-01"}


@pytest.fixture
def client(connection: Connection, session: Session) -> TestClient:
    return open_door(connection, router, drafts, waiting, corrections)


@pytest.fixture
def secret(example: Body) -> Body:
    told = {"geheimePlaatsing": True, "verblijftNu": PLACE, "school": SCHOOL, **KIN}
    return example | told | {"broersZussen": None}


@pytest.fixture
def where(client: TestClient, secret: Body) -> str:
    answer = client.post("/v1/kinderen", json=secret, headers=OWN)
    assert answer.status_code == 201, answer.text
    return str(answer.headers["Location"])


def put(client: TestClient, where: str, body: Body, who: dict[str, str] = OWN) -> Any:
    etag = client.get(where, headers=who).headers["ETag"]
    return client.put(where, json=body, headers=who | {"If-Match": etag})


def without(body: Body, *names: str) -> Body:
    return {name: value for name, value in body.items() if name not in names}


def test_what_is_hidden_is_what_its_changes_keep() -> None:
    """The list of fields in the file of access and the one of the service are the same."""
    assert load_access().kept_secret("RegistrationOut", ActorRole.REFERRER) == set(HIDDEN)
    fields = RegistrationIn.model_fields
    assert {fields[name].alias or name for name in HIDDEN.values()} == set(HIDDEN)


def test_the_file_tells_the_staff_and_not_the_referrer(client: TestClient, where: str) -> None:
    """Nor the answer to its own change."""
    shown = client.get(where, headers=OWN)
    assert PLACE not in shown.text
    assert {"verblijftNu", "school", *KIN} & shown.json().keys() == set()
    assert client.get(where, headers=INTAKE).json()["verblijftNu"] == PLACE


def test_an_open_placement_is_no_secret(client: TestClient, example: Body) -> None:
    """Then the referrer reads where the child is, and has to tell it."""
    body = example | {"geheimePlaatsing": False, "broersZussen": None}
    where = client.post("/v1/kinderen", json=body, headers=OWN).headers["Location"]
    assert client.get(where, headers=OWN).json()["verblijftNu"] == example["verblijftNu"]
    refused = put(client, where, without(body, "verblijftNu"))
    assert (refused.status_code, refused.json()["detail"][:11]) == (400, "verblijftNu")


def test_a_referrers_change_keeps_what_it_is_not_shown(
    client: TestClient, where: str, secret: Body
) -> None:
    """It sends what it read; what it tells itself counts; the staff has to tell all."""
    changed = without(secret, "verblijftNu", "school", "bsn", *KIN) | {"bezoekPerMaand": 3}
    answer = put(client, where, changed)
    assert answer.status_code == 200, answer.text
    kept = client.get(where, headers=INTAKE).json()
    assert (kept["verblijftNu"], kept["school"]) == (PLACE, SCHOOL)
    assert {name: kept[name] for name in KIN} == KIN
    assert kept["bezoekPerMaand"] == 3
    put(client, where, changed | {"verblijftNu": "thuis"})
    assert client.get(where, headers=INTAKE).json()["verblijftNu"] == "thuis"
    assert put(client, where, changed, INTAKE).status_code == 400


def test_the_waiting_list_tells_the_staff_alone(
    client: TestClient, where: str, secret: Body
) -> None:
    """Of a registration and of a draft."""
    begun = {name: secret[name] for name in ("verblijftNu", "geheimePlaatsing")}
    assert client.post("/v1/concepten", json=begun, headers=OWN).status_code == 201
    whole = client.get("/v1/wachtlijst", headers=INTAKE).json()["wachtenden"]
    assert [row["verblijftNu"] for row in whole] == [PLACE, PLACE]
    shown = client.get("/v1/wachtlijst", headers=OWN)
    assert [row["geheimePlaatsing"] for row in shown.json()["wachtenden"]] == [True, True]
    assert PLACE not in shown.text


def test_a_draft_keeps_what_it_does_not_show(client: TestClient, secret: Body) -> None:
    """Gone on with and handed in by the referrer, it becomes a registration with all of it."""
    draft = client.post("/v1/concepten", json=secret, headers=OWN).headers["Location"]
    shown = client.get(draft, headers=OWN)
    told = shown.json()["gegevens"]
    assert PLACE not in shown.text
    assert {"verblijftNu", "school", *KIN} & told.keys() == set()
    assert put(client, draft, told | {"bezoekPerMaand": 3}).status_code == 200
    etag = {"If-Match": client.get(draft, headers=OWN).headers["ETag"]}
    made = client.post(f"{draft}/_indienen", headers=OWN | etag)
    assert made.status_code == 201, made.text
    kept = client.get(made.headers["Location"], headers=INTAKE).json()
    assert (kept["verblijftNu"], kept["school"]) == (PLACE, SCHOOL)
    assert {name: kept[name] for name in KIN} == KIN


def test_corrections_do_not_tell_it_either(client: TestClient, where: str) -> None:
    """What stood there and why is for the staff; a referrer cannot try values out."""
    wish = {"veld": "verblijftNu", "waarde": "netwerk", "betwistDoor": "ouder", "reden": "Gebeld."}

    def amend(who: dict[str, str], **given: Any) -> Any:
        etag = {"If-Match": client.get(where, headers=who).headers["ETag"]}
        return client.post(f"{where}/correcties", json=wish | given, headers=who | etag)

    for field in ("verblijftNu", "school.postcode", "netwerkgezin"):
        assert amend(OWN, veld=field, waarde="1013AB").status_code == 400
    assert amend(INTAKE).status_code == 201
    assert amend(OWN, veld="bezoekPerMaand", waarde=2.0).status_code == 201
    all_of_it = client.get(f"{where}/correcties", headers=INTAKE).json()["correcties"]
    assert [row["was"] for row in all_of_it][1] == PLACE
    shown = client.get(f"{where}/correcties", headers=OWN)
    assert PLACE not in shown.text
    assert [("was" in row, "reden" in row) for row in shown.json()["correcties"]] == [
        (True, True), (False, False),
    ]  # fmt: skip
