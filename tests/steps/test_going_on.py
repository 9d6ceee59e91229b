"""A step that places a child in a crisis family lets the search go on that same day."""

from datetime import timedelta

import pytest
from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from app.kernel.clock import today_in_amsterdam
from app.kernel.words import CareForm
from app.models import BegunPair, Placement, Registration, RegistrationState
from tests.rows import make_family
from tests.steps.settled import make_registration
from tests.steps.walking import Walk, begin, open_steps

BIG5 = dict.fromkeys(("wonen", "financien", "werk_scholing", "steunnetwerk", "welzijn"), "ja")
NEXT = {
    "vorm": "opvoeding", "verwachteDuurMaanden": 24,
    "moetWegOp": (today_in_amsterdam() + timedelta(days=28)).isoformat(),
}  # fmt: skip


@pytest.fixture
def walk(connection: Connection, session: Session) -> Walk:
    make_family(session, reference="SPI-1", forms=(CareForm.CRISIS,))
    child = make_registration(session, number="AM-1", care_form=CareForm.CRISIS, big5=BIG5)
    return begin(open_steps(connection), child).walk_to("match")


def registered(session: Session) -> dict[str, Registration]:
    session.expire_all()
    return {row.number: row for row in session.scalars(select(Registration))}


def test_a_crisis_placement_asks_what_is_searched_for_next(walk: Walk, session: Session) -> None:
    """Without it nothing happens; with it the child is searched for on the same clock."""
    refused = walk.move("plaatsing")
    assert refused.status_code == 400 and "vervolg" in refused.json()["detail"], refused.text
    session.expire_all()
    assert session.scalars(select(Placement)).first() is None
    moved = walk.move("plaatsing", vervolg=NEXT)
    assert moved.status_code == 200, moved.text
    found = registered(session)
    first, again = found["AM-1"], found["AM-1-2"]
    assert (first.state, first.care_form) == (RegistrationState.PLACED, CareForm.CRISIS)
    assert (again.state, again.care_form) == (RegistrationState.SEARCHING, CareForm.LONG_TERM)
    assert (again.child_id, again.follows_id) == (first.child_id, first.id)
    assert (again.staying_now, again.waiting_since) == ("crisispleeggezin", first.registered_on)
    assert session.scalars(select(Placement)).one().registration_id == first.id


def test_a_family_that_offers_the_next_form_is_asked_first(
    connection: Connection, session: Session
) -> None:
    """As a request without a place; a family that does not is not asked."""
    both = (CareForm.CRISIS, CareForm.LONG_TERM)
    family = make_family(session, reference="SPI-1", forms=both)
    child = make_registration(session, number="AM-1", care_form=CareForm.CRISIS, big5=BIG5)
    walk = begin(open_steps(connection), child).walk_to("match")
    assert walk.move("plaatsing", vervolg=NEXT).status_code == 200
    again = registered(session)["AM-1-2"]
    asked = session.scalars(select(BegunPair).where(BegunPair.registration_id == again.id)).one()
    assert (asked.family_id, asked.is_request) == (family.id, True)


def test_or_why_nobody_searches_on(walk: Walk, session: Session) -> None:
    """The reason stands with the placement, and nobody is searched for."""
    assert walk.move("plaatsing", redenGeenVervolg="Gaat morgen naar oma.").status_code == 200
    session.expire_all()
    placement = session.scalars(select(Placement)).one()
    assert placement.no_follow_up_reason == "Gaat morgen naar oma."
    assert list(registered(session)) == ["AM-1"]


def test_another_form_asks_neither(connection: Connection, session: Session) -> None:
    """What is told of it all the same is refused."""
    make_family(session, reference="SPI-1")
    walk = begin(open_steps(connection), make_registration(session, number="AM-2")).walk_to("match")
    refused = walk.move("plaatsing", vervolg=NEXT)
    assert refused.status_code == 400 and "crisisplaatsing" in refused.json()["detail"]
    assert walk.move("plaatsing").status_code == 200
