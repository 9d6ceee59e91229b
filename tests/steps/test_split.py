"""Brothers and sisters who wish to be together part only with a recorded reason."""

from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from app.kernel.clock import today_in_amsterdam
from app.kernel.words import CareForm, SiblingWish
from app.models import Registration, SiblingGroup, SiblingPairWish
from tests.rows import make_family
from tests.steps.settled import make_registration
from tests.steps.walking import Walk, begin, open_steps


@pytest.fixture
def client(connection: Connection) -> TestClient:
    return open_steps(connection)


def make_two(session: Session, wish: SiblingWish, **more: Any) -> tuple[Registration, Registration]:
    """Two of one group, and a family with room for both."""
    make_family(session, reference="SPI-1", places=2)
    group = SiblingGroup(code="G1", wish=wish)
    session.add(group)
    session.flush()
    kin = {"sibling_group_id": group.id, "sibling_wish": wish, **more}
    one = make_registration(session, number="AM-1", **kin)
    return one, make_registration(session, number="AM-2", **kin)


def ready(client: TestClient, child: Registration) -> Walk:
    """A step in which both yeses stand."""
    walk = begin(client, child).walk_to("kennismaking")
    walk.answer()
    walk.consent()
    return walk


def test_a_split_asks_for_its_reason(client: TestClient, session: Session) -> None:
    """Who is left out stands in the step; the match waits for the reason and keeps it."""
    walk = ready(client, make_two(session, SiblingWish.TOGETHER_UNLESS)[0])
    assert walk.read()["broersZussenElders"] == ["AM-2"]
    assert any("redenSplitsing" in line for line in walk.read()["wachtOp"])
    refused = walk.move("match")
    assert (refused.status_code, "redenSplitsing" in refused.json()["detail"]) == (409, True)
    moved = walk.move("match", redenSplitsing="De oudste heeft eigen zorg nodig.")
    assert moved.status_code == 200, moved.text
    assert moved.json()["redenSplitsing"] == "De oudste heeft eigen zorg nodig."


def test_the_reason_belongs_to_the_match(client: TestClient, session: Session) -> None:
    """At another phase it is refused, so that nobody thinks it was recorded."""
    walk = begin(client, make_two(session, SiblingWish.TOGETHER_UNLESS)[0])
    walk.answer()
    refused = walk.move("voorgelegd aan pleegouders", redenSplitsing="Te vroeg.")
    assert (refused.status_code, refused.json()["velden"]) == (400, ["redenSplitsing"])


def test_who_goes_along_is_not_parted(client: TestClient, session: Session) -> None:
    """A step with the same family for the other one is enough."""
    one, two = make_two(session, SiblingWish.TOGETHER)
    walk = ready(client, one)
    begin(client, two)
    assert walk.read()["broersZussenElders"] == []
    assert walk.move("match").status_code == 200


def test_who_wishes_to_be_apart_is_not_parted(client: TestClient, session: Session) -> None:
    """The wish of the group, or what one of the two says of the other."""
    one, two = make_two(session, SiblingWish.TOGETHER)
    walk = begin(client, one)
    assert walk.read()["broersZussenElders"] == ["AM-2"]
    session.add(
        SiblingPairWish(registration_id=two.id, other_number="AM-1", wish=SiblingWish.APART)
    )
    session.flush()
    assert walk.read()["broersZussenElders"] == []


def test_a_crisis_parts_them_for_a_while_only(client: TestClient, session: Session) -> None:
    """The match waits for a day that is still to come, and the reason alone is not enough."""
    one, _ = make_two(session, SiblingWish.TOGETHER, care_form=CareForm.CRISIS)
    walk = ready(client, one)
    why = "Geen gezin heeft vannacht twee bedden."
    for day in (None, today_in_amsterdam() - timedelta(days=1)):
        one.reunite_by = day
        session.flush()
        assert any("herenigenVoor" in line for line in walk.read()["wachtOp"])
        refused = walk.move("match", redenSplitsing=why)
        assert (refused.status_code, "herenigenVoor" in refused.json()["detail"]) == (409, True)
    one.reunite_by = today_in_amsterdam()
    session.flush()
    moved = walk.move("match", redenSplitsing=why)
    assert moved.status_code == 200, moved.text
