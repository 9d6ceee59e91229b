"""A search in another form begins with the family where a child lives, by whatever door."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from app.imports.report import source_of
from app.intake.draft_routes import router as drafts
from app.intake.file_routes import router as files
from app.intake.reader import read_registrations
from app.intake.routes import router
from app.intake.service import import_registrations
from app.kernel.actor import SYSTEM
from app.kernel.clock import today_in_amsterdam
from app.kernel.words import CareForm
from app.models import BegunPair, Child, Placement, Registration, RegistrationState
from app.settings import Settings
from tests.doors import open_door
from tests.rows import make_family, make_placement, make_registration

Body = dict[str, Any]
BIG5 = dict.fromkeys(("wonen", "financien", "werk_scholing", "steunnetwerk", "welzijn"), "ja")
FOLLOW_UP: Body = {
    "aanmeldnummer": "AM-2", "urgentie": "spoed", "verblijftNu": "pleeggezin",
    "moetWegOp": "2099-01-01", "nodigVanaf": "2026-12-01", "verwachteDuurMaanden": 24,
}  # fmt: skip


@pytest.fixture
def client(connection: Connection, session: Session) -> TestClient:
    return open_door(connection, router, files, drafts)


@pytest.fixture
def told(example: Body, session: Session) -> Body:
    """A registration for growing up of a child that lives in a family for short care."""
    told: Body = {
        **example, "aanmeldnummer": "AM-2", "vorm": "opvoeding", "broersZussen": None,
        "verblijftNu": "pleeggezin", "moetWegOp": "2099-01-01",
    }  # fmt: skip
    first = make_registration(
        session, number="AM-1", big5=BIG5, bsn=told["bsn"], care_form=CareForm.SHORT_TERM,
        state=RegistrationState.PLACED, staying_now="thuis",
    )  # fmt: skip
    child = session.get_one(Child, first.child_id)
    child.first_name, child.gender = told["voornaam"], told["geslacht"]
    child.born_on = told["geboortedatum"]
    family = make_family(session, reference="SPI-1")
    since = today_in_amsterdam() - timedelta(days=30)
    make_placement(session, registration_id=first.id, family_id=family.id, since=since)
    session.commit()
    return told


def first_of(session: Session) -> Registration:
    return session.scalars(select(Registration).where(Registration.number == "AM-1")).one()


def is_pointed_on(answer: Any, session: Session, *fields: str) -> bool:
    where = f"/v1/kinderen/{first_of(session).id}/_vervolg"
    body = answer.json()
    return answer.status_code == 409 and where in body["detail"] and body["velden"] == list(fields)


def test_a_registration_in_another_form_is_pointed_to_the_follow_up(
    client: TestClient, session: Session, told: Body
) -> None:
    """Nothing is stored; the follow-up at that address asks the family where the child lives."""
    assert is_pointed_on(client.post("/v1/kinderen", json=told), session, "bsn")
    assert len(session.scalars(select(Registration)).all()) == 1
    where = f"/v1/kinderen/{first_of(session).id}/_vervolg"
    made = client.post(where, json={**FOLLOW_UP, "vorm": "opvoeding"})
    assert client.get(made.headers["Location"]).json()["stand"] == "voorgesteld"
    assert session.scalars(select(BegunPair)).one().is_request


def test_a_draft_that_is_refused_loses_nothing(
    client: TestClient, session: Session, told: Body
) -> None:
    """It stands there as it was, with its version."""
    made = client.post("/v1/concepten", json=told)
    at, etag = made.headers["Location"], {"If-Match": made.headers["ETag"]}
    before = client.get(at).json()
    refused = client.post(f"{at}/_indienen", headers=etag)
    assert is_pointed_on(refused, session, "bsn")
    assert "concept blijft staan" in refused.json()["detail"]
    assert client.get(at).json() == before
    assert before["stand"] == "compleet"


@pytest.fixture
def bring(session: Session, settings: Settings, write: Callable[..., Path]) -> Callable[..., Any]:
    def call(row: Body) -> Any:
        path = write(row)
        reading = read_registrations(path, today=today_in_amsterdam())
        return import_registrations(
            session, actor=SYSTEM, reading=reading, source=source_of(path), settings=settings
        )

    return call


def test_a_row_of_a_file_is_refused_alike(
    session: Session, told: Body, bring: Callable[..., Any]
) -> None:
    """Also one that changes the form of a registration that is known; the rest of it may change."""
    (refusal,) = bring(told).refusals
    assert (refusal.field, f"{first_of(session).id}/_vervolg" in refusal.message) == ("vorm", True)
    beside = {**told, "vorm": "hulpverlening"}
    assert bring(beside).added == 1
    assert bring({**beside, "urgentie": "crisis"}).changed == 1
    (refusal,) = bring(told).refusals
    assert refusal.field == "vorm"


@pytest.mark.parametrize("form", ["crisis", "deeltijd", "hulpverlening"])
def test_care_beside_a_home_and_the_same_form_are_taken(
    client: TestClient, told: Body, form: str
) -> None:
    """A crisis never waits, a weekend is no other home, and in the same form nobody is asked."""
    assert client.post("/v1/kinderen", json={**told, "vorm": form}).status_code == 201


@pytest.mark.parametrize("changes", [
    {"until": today_in_amsterdam()}, {"form": CareForm.PART_TIME}, {"is_bridging": True},
    {"since": today_in_amsterdam() + timedelta(days=1)},
])  # fmt: skip
def test_who_does_not_live_there_is_registered_as_any_child(
    client: TestClient, session: Session, told: Body, changes: Body
) -> None:
    """On the last day, in weekends alone, in a bed of the crisis desk, or from tomorrow on."""
    stay = session.scalars(select(Placement)).one()
    for name, value in changes.items():
        setattr(stay, name, value)
    session.commit()
    assert client.post("/v1/kinderen", json=told).status_code == 201


def test_a_change_of_form_does_not_go_round_it(
    client: TestClient, session: Session, told: Body
) -> None:
    """By PUT from the form in which it lives; what else is said of the child may change."""
    made = client.post("/v1/kinderen", json={**told, "vorm": "hulpverlening"})
    at, etag = made.headers["Location"], {"If-Match": made.headers["ETag"]}
    refused = client.put(at, json=told, headers=etag)
    assert is_pointed_on(refused, session, "vorm")
    same = {**told, "vorm": "hulpverlening", "urgentie": "crisis"}
    assert client.put(at, json=same, headers=etag).status_code == 200


def test_a_follow_up_that_asked_may_change_its_form(
    client: TestClient, session: Session, told: Body
) -> None:
    """The family was asked, or it is known why not."""
    where = f"/v1/kinderen/{first_of(session).id}/_vervolg"
    passed = {"huidigGezinEerst": False, "redenNietEerst": "Het gezin stopt."}
    made = client.post(where, json={**FOLLOW_UP, **passed, "vorm": "opvoeding"})
    assert made.status_code == 201, made.text
    at, etag = made.headers["Location"], {"If-Match": made.headers["ETag"]}
    shown = client.get(at).json()
    changed = {name: shown[name] for name in told if name in shown and name != "bsn"}
    answer = client.put(at, json={**changed, "vorm": "crisis"}, headers=etag)
    assert answer.status_code == 200, answer.text
    assert (
        client.put(
            at, json={**changed, "vorm": "opvoeding"}, headers={"If-Match": answer.headers["ETag"]}
        ).status_code
        == 200
    )
