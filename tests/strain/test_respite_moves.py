"""Respite where a child moves: it goes on in the same weekends, or the move says why not."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from app.jobs import make_queue
from app.kernel.actor import ActorRole
from app.kernel.words import CareForm, FamilyStatus, Rhythm
from app.models import (
    Family,
    FamilyForm,
    Occupation,
    Place,
    Placement,
    PlacementOrigin,
    Registration,
    SupportOffer,
)
from app.placed.beginning import record_beginning
from app.placements.record_routes import router as records
from app.placements.routes import router as placements
from app.strain.queries import with_respite
from app.strain.round_routes import router as rounds
from app.strain.routes import router
from tests.doors import open_door, signed_in
from tests.placements.living import act, agreed, ended, waiting
from tests.rows import make_family
from tests.steps.settled import settle_frame
from tests.strain.straining import TODAY, place_child, weekend_family
from tests.strain.test_respite import accept, solved

BEFORE = TODAY - timedelta(days=4)


@pytest.fixture
def client(connection: Connection) -> Iterator[TestClient]:
    client = open_door(connection, router, rounds, placements, records)
    client.v1.state.queue = make_queue("")  # type: ignore[attr-defined]
    client.headers.update(signed_in(ActorRole.COORDINATOR))
    yield client


@pytest.fixture
def placement(client: TestClient, session: Session) -> Placement:
    """Insert a child with respite every other weekend at SPI-9, and a family that has room."""
    made = place_child(session, "AM-1", home="SPI-1")
    weekend_family(session, "SPI-9")
    make_family(session, reference="SPI-5", places=1)
    found = solved(client, session, (made, "om het weekend"))
    assert accept(client, found, "AM-1").status_code == 201
    settle_frame(session, session.get_one(Registration, made.registration_id))
    return made


def moved(client: TestClient, placement: Placement, to: str = "SPI-5", **more: Any) -> Any:
    body = {
        "aanbieder": "spirit", "gezin": to, "dag": TODAY.isoformat(), "code": "33",
        "reden": "Het ging niet meer.", **agreed(), **more,
    }  # fmt: skip
    answer = act(client, placement, "_verplaats", body)
    assert answer.status_code == 201, answer.text
    return answer.json()


def begun(session: Session, day: date) -> None:
    """Let the respite begin on another day."""
    offer = session.scalars(select(SupportOffer)).one()
    offer.since = offer.offered_on = day
    session.flush()


def offers(client: TestClient, id_: Any) -> list[tuple[Any, ...]]:
    shown = client.get(f"/v1/plaatsingen/{id_}/steunaanbod").json()["steunaanbod"]
    return [(o["opgepakt"], o["vanaf"], o["totEnMet"], bool(o["weekenden"])) for o in shown]


def weekends(session: Session) -> int:
    """How often a bed of SPI-9 is in use in weekends now."""
    session.expire_all()
    rows = session.scalars(
        select(Occupation)
        .join(Place, Place.id == Occupation.place_id)
        .join(Family, Family.id == Place.family_id)
        .where(Family.reference == "SPI-9", Occupation.released_at.is_(None))
    )
    return sum("weekenden" in row.rhythm.value for row in rows)


def test_respite_goes_on_beside_the_next_placement(
    client: TestClient, session: Session, placement: Placement
) -> None:
    """In the same bed; what was beside the first placement ends with it, and the move says so."""
    begun(session, BEFORE)
    told = moved(client, placement)
    after = told["plaatsing"]["id"]
    (said,) = [sentence for sentence in told["meldingen"] if "respijt" in sentence]
    assert "loopt door" in said and "km van het nieuwe huis" in said
    today, before = TODAY.isoformat(), BEFORE.isoformat()
    assert offers(client, placement.id) == [("ja", before, today, False)]
    assert offers(client, after) == [("ja", today, None, True)]
    assert weekends(session) == 1
    assert with_respite(session, TODAY) == {UUID(after)}
    assert act(client, placement, "_beeindig", ended("33")).status_code == 409
    following = session.get_one(Placement, UUID(after))
    assert "respijt" in act(client, following, "_beeindig", ended("33")).json()["aanmelding"]["zin"]
    assert offers(client, after) == [("ja", today, today, False)]
    assert weekends(session) == 0


def test_respite_that_did_not_begin_moves_along(
    client: TestClient, session: Session, placement: Placement
) -> None:
    """Nothing of it was beside the placement that ended."""
    begun(session, TODAY + timedelta(days=3))
    after = moved(client, placement)["plaatsing"]["id"]
    assert offers(client, placement.id) == []
    assert offers(client, after) == [("ja", (TODAY + timedelta(days=3)).isoformat(), None, True)]
    assert weekends(session) == 1


@pytest.mark.parametrize("why", ["het respijtgezin wonen", "doet nu niet mee"])
def test_respite_that_cannot_go_on_ends_and_the_move_says_so(
    client: TestClient, session: Session, placement: Placement, why: str
) -> None:
    """The child goes to live there, or that family takes part no more: no bed is kept for it."""
    begun(session, BEFORE)
    weekend = session.scalars(select(Family).where(Family.reference == "SPI-9")).one()
    if "wonen" in why:
        session.add(FamilyForm(family_id=weekend.id, form=CareForm.LONG_TERM))
    else:
        weekend.status = FamilyStatus.PAUSED
    session.flush()
    told = moved(client, placement, "SPI-9" if "wonen" in why else "SPI-5")
    assert any(why in sentence and "beëindigd" in sentence for sentence in told["meldingen"])
    assert offers(client, placement.id) == [
        ("ja", BEFORE.isoformat(), TODAY.isoformat(), False)
    ]  # fmt: skip
    assert offers(client, told["plaatsing"]["id"]) == []
    assert weekends(session) == 0
    assert with_respite(session, TODAY) == set()


def test_respite_that_did_not_begin_before_the_end_was_not_taken_up(
    client: TestClient, session: Session, placement: Placement
) -> None:
    """The child went home first: the place is free, and the offer says why."""
    begun(session, TODAY + timedelta(days=3))
    act(client, placement, "_beeindig", ended("31", "thuis"))
    shown = client.get(f"/v1/plaatsingen/{placement.id}/steunaanbod").json()["steunaanbod"]
    assert [(one["opgepakt"], one["redenNietOpgepakt"]) for one in shown] == [
        ("nee", "De plaatsing eindigde voordat dit respijt begon.")
    ]
    assert weekends(session) == 0


def test_respite_goes_on_where_another_registration_places_the_child(
    client: TestClient, session: Session, placement: Placement
) -> None:
    """The home of before ends by itself; its respite is not lost either."""
    begun(session, BEFORE)
    first = session.get_one(Registration, placement.registration_id)
    again = waiting(session, "AM-2", child_id=first.child_id)
    home = session.scalars(select(Family).where(Family.reference == "SPI-5")).one()
    following = Placement(
        registration_id=again.id, family_id=home.id, provider_id=home.provider_id, since=TODAY,
        form=CareForm.LONG_TERM, rhythm=Rhythm.FULL_TIME, origin=PlacementOrigin.DECISION,
    )  # fmt: skip
    record_beginning(session, again, following)
    session.commit()
    after = following.id
    assert offers(client, placement.id) == [("ja", BEFORE.isoformat(), TODAY.isoformat(), False)]
    assert offers(client, after) == [("ja", TODAY.isoformat(), None, True)]
    assert weekends(session) == 1
