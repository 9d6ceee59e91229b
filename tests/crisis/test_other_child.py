"""A child that is not as the report told is a question to a person."""

from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from app.crisis.beds import Person
from app.crisis.children import choose_child
from app.crisis.routes import router
from app.kernel.errors import Conflict
from app.kernel.words import Gender
from app.models import CrisisChild, Placement
from tests.crisis.test_routes import ask, call, make_home
from tests.crisis.test_siblings import link, make_child
from tests.doors import open_door, signed_in

BOY_OF_THREE = Person(3, Gender.BOY)


@pytest.fixture
def client(connection: Connection) -> TestClient:
    made = open_door(connection, router)
    made.headers.update(signed_in("crisisdienst"))
    return made


def test_a_girl_of_sixteen_is_no_boy_of_three(client: TestClient, session: Session) -> None:
    """It says what differs; with the reason she is linked, and that is kept."""
    make_home(session, "SPI-1")
    report = ask(client, leeftijd=3, geslacht="jongen")
    assert call(client, report, "SPI-1", "ja").status_code == 201
    girl = make_child(session, "AM-1", 16, Gender.GIRL)
    refused = link(client, report, girl)
    said = refused.json()["detail"]
    assert refused.status_code == 409
    assert "een jongen van 3 jaar" in said and "een meisje van 16 jaar" in said
    assert session.scalars(select(Placement)).all() == []
    why: dict[str, Any] = {"redenAnders": "De politie noemde het broertje; hij ging naar oma."}
    linked = link(client, report, girl, **why)
    assert linked.status_code == 200, linked.text
    assert linked.json()["kinderen"][0]["redenAnders"] == why["redenAnders"]
    session.expire_all()
    assert session.scalars(select(CrisisChild.differs_because)).one() == why["redenAnders"]


@pytest.mark.parametrize(
    ("came", "is_it"),
    [
        (Person(3, Gender.BOY), True),
        (Person(4, Gender.BOY), True),
        (Person(2, Gender.BOY), True),
        (Person(5, Gender.BOY), False),
        (Person(3, Gender.GIRL), False),
        (Person(3, Gender.X), True),
    ],
)
def test_a_year_may_be_off_and_an_unknown_gender_is_no_other(came: Person, *, is_it: bool) -> None:
    """More than a year, or the other gender, is asked about."""
    if is_it:
        assert choose_child([BOY_OF_THREE], set(), came, differs_because=None) == 0
        return
    with pytest.raises(Conflict, match="redenAnders"):
        choose_child([BOY_OF_THREE], set(), came, differs_because=None)
    assert choose_child([BOY_OF_THREE], set(), came, differs_because="Verkeerd gehoord.") == 0


def test_each_child_of_the_report_comes_once() -> None:
    """The sibling that it is most like; who was linked is not taken again."""
    told = [BOY_OF_THREE, Person(7, Gender.GIRL), Person(8, Gender.GIRL)]
    girl = Person(8, Gender.GIRL)
    assert choose_child(told, set(), girl, differs_because=None) == 2
    assert choose_child(told, {2}, girl, differs_because=None) == 1
    with pytest.raises(Conflict):
        choose_child(told, {1, 2}, girl, differs_because=None)
