"""From a bed at night to the placement after it: the child lives there, is searched for, moves."""

from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection, select, update
from sqlalchemy.orm import Session

from app.crisis.routes import router
from app.intake.file_routes import router as files
from app.intake.routes import router as intake
from app.intake.waiting_clock import Waiting, find_clocks
from app.kernel.ids import new_id
from app.kernel.words import CareForm
from app.models import Occupation, Place, Placement, Registration, RegistrationState
from app.placed.going_on import lacks_follow_up
from app.steps.move_routes import router as moves
from app.steps.provider_routes import router as questions
from app.steps.routes import router as steps
from tests.crisis.test_routes import MELDINGEN, NIGHT, TODAY, make_home
from tests.doors import open_door, signed_in
from tests.rows import make_family
from tests.security.world import BIG5
from tests.steps.settled import make_registration
from tests.steps.walking import begin
from tests.told import told_in

NIGHT_DUTY, INTAKE = signed_in("crisisdienst"), signed_in("aanmeldpunt")


@pytest.fixture
def client(connection: Connection, session: Session) -> TestClient:
    return open_door(connection, router, intake, files, steps, moves, questions)


@pytest.fixture
def child(session: Session) -> Registration:
    make_home(session, "SPI-1", forms=(CareForm.CRISIS, CareForm.LONG_TERM))
    return make_registration(session, number="AM-1", big5=BIG5)


def find_bed(client: TestClient, family: str = "SPI-1") -> str:
    told = NIGHT | {"leeftijd": 6}  # as old as the child of `tests.rows`
    report = client.post(MELDINGEN, json=told, headers=NIGHT_DUTY).json()["id"]
    yes = {"aanbieder": "spirit", "gezin": family, "uitkomst": "ja"}
    where = f"{MELDINGEN}/{report}/belpogingen"
    answer = client.post(where, json=yes, headers=NIGHT_DUTY)
    assert answer.status_code == 201, answer.text
    return str(report)


def link(client: TestClient, report: str, child: Registration) -> Any:
    where = f"{MELDINGEN}/{report}/_koppel"
    return client.post(where, json={"kind": str(child.id)}, headers=NIGHT_DUTY)


def stays(session: Session) -> list[tuple[Any, ...]]:
    session.expire_all()
    columns = (Placement.family_id, Placement.since, Placement.until, Placement.is_bridging)
    return [tuple(row) for row in session.execute(select(*columns).order_by(Placement.id))]


def in_use(session: Session) -> list[Any]:
    """Return whose beds are in use now."""
    used = (
        select(Place.family_id)
        .join(Occupation, Occupation.place_id == Place.id)
        .where(Occupation.released_at.is_(None))
    )
    return list(session.scalars(used))


def test_who_is_linked_lives_there_and_is_searched_for(
    client: TestClient, session: Session, child: Registration
) -> None:
    """From day one; a second bed for the same child is refused, and so is a closed file."""
    report = find_bed(client)
    assert link(client, report, child).status_code == 200
    ((_, since, until, is_bridging),) = stays(session)
    assert (since, until, is_bridging) == (TODAY, None, True)
    assert session.get_one(Registration, child.id).state is RegistrationState.SEARCHING
    make_home(session, "SPI-2")
    second = find_bed(client, "SPI-2")
    refused = link(client, second, child)
    assert (refused.status_code, "woont al" in refused.json()["detail"]) == (409, True)
    gone = make_registration(session, number="AM-2", state=RegistrationState.CLOSED)
    assert link(client, second, gone).status_code == 409


def test_the_next_placement_ends_it_on_the_day_of_the_move(
    client: TestClient, session: Session, child: Registration
) -> None:
    """One placement runs at a time; the bed of the night is free, and its provider is told."""
    link(client, find_bed(client), child)
    home = make_family(session, reference="SPI-2")
    walk = begin(client, child, "SPI-2").walk_to("wennen")
    moved = walk.move("plaatsing", vanaf=TODAY.isoformat())
    assert moved.status_code == 200, moved.text
    night, after = stays(session)
    assert night[1:] == (TODAY, TODAY, True)
    assert after == (home.id, TODAY, None, False)
    assert in_use(session) == [home.id]
    assert ("crisisbed.vrij", {"aanbieder": "spirit", "gezin": "SPI-1"}, "spirit") in told_in(
        session
    )


def test_the_family_of_the_night_is_asked_without_a_new_place(
    client: TestClient, session: Session, child: Registration
) -> None:
    """Its only bed is the one where the child sleeps, and that one goes on as its own."""
    link(client, find_bed(client), child)
    walk = begin(client, child, "SPI-1").walk_to("wennen")
    moved = walk.move("plaatsing")
    assert moved.status_code == 200, moved.text
    night, after = stays(session)
    assert (night[0], night[2], after[2:]) == (after[0], TODAY, (None, False))
    assert in_use(session) == [after[0]]
    assert "crisisbed.vrij" not in [kind for kind, _, _ in told_in(session)]


def test_a_move_before_the_night_is_refused(
    client: TestClient, session: Session, child: Registration
) -> None:
    """Then nothing has changed: it still sleeps in the bed of the night."""
    make_family(session, reference="SPI-2")
    before = (TODAY - timedelta(days=2)).isoformat()
    walk = begin(client, child, "SPI-2", sinds=before).walk_to("wennen")
    link(client, find_bed(client), child)
    refused = walk.move("plaatsing", vanaf=before)
    assert (refused.status_code, "crisisbed" in refused.json()["detail"]) == (400, True)
    assert [row[2:] for row in stays(session)] == [(None, True)]


def test_who_goes_home_gives_the_bed_back(
    client: TestClient, session: Session, child: Registration
) -> None:
    """The stay ends that day, once; the file can be closed then and not before."""
    report = find_bed(client)
    link(client, report, child)
    where = f"/v1/kinderen/{child.id}"

    def close() -> int:
        etag = {"If-Match": client.get(where, headers=INTAKE).headers["ETag"]}
        body = {"reden": "Terug naar huis."}
        return client.post(f"{where}/_sluiten", json=body, headers=INTAKE | etag).status_code

    def release() -> int:
        told = {"reden": "Terug naar huis."}
        at = f"{MELDINGEN}/{report}/_vrijgeven"
        return client.post(at, json=told, headers=NIGHT_DUTY).status_code

    assert close() == 409
    assert [release(), release()] == [200, 409]
    assert ([row[2] for row in stays(session)], in_use(session)) == ([TODAY], [])
    shown = client.get(f"{MELDINGEN}/{report}", headers=NIGHT_DUTY).json()
    assert (shown["stand"], shown["kind"]) == ("dossier gekoppeld", str(child.id))
    assert close() == 200


def test_a_child_in_a_bed_of_the_night_goes_on_waiting(
    client: TestClient, session: Session, child: Registration
) -> None:
    """Ten days there count as waiting in the next registration, whatever form was asked."""
    link(client, find_bed(client), child)
    first, last = TODAY - timedelta(days=12), TODAY - timedelta(days=2)
    session.execute(update(Placement).values(since=first, until=last))
    row = session.get_one(Registration, child.id)
    row.registered_on, row.state = first, RegistrationState.CLOSED
    session.flush()
    again = Waiting(registration_id=new_id(), child_id=row.child_id, registered_on=TODAY)
    assert find_clocks(session, [again])[again.registration_id].since == first
    session.execute(update(Placement).values(is_bridging=False))
    at_rest = find_clocks(session, [again])[again.registration_id].since
    assert at_rest == first + timedelta(days=10)


def withdraw(client: TestClient, child: Registration) -> Any:
    where = f"/v1/kinderen/{child.id}"
    etag = {"If-Match": client.get(where, headers=INTAKE).headers["ETag"]}
    body = {"reden": "andere hulp"}
    return client.post(f"{where}/_intrekken", json=body, headers=INTAKE | etag)


def test_a_registration_is_not_withdrawn_while_its_child_sleeps_in_a_bed_of_the_night(
    client: TestClient, session: Session, child: Registration
) -> None:
    """Nobody would search any more for who must leave it; once the bed is given back it may."""
    report = find_bed(client)
    link(client, report, child)
    refused = withdraw(client, child)
    assert (refused.status_code, "_vrijgeven" in refused.json()["detail"]) == (409, True)
    assert in_use(session) != []
    told = {"reden": "Terug naar huis."}
    client.post(f"{MELDINGEN}/{report}/_vrijgeven", json=told, headers=NIGHT_DUTY)
    assert withdraw(client, child).status_code == 200


def test_a_placement_by_another_registration_ends_the_night(
    client: TestClient, session: Session, child: Registration
) -> None:
    """Of a registration withdrawn when that was still possible: that lack is shown, and whoever
    places the child by a new one gives the bed of the night back."""
    link(client, find_bed(client), child)
    session.get_one(Registration, child.id).state = RegistrationState.WITHDRAWN
    session.flush()
    night = session.scalars(select(Placement.id)).one()
    assert session.scalars(select(Placement.id).where(lacks_follow_up())).all() == [night]
    again = make_registration(session, number="AM-2", child_id=child.child_id, big5=BIG5)
    assert session.scalars(select(Placement.id).where(lacks_follow_up())).all() == []
    home = make_family(session, reference="SPI-2")
    moved = begin(client, again, "SPI-2").walk_to("wennen").move("plaatsing")
    assert moved.status_code == 200, moved.text
    assert [row[2:] for row in stays(session)] == [(TODAY, True), (None, False)]
    assert in_use(session) == [home.id]


def test_weekend_care_by_another_registration_leaves_the_night_as_it_is(
    client: TestClient, session: Session, child: Registration
) -> None:
    """It is beside the home that a child has, not instead of it."""
    link(client, find_bed(client), child)
    session.get_one(Registration, child.id).state = RegistrationState.WITHDRAWN
    session.flush()
    beside = make_registration(
        session, number="AM-2", child_id=child.child_id, big5=BIG5, care_form=CareForm.PART_TIME
    )
    make_family(session, reference="SPI-2", forms=(CareForm.PART_TIME,))
    moved = begin(client, beside, "SPI-2").walk_to("wennen").move("plaatsing")
    assert moved.status_code == 200, moved.text
    assert [row[2:] for row in stays(session)] == [(None, True), (None, False)]
