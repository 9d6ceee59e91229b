"""Where a child went after a placement is a step on the ladder, though nobody searches any more."""

from datetime import timedelta

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from app.insight.periods import Period
from app.insight.rung_queries import rungs_beyond_family
from app.kernel.clock import today_in_amsterdam
from app.ladder.routes import router
from app.ladder.setting_routes import router as settings
from app.models import Placement, Registration, RegistrationState
from app.placements.routes import router as placements
from tests.doors import open_door
from tests.ladder.test_ladder import free, keep, step
from tests.placements.living import act, ended, live_in
from tests.rows import make_family, make_registration

TODAY = today_in_amsterdam()
HOME = "thuis met steun"


@pytest.fixture
def client(connection: Connection) -> TestClient:
    return open_door(connection, router, settings, placements)


@pytest.fixture
def placement(session: Session) -> Placement:
    family = make_family(session, reference="SPI-1")
    return live_in(session, family, registered_on=TODAY - timedelta(days=200))


def of(session: Session, placement: Placement) -> Registration:
    session.expire_all()
    return session.get_one(Registration, placement.registration_id)


def standing(session: Session) -> dict[str, tuple[int, int]]:
    """How many began on a rung since a week, and stand on it now."""
    rungs = rungs_beyond_family(session, Period(TODAY - timedelta(days=7), TODAY))
    return {rung.name: (rung.begun, rung.running) for rung in rungs if rung.begun or rung.running}


def test_home_with_support_after_foster_care(
    client: TestClient, session: Session, placement: Placement
) -> None:
    """The end closes the registration and says what to record; then the region counts the child."""
    answer = act(client, placement, "_beeindig", ended("31", "thuis"))
    assert "als trede op de ladder" in answer.json()["aanmelding"]["zin"]
    child = of(session, placement)
    assert child.state is RegistrationState.CLOSED
    told = step(client, child, HOME, None, reden="weer thuis mogelijk")
    assert told.status_code == 201, told.text
    assert of(session, placement).state is RegistrationState.CLOSED
    assert standing(session) == {HOME: (1, 1)}


@pytest.mark.parametrize("kind", ["gezinshuis", "residentieel"])
def test_a_setting_after_foster_care(
    client: TestClient, session: Session, placement: Placement, kind: str
) -> None:
    """The place there is taken, and no family is looked for by that."""
    keep(client, "Z-1", soort=kind)
    had = free(client, "Z-1")
    answer = act(client, placement, "_beeindig", ended("33", kind))
    assert "in welke instelling" in answer.json()["aanmelding"]["zin"]
    child = of(session, placement)
    told = step(client, child, kind, "Z-1")
    assert told.status_code == 201, told.text
    assert told.json()["verblijf"]["zoekenLoopt"] is False
    assert free(client, "Z-1") == had - 1
    assert standing(session) == {kind: (1, 1)}
    assert of(session, placement).state is RegistrationState.PLACED


def test_what_is_no_step_after_a_placement(
    client: TestClient, session: Session, placement: Placement
) -> None:
    """Before it ended, on a day before that, to another family, or by the wrong registration."""
    child = of(session, placement)
    refused = step(client, child, HOME, None)
    assert (refused.status_code, "gezocht" in refused.json()["detail"]) == (409, True)
    act(client, placement, "_beeindig", ended("31", "thuis"))
    yesterday = str(TODAY - timedelta(days=1))
    assert step(client, child, HOME, None, dag=yesterday).status_code == 400
    family = step(client, child, "pleeggezin", None)
    assert (family.status_code, "vervolg" in family.json()["detail"]) == (409, True)
    make_registration(session, number="AM-2", child_id=child.child_id, registered_on=TODAY)
    elsewhere = step(client, child, HOME, None)
    assert (elsewhere.status_code, "andere aanmelding" in elsewhere.json()["detail"]) == (409, True)


def test_who_died_or_was_withdrawn_took_no_step(
    client: TestClient, session: Session, placement: Placement
) -> None:
    """And who never lived in a family by this registration neither."""
    never = make_registration(session, number="AM-3", state=RegistrationState.CLOSED)
    assert step(client, never, HOME, None).status_code == 409
    act(client, placement, "_beeindig", ended("02", "onbekend"))
    assert step(client, of(session, placement), HOME, None).status_code == 409
