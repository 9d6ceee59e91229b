"""Children who must be kept apart do not meet in a respite family, whichever round each was in."""

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection, func, select
from sqlalchemy.orm import Session

from app.jobs import make_queue
from app.kernel.actor import ActorRole
from app.kernel.words import Rhythm, SiblingWish
from app.models import (
    Placement,
    Registration,
    SiblingGroup,
    SiblingPairWish,
    SupportOffer,
)
from app.strain.round_routes import router as rounds
from app.strain.routes import router
from tests.doors import open_door, signed_in
from tests.strain.straining import place_child, take, weekend_family
from tests.strain.test_respite import EVEN, ODD, accept, solved, uses


@pytest.fixture
def client(connection: Connection, session: Session) -> Iterator[TestClient]:
    client = open_door(connection, router, rounds)
    client.v1.state.queue = make_queue("")  # type: ignore[attr-defined]
    client.headers.update(signed_in(ActorRole.COORDINATOR))
    yield client


def by_group(session: Session) -> tuple[Placement, Placement]:
    """Two of a group that lives apart."""
    group = SiblingGroup(code="BZ-1", wish=SiblingWish.APART)
    session.add(group)
    session.flush()
    kin = {"sibling_group_id": group.id, "sibling_wish": SiblingWish.APART}
    one = place_child(session, "AM-1", home="SPI-1", **kin)
    return one, place_child(session, "AM-2", home="SPI-2", provider="youke", **kin)


def by_pair(session: Session) -> tuple[Placement, Placement]:
    """Two of whom the file of one says that they may not meet."""
    one = place_child(session, "AM-1", home="SPI-1")
    session.add(
        SiblingPairWish(
            registration_id=one.registration_id, other_number="AM-2", wish=SiblingWish.APART,
        )
    )  # fmt: skip
    return one, place_child(session, "AM-2", home="SPI-2", provider="youke")


@pytest.mark.parametrize("apart", [by_group, by_pair])
@pytest.mark.parametrize("need", ["even weekenden", "oneven weekenden"])
def test_a_round_knows_the_respite_of_an_earlier_one(
    client: TestClient, session: Session, apart: Any, need: str
) -> None:
    """Neither in the same weekends in another bed, nor in the other ones."""
    one, other = apart(session)
    weekend_family(session, "SPI-9", places=2)
    first = solved(client, session, (one, "even weekenden"))
    assert accept(client, first, "AM-1").status_code == 201
    second = solved(client, session, (other, need))
    assert second["AM-2"]["gezin"] is None
    weekend_family(session, "SPI-8", postcode="1013AB")
    assert solved(client, session, (other, need))["AM-2"]["gezin"] == "SPI-8"


@pytest.mark.parametrize("apart", [by_group, by_pair])
def test_of_two_proposals_that_would_let_them_meet_one_is_accepted(
    client: TestClient, session: Session, apart: Any
) -> None:
    """Both were made before either was accepted, in beds of their own."""
    one, other = apart(session)
    home = weekend_family(session, "SPI-9", places=2)
    take(session, home, Rhythm.EVEN_WEEKENDS)
    first = solved(client, session, (one, "oneven weekenden"))
    second = solved(client, session, (other, "even weekenden"))
    assert (first["AM-1"]["gezin"], second["AM-2"]["gezin"]) == ("SPI-9", "SPI-9")
    made = accept(client, first, "AM-1")
    assert made.status_code == 201
    late = accept(client, second, "AM-2")
    assert late.status_code == 409
    assert "apart moet blijven" in late.json()["detail"]
    assert uses(session) == [(ODD, True)]
    assert session.scalar(select(func.count(SupportOffer.id))) == 1
    path = made.headers["Location"]
    etag = {"If-Match": client.get(path).headers["ETag"]}
    ended = client.patch(path, json={"totEnMet": made.json()["vanaf"]}, headers=etag)
    assert ended.status_code == 200, ended.text
    assert accept(client, second, "AM-2").status_code == 201
    assert uses(session) == [(EVEN, True), (ODD, False)]


def test_who_went_to_live_there_meanwhile_is_not_met(client: TestClient, session: Session) -> None:
    """Also where the other one lives by a registration of later than the wish names."""
    one, other = by_group(session)
    home = weekend_family(session, "SPI-9", places=2)
    found = solved(client, session, (one, "even weekenden"))
    assert found["AM-1"]["gezin"] == "SPI-9"
    other.family_id = home.id
    again = place_child(session, "AM-3", home="SPI-3")
    later = session.get_one(Registration, again.registration_id)
    later.child_id = session.get_one(Registration, other.registration_id).child_id
    other.until, again.family_id = other.since, home.id
    session.commit()
    assert accept(client, found, "AM-1").status_code == 409
    assert solved(client, session, (one, "even weekenden"))["AM-1"]["gezin"] is None
