"""Drafts: begun with little, gone on with later, handed in whole."""

from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from app.intake.draft_routes import router as drafts
from app.intake.file_routes import router as files
from app.intake.routes import router
from app.kernel.clock import today_in_amsterdam
from app.models import Draft, GivenAnswer, Registration
from tests.doors import open_door, signed_in

Body = dict[str, Any]
CONCEPTEN = "/v1/concepten"


@pytest.fixture
def client(connection: Connection, session: Session) -> TestClient:
    return open_door(connection, router, files, drafts)


def begin(client: TestClient, body: Body, **headers: str) -> str:
    answer = client.post(CONCEPTEN, json=body, headers=headers)
    assert answer.status_code == 201, answer.text
    return answer.headers["Location"]


def put(client: TestClient, where: str, body: Body, etag: str, **headers: str) -> Any:
    return client.put(where, json=body, headers={"If-Match": etag} | headers)


def hand_in(client: TestClient, where: str, etag: str, **headers: str) -> Any:
    return client.post(f"{where}/_indienen", headers={"If-Match": etag} | headers)


def test_a_draft_begins_with_nothing_and_tells_all_that_is_missing(client: TestClient) -> None:
    """It is a 'concept', and each asked field has its reason."""
    told = client.get(begin(client, {})).json()
    assert told["stand"] == "concept"
    assert told["begonnenOp"] == today_in_amsterdam().isoformat()
    first = told["ontbreekt"][0]
    assert (first["veld"], first["nodigVoor"]) == ("aanmeldnummer", "zoeken")


def test_what_was_told_is_gone_on_with(client: TestClient, example: Body, session: Session) -> None:
    """Read, add, put back on the version that was read; the BSN stays and never comes back."""
    where = begin(client, {"voornaam": "Noor", "bsn": example["bsn"]})
    answer = client.get(where)
    assert (answer.headers["ETag"], answer.json()["bsnBekend"]) == ('"1"', True)
    told = answer.json()["gegevens"]
    assert told["voornaam"] == "Noor"
    assert "bsn" not in told
    assert put(client, where, told, '"7"').status_code == 412
    later = put(client, where, told | {"problematiek": {"lvb": 2}}, '"1"')
    assert (later.status_code, later.headers["ETag"]) == (200, '"2"')
    assert later.json()["bsnBekend"] is True
    assert later.json()["gegevens"]["problematiek"]["lvb"] == 2
    assert put(client, where, told | {"bsn": None}, '"2"').json()["bsnBekend"] is False
    session.commit()
    sealed = session.scalars(select(Draft.sealed)).one()
    assert sealed is not None
    assert b"Noor" not in sealed


def test_a_wrong_value_is_refused_at_once(client: TestClient) -> None:
    """A draft may lack fields, and holds no nonsense."""
    answer = client.post(CONCEPTEN, json={"vorm": "iets", "leeftijd": 3})
    assert answer.status_code == 400
    assert {"vorm", "leeftijd"} <= set(answer.json()["velden"])


def test_a_draft_that_is_not_complete_is_not_handed_in(client: TestClient, example: Body) -> None:
    """The refusal names where it stands and what is open; a complete one asks its version."""
    where = begin(client, {"voornaam": "Noor"})
    refused = hand_in(client, where, '"1"')
    assert refused.status_code == 409
    assert "'concept'" in refused.json()["detail"]
    assert "'compleet'" in refused.json()["detail"]
    assert put(client, where, example, '"1"').json()["stand"] == "compleet"
    assert client.post(f"{where}/_indienen").status_code == 428


def test_where_the_child_is_and_when_that_ends_is_asked(client: TestClient, example: Body) -> None:
    """Without the day on which the stay ends a draft is not complete."""
    where = begin(client, example | {"verblijftNu": "groep", "moetWegOp": None})
    told = client.get(where).json()
    assert told["stand"] == "concept"
    missing = [one["veld"] for one in told["ontbreekt"] if one["nodigVoor"] == "zoeken"]
    assert missing == ["moetWegOp"]


def test_a_draft_handed_in_is_the_registration_that_was_meant(
    client: TestClient, example: Body, session: Session
) -> None:
    """The same id, all that was told, one history from the first word; the draft is gone."""
    where = begin(client, {"voornaam": "Noor"})
    put(client, where, example, '"1"')
    answer = hand_in(client, where, '"2"', **{"Idempotency-Key": "een"})
    assert answer.status_code == 201, answer.text
    child = answer.headers["Location"]
    assert child.rpartition("/")[2] == where.rpartition("/")[2]
    shown = client.get(child).json()
    told = {name: value for name, value in example.items() if name != "bsn"}
    assert {name: shown[name] for name in told} == told
    assert shown["bsnBekend"] is True
    steps = client.get(f"{child}/geschiedenis").json()["stappen"]
    assert [(step["van"], step["naar"]) for step in steps] == [
        (None, "concept"), ("concept", "compleet"), ("compleet", "zoekt"),
    ]  # fmt: skip
    assert client.get(where).status_code == 404
    for late in (put(client, where, example, '"2"'), hand_in(client, where, '"2"')):
        assert late.status_code == 409, late.text
        assert f"({child})" in late.json()["detail"]
        assert "van hier kan alleen 'voorgesteld' of" in late.json()["detail"]
    again = hand_in(client, where, '"2"', **{"Idempotency-Key": "een"})
    assert (again.status_code, again.json()) == (201, answer.json())
    assert len(session.scalars(select(Registration.id)).all()) == 1
    kept = session.scalars(select(GivenAnswer.body)).all()
    assert example["voornaam"] not in str(kept)


def test_a_draft_with_a_number_in_use_stays_a_draft(client: TestClient, example: Body) -> None:
    """What refuses a registration refuses this one, and nothing is lost."""
    client.post("/v1/kinderen", json=example)
    where = begin(client, example | {"bsn": None})
    assert hand_in(client, where, '"1"').status_code == 409
    assert client.get(where).json()["stand"] == "compleet"


def test_a_draft_that_is_stopped_forgets_what_was_told(client: TestClient, example: Body) -> None:
    """Its history stays; it is in no list, and cannot be gone on with."""
    where = begin(client, example)
    wish = {"json": {"reden": "Het kind blijft thuis."}, "headers": {"If-Match": '"1"'}}
    answer = client.post(f"{where}/_intrekken", **wish)
    assert (answer.status_code, answer.json()["stand"]) == (200, "ingetrokken")
    assert set(answer.json()["gegevens"].values()) == {None}
    assert client.get(CONCEPTEN).json()["concepten"] == []
    last = client.get(f"{where}/geschiedenis").json()["stappen"][-1]
    assert (last["naar"], last["reden"]) == ("ingetrokken", "Het kind blijft thuis.")
    assert put(client, where, example, '"2"').status_code == 409


def test_drafts_are_listed_page_by_page_without_names(client: TestClient) -> None:
    """The oldest first; the link leads on to the last one."""
    made = [begin(client, {"aanmeldnummer": f"AM-{n}", "voornaam": "Noor"}) for n in range(3)]
    page = client.get(CONCEPTEN, params={"aantal": 2})
    assert [one["aanmeldnummer"] for one in page.json()["concepten"]] == ["AM-0", "AM-1"]
    assert "Noor" not in page.text
    rest = client.get(page.links["next"]["url"]).json()["concepten"]
    assert [one["id"] for one in rest] == [made[2].rpartition("/")[2]]


def test_a_referrer_writes_its_own_drafts(client: TestClient, example: Body) -> None:
    """Another organisation finds nothing; the registration that comes of it is its own too."""
    own, other = signed_in("verwijzer", "gi-a"), signed_in("verwijzer", "gi-b")
    where = begin(client, {"voornaam": "Noor"}, **own)
    for answer in (
        client.get(where, headers=other),
        put(client, where, example, '"1"', **other),
        hand_in(client, where, '"1"', **other),
    ):
        assert answer.status_code == 404
    assert client.get(CONCEPTEN, headers=other).json()["concepten"] == []
    assert put(client, where, example, '"1"', **own).status_code == 200
    child = hand_in(client, where, '"2"', **own).headers["Location"]
    assert client.get(child, headers=own).status_code == 200
    assert client.get(child, headers=other).status_code == 404
    assert client.get(where, headers=signed_in("aanbieder-matcher", "spirit")).status_code == 403
