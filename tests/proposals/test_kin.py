"""Brothers and sisters of a child: wishes, and with which family each is proposed or lives."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from app.kernel.actor import ActorRole
from app.kernel.words import SiblingWish, WishOf
from app.models import (
    Registration,
    RegistrationState,
    SiblingGroup,
    SiblingPairWish,
)
from app.proposals.routes import router
from tests.doors import open_door, signed_in
from tests.proposals.running import run_here
from tests.rows import make_family, make_placement, make_registration


@pytest.fixture
def client(connection: Connection) -> TestClient:
    return open_door(connection, router)


@pytest.fixture
def group(session: Session) -> SiblingGroup:
    made = SiblingGroup(code="BZ-1", wish=SiblingWish.TOGETHER)
    session.add(made)
    session.flush()
    return made


def member(session: Session, group: SiblingGroup, number: str, **changes: Any) -> Registration:
    """Insert a child of the group."""
    return make_registration(
        session, number=number, sibling_group_id=group.id, sibling_wish=group.wish, **changes
    )


def kin_of(client: TestClient, child: UUID) -> dict[str, Any]:
    answer = client.get(f"/v1/kinderen/{child}/matchvoorstellen/broers-zussen")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_a_child_alone_has_no_brothers_or_sisters(client: TestClient, session: Session) -> None:
    """An empty list and no wish: an answer, no error."""
    alone = make_registration(session, number="AM-1")
    found = kin_of(client, alone.id)
    assert (found["broersZussen"], found["wens"], found["navragen"]) == ([], None, False)


def test_siblings_say_with_which_family_the_run_proposes_each(
    client: TestClient, session: Session, group: SiblingGroup
) -> None:
    """Two who must stay together are proposed with the one family that takes both."""
    make_family(session, reference="SPI-1", places=2, max_siblings=2)
    one, _ = member(session, group, "AM-1"), member(session, group, "AM-2")
    run = run_here(session)
    found = kin_of(client, one.id)
    (other,) = found["broersZussen"]
    assert found["wens"] == "samen"
    assert found["matchrun"] == str(run.id)
    assert other["aanmeldnummer"] == "AM-2"
    assert (other["hoe"], other["bij"]) == (
        "voorgesteld",
        {"gezin": "SPI-1", "aanbieder": "spirit"},
    )


def test_a_placed_sibling_says_where_it_lives(
    client: TestClient, session: Session, group: SiblingGroup
) -> None:
    """Where a brother lives counts, whatever a run said before."""
    home = make_family(session, reference="SPI-1")
    one = member(session, group, "AM-1")
    placed = member(session, group, "AM-2", state=RegistrationState.PLACED)
    make_placement(session, registration_id=placed.id, family_id=home.id, since=date(2026, 1, 1))
    (other,) = kin_of(client, one.id)["broersZussen"]
    assert (other["hoe"], other["bij"]["gezin"]) == ("woont er", "SPI-1")


def test_wishes_between_two_come_from_both_sides_and_of_nobody_else(
    client: TestClient, session: Session, group: SiblingGroup
) -> None:
    """What AM-3 wishes for AM-2 is not about AM-1."""
    one, two, three = (member(session, group, f"AM-{n}") for n in (1, 2, 3))
    for child, other, wish in (
        (one, "AM-2", SiblingWish.TOGETHER),
        (two, "AM-1", SiblingWish.APART),
        (three, "AM-2", SiblingWish.APART),
    ):
        session.add(
            SiblingPairWish(
                registration_id=child.id, other_number=other, wish=wish, whose=WishOf.CHILD,
                why="zij hangen aan elkaar", contra_indication=None,
            )
        )  # fmt: skip
    session.flush()
    second, third = kin_of(client, one.id)["broersZussen"]
    assert [(w["van"], w["wens"], w["wiens"]) for w in second["wensenOnderling"]] == [
        ("AM-1", "samen", "kind"),
        ("AM-2", "apart", "kind"),
    ]
    assert third["wensenOnderling"] == []
    assert (second["navragen"], third["navragen"]) == (True, False)
    assert kin_of(client, one.id)["navragen"] is True
    assert kin_of(client, three.id)["navragen"] is False


def test_a_withdrawn_sibling_is_not_shown(
    client: TestClient, session: Session, group: SiblingGroup
) -> None:
    """Who is not searched for and not placed says nothing about a proposal."""
    one = member(session, group, "AM-1")
    member(session, group, "AM-2", state=RegistrationState.WITHDRAWN)
    assert kin_of(client, one.id)["broersZussen"] == []


def test_a_matcher_may_not_read_them_and_an_unknown_child_is_not_found(
    client: TestClient, session: Session
) -> None:
    """Roles as the access file says; 404 for a child that is not there."""
    child = make_registration(session, number="AM-1")
    path = f"/v1/kinderen/{child.id}/matchvoorstellen/broers-zussen"
    matcher = signed_in(ActorRole.MATCHER, "spirit")
    assert client.get(path, headers=matcher).status_code == 403
    unknown = path.replace(str(child.id), "00000000-0000-7000-8000-000000000000")
    nobody = client.get(unknown)
    assert nobody.status_code == 404
