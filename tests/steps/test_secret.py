"""A secret placement: what could reach a parent names neither address, school nor distance."""

from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from app.main import ROUTERS
from app.models import Proposal, Registration
from tests.doors import open_door
from tests.proposals.running import run_here
from tests.rows import make_family
from tests.steps.settled import make_registration
from tests.steps.walking import COORDINATOR, REFERRER, begin, open_steps

BIG5 = dict.fromkeys(("wonen", "financien", "werk_scholing", "steunnetwerk", "welzijn"), "ja")
HIDDEN = {"woonplaatsGezin", "afstandKm", "redenKeuze", "steunplan", "redenGeenSteunplan"}


@pytest.fixture
def client(connection: Connection, session: Session) -> TestClient:
    return open_steps(connection)


def child_of(session: Session, *, is_secret: bool) -> Registration:
    """A child that organisation gi-a registered, with a family that a run weighed."""
    make_family(session, reference="SPI-1", place_name="Zaandam")
    child = make_registration(
        session, number="AM-1", owner_organisation="gi-a", secret_placement=is_secret, big5=BIG5,
        school_postcode="1013CD", keep_school=True,
    )  # fmt: skip
    session.commit()
    run_here(session)
    assert session.scalars(select(Proposal.km)).first() is not None
    session.commit()
    return child


@pytest.mark.parametrize("is_secret", [False, True])
def test_a_referrer_does_not_see_where_a_secret_child_goes(
    client: TestClient, session: Session, is_secret: bool
) -> None:
    """Of another child it does; the coordinator sees all of both."""
    child = child_of(session, is_secret=is_secret)
    walk = begin(client, child, redenKeuze="Dit gezin woont in Zaandam.")
    for where in (walk.at, f"/v1/kinderen/{child.id}/stappen"):
        text = client.get(where, headers=REFERRER).text
        assert ("Zaandam" in text) is not is_secret
    assert HIDDEN - walk.read(REFERRER).keys() == (HIDDEN if is_secret else set())
    assert walk.read(COORDINATOR).keys() > HIDDEN
    walk.walk_to("kennismaking")
    assert ("Zaandam" in walk.consent(REFERRER).text) is not is_secret


def test_a_referrer_reads_in_the_history_no_words_of_others(
    connection: Connection, session: Session
) -> None:
    """The family's no, and why a child went to live there, may name where; staff reads it."""
    client = open_door(connection, *ROUTERS)
    child = child_of(session, is_secret=True)
    walk = begin(client, child, redenKeuze="Dichtbij.")
    no = {"door": "gezin", "afwijsreden": "anders", "reden": "Dan weet vader van Zaandam."}
    answer = client.post(f"{walk.at}/_nee", json=no, headers=COORDINATOR)
    assert answer.status_code == 200, answer.text
    where = f"/v1/kinderen/{child.id}/geschiedenis"
    assert "Zaandam" in client.get(where, headers=COORDINATOR).text
    shown = client.get(where, headers=REFERRER)
    assert shown.status_code == 200 and len(shown.json()["stappen"]) > 1
    assert "Zaandam" not in shown.text and "reden" not in shown.text


def read(client: TestClient, child: Registration, who: dict[str, str]) -> Any:
    return client.get(f"/v1/kinderen/{child.id}", headers=who)


@pytest.mark.parametrize("is_secret", [False, True])
def test_a_referrer_does_not_see_the_school_of_a_secret_child(
    client: TestClient, session: Session, is_secret: bool
) -> None:
    """Its own registration comes without it; staff see it."""
    child = child_of(session, is_secret=is_secret)
    shown = read(client, child, REFERRER)
    assert shown.json()["geheimePlaatsing"] is is_secret
    assert ("school" in shown.json(), "1013CD" in shown.text) == (not is_secret, not is_secret)
    assert read(client, child, COORDINATOR).json()["school"]["postcode"] == "1013CD"


def test_a_school_that_is_not_shown_is_not_lost(client: TestClient, session: Session) -> None:
    """A referrer that sends back what it read keeps the school; null takes it away."""
    child = child_of(session, is_secret=True)
    not_sent = ("id", "stand", "bsnBekend", "groepNavragen", "groepNavragenRedenen",
                "intrekkingsreden", "ingetrokkenOp", "woonplekGeheim")  # fmt: skip
    for school, kept in ({}, "1013CD"), ({"school": None}, None):
        got = read(client, child, REFERRER)
        body = {k: v for k, v in got.json().items() if k not in not_sent}
        body |= {"talen": ["Nederlands", "Arabisch"], **school}
        head = {**REFERRER, "If-Match": got.headers["ETag"]}
        put = client.put(f"/v1/kinderen/{child.id}", json=body, headers=head)
        assert put.status_code == 200, put.text
        assert "school" not in put.json()
        found = read(client, child, COORDINATOR).json()["school"]
        assert (found and found["postcode"]) == kept
