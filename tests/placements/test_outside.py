"""Telling afterwards is no way round what a step asks; and from a crisis family one searches on."""

from datetime import date, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from app.kernel.words import CareForm, SiblingWish
from app.models import Placement, RecordedNo, Registration, RegistrationState, SiblingGroup
from tests.placements.living import MATCHER, TODAY, act, agreed, live_in, open_placements, waiting
from tests.rows import make_family
from tests.steps.settled import settle_frame

FORMS = (CareForm.CRISIS, CareForm.LONG_TERM)
NEXT = {
    "vorm": "opvoeding", "verwachteDuurMaanden": 24,
    "moetWegOp": (TODAY + timedelta(days=28)).isoformat(),
}  # fmt: skip
BIG5 = dict.fromkeys(("wonen", "financien", "werk_scholing", "steunnetwerk", "welzijn"), "ja")


@pytest.fixture
def client(connection: Connection, session: Session) -> TestClient:
    return open_placements(connection)


@pytest.fixture
def child(session: Session) -> Registration:
    make_family(session, reference="SPI-1", forms=FORMS)
    return waiting(session, big5=BIG5)


def told(child: Registration, **more: Any) -> dict[str, Any]:
    return {
        "kind": str(child.id), "aanbieder": "spirit", "gezin": "SPI-1", "van": TODAY.isoformat(),
        "reden": "Buiten de dienst afgesproken.", **agreed(), **more,
    }  # fmt: skip


def acute(child: Registration, **more: Any) -> dict[str, Any]:
    body = told(child, grond="acuut", vorm="crisis", **more)
    return {name: value for name, value in body.items() if not name.startswith("akkoord")}


def refused(client: TestClient, body: dict[str, Any], status: int) -> str:
    answer = client.post("/v1/plaatsingen", json=body)
    assert answer.status_code == status, answer.text
    return str(answer.json()["detail"])


def test_what_was_agreed_waits_for_the_law_and_two_yeses(
    client: TestClient, session: Session, child: Registration
) -> None:
    """Each in turn; what was told of them is readable afterwards."""
    assert "gezag" in refused(client, told(child), 409)
    settle_frame(session, child)
    without = told(child)
    del without["akkoordAanbiederOp"]
    assert refused(client, without, 400).startswith("akkoordAanbiederOp")
    made = client.post("/v1/plaatsingen", json=told(child))
    assert made.status_code == 201, made.text
    shown = made.json()["plaatsing"]
    assert {name: shown[name] for name in agreed()} == agreed()
    assert shown["herkomst"] == "gemeld" and shown["aandacht"] == []


def test_a_no_and_brothers_and_sisters_hold(
    client: TestClient, session: Session, child: Registration
) -> None:
    """A recorded no stops it; who is parted needs a reason."""
    settle_frame(session, child)
    group = SiblingGroup(code="BZ-1", wish=SiblingWish.TOGETHER)
    session.add(group)
    session.flush()
    for one in (child, waiting(session, "AM-8")):
        one.sibling_group_id, one.sibling_wish = group.id, SiblingWish.TOGETHER
    session.flush()
    assert refused(client, told(child), 400).startswith("redenSplitsing")
    reason = {"redenSplitsing": "Elk een eigen plek; elk weekend bij elkaar."}
    said = client.post("/v1/plaatsingen", json=told(child, **reason))
    assert said.status_code == 201, said.text
    home = session.scalars(select(Placement)).one()
    other = waiting(session, "AM-3")
    settle_frame(session, other)
    session.add(RecordedNo(registration_id=other.id, family_id=home.family_id, reason="te druk"))
    session.flush()
    assert "al nee gezegd" in refused(client, told(other), 409)


def test_a_move_needs_them_too(client: TestClient, session: Session) -> None:
    """The law as well; nothing changes until all is there."""
    placement = live_in(session, make_family(session, reference="SPI-1"))
    make_family(session, reference="SPI-2")
    body = {
        "aanbieder": "spirit", "gezin": "SPI-2", "dag": TODAY.isoformat(), "code": "35",
        "reden": "De moeder werd ziek.", **agreed(),
    }  # fmt: skip
    assert act(client, placement, "_verplaats", body).status_code == 409
    settle_frame(session, session.get_one(Registration, placement.registration_id))
    alone = {name: value for name, value in body.items() if not name.startswith("akkoordVerwijz")}
    assert act(client, placement, "_verplaats", alone).status_code == 400
    assert act(client, placement, "_verplaats", body | {"grond": "overgenomen"}).status_code == 400
    session.expire_all()
    assert session.scalars(select(Placement)).one().until is None
    made = act(client, placement, "_verplaats", body)
    assert made.status_code == 201, made.text
    assert made.json()["plaatsing"]["herkomst"] == "verplaatst"


def test_an_acute_one_goes_ahead_and_its_yeses_are_waited_for(
    client: TestClient, session: Session, child: Registration
) -> None:
    """What the law asks is told with it; once both yeses are recorded nobody waits any more."""
    made = client.post("/v1/plaatsingen", json=acute(child, vervolg=NEXT))
    assert made.status_code == 201, made.text
    shown = made.json()["plaatsing"]
    assert any("gezag" in sentence for sentence in made.json()["meldingen"])
    assert "akkoord ontbreekt" in shown["aandacht"]
    assert len(client.get("/v1/plaatsingen", params={"aandacht": True}).json()["plaatsingen"]) == 1
    at = f"/v1/plaatsingen/{shown['id']}"
    yeses = {name: value for name, value in agreed().items() if name != "grond"}
    tag = {"If-Match": client.get(at).headers["ETag"]}
    later = client.patch(at, json=yeses, headers=tag)
    assert later.status_code == 200, later.text
    assert "akkoord ontbreekt" not in later.json()["aandacht"]


def test_from_a_crisis_family_the_search_goes_on_or_somebody_says_why_not(
    client: TestClient, session: Session, child: Registration
) -> None:
    """Without either it is refused; told what for, the child is searched for again."""
    assert refused(client, acute(child), 400).startswith("vervolg")
    again = {"vorm": "crisis", "verwachteDuurMaanden": 1, "moetWegOp": NEXT["moetWegOp"]}
    assert "niet weer crisis" in refused(client, acute(child, vervolg=again), 400)
    made = client.post("/v1/plaatsingen", json=acute(child, vervolg=NEXT))
    assert made.status_code == 201, made.text
    assert "vervolg nog niet begonnen" not in made.json()["plaatsing"]["aandacht"]
    following = session.scalars(
        select(Registration).where(Registration.follows_id == child.id)
    ).one()
    assert following.state is RegistrationState.SEARCHING
    # Once nobody searches any more the placement says so.
    following.state = RegistrationState.WITHDRAWN
    session.flush()
    shown = client.get("/v1/plaatsingen", params={"aandacht": True}).json()["plaatsingen"]
    assert "vervolg nog niet begonnen" in shown[0]["aandacht"]
    matcher = client.get("/v1/plaatsingen", params={"aandacht": True}, headers=MATCHER).json()
    assert "vervolg nog niet begonnen" in matcher["plaatsingen"][0]["aandacht"]


def test_who_goes_home_from_a_crisis_family_is_not_searched_for(
    client: TestClient, session: Session, child: Registration
) -> None:
    """The reason is kept, and nobody is registered anew."""
    why = "Moeder komt maandag uit het ziekenhuis."
    made = client.post("/v1/plaatsingen", json=acute(child, redenGeenVervolg=why))
    assert made.status_code == 201, made.text
    shown = made.json()["plaatsing"]
    assert shown["redenGeenVervolg"] == why
    assert "vervolg nog niet begonnen" not in shown["aandacht"]
    session.expire_all()
    assert session.scalars(select(Registration)).one().state is RegistrationState.PLACED


def test_an_acute_move_lets_the_search_begin(client: TestClient, session: Session) -> None:
    """The child leaves a family today: it waits in the crisis family, and is searched for."""
    placement = live_in(session, make_family(session, reference="SPI-1"), big5=BIG5)
    make_family(session, reference="SPI-2", forms=FORMS)
    body = {
        "aanbieder": "spirit", "gezin": "SPI-2", "dag": TODAY.isoformat(), "code": "33",
        "vorm": "crisis", "reden": "Het ging vannacht mis.", "grond": "acuut", "vervolg": NEXT,
    }  # fmt: skip
    made = act(client, placement, "_verplaats", body)
    assert made.status_code == 201, made.text
    assert made.json()["plaatsing"]["aandacht"] == ["akkoord ontbreekt"]
    states = {row.number: row.state for row in session.scalars(select(Registration))}
    assert set(states.values()) == {RegistrationState.PLACED, RegistrationState.SEARCHING}


def test_who_lived_there_already_is_only_told_of(
    client: TestClient, session: Session, child: Registration
) -> None:
    """Before the registration, without a yes or the law; from today it is no such thing."""
    earlier = (child.registered_on - timedelta(days=1)).isoformat()
    body = {"grond": "overgenomen"}
    assert refused(client, told(child, **body), 400).startswith("grond")
    made = client.post("/v1/plaatsingen", json=told(child, **body) | {"van": earlier})
    assert made.status_code == 201, made.text
    assert date.fromisoformat(made.json()["plaatsing"]["van"]) < child.registered_on
