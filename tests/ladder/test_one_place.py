"""A child lives in one place: a step home or to a setting leaves no other behind."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from app.intake.routes import router as intake
from app.kernel.actor import ActorRole
from app.kernel.clock import today_in_amsterdam
from app.kernel.words import CareForm
from app.ladder.routes import router
from app.ladder.setting_routes import router as settings
from app.models import LadderStep, Placement, Registration, RegistrationState, SettingStay
from app.placements.routes import router as placements
from tests.doors import open_door, signed_in
from tests.ladder.test_ladder import free, keep, ladder, step
from tests.placements.living import act, ended, live_in
from tests.rows import make_family, make_registration

TODAY = today_in_amsterdam()
BEFORE, BETWEEN = TODAY - timedelta(days=9), TODAY - timedelta(days=3)
HOME = "thuis met steun"
AGAIN: dict[str, Any] = {"reden": "weer thuis mogelijk"}


@pytest.fixture
def client(connection: Connection, session: Session) -> Iterator[TestClient]:
    yield open_door(connection, router, settings, intake, placements)


@pytest.fixture
def child(client: TestClient, session: Session) -> Registration:
    """Insert a child that is searched for, beside a group with one place."""
    keep(client, "LH-1", soort="leefhuis")
    return make_registration(session, number="AM-1", registered_on=TODAY - timedelta(days=200))


def stays(session: Session) -> list[tuple[Any, ...]]:
    session.expire_all()
    rows = session.scalars(select(SettingStay).order_by(SettingStay.id))
    return [(stay.since, stay.until, stay.end_reason) for stay in rows]


def again(session: Session, child: Registration) -> Registration:
    """Insert another registration of the same child; the first one is closed."""
    session.commit()  # the door has told the database who it is
    child.state = RegistrationState.CLOSED
    session.flush()
    return make_registration(
        session, number="AM-2", child_id=child.child_id, registered_on=child.registered_on
    )


def at_family(session: Session, child: Registration, **more: Any) -> Placement:
    """Let a child live in a family since a hundred days, by an earlier registration of it."""
    session.commit()
    family = make_family(session, reference="SPI-1", forms=(CareForm.LONG_TERM,))
    placement = live_in(session, family, number="AM-0", child_id=child.child_id)
    for name, value in more.items():
        setattr(placement, name, value)
    session.flush()
    return placement


def test_a_step_home_ends_the_stay_on_its_day(
    client: TestClient, session: Session, child: Registration
) -> None:
    """The place is free for another child, and the ladder shows no stay any more."""
    assert step(client, child, "leefhuis", "LH-1", dag=str(BEFORE)).status_code == 201
    assert free(client, "LH-1") == 0
    made = step(client, child, HOME, None, **AGAIN, dag=str(BETWEEN))
    assert made.status_code == 201, made.text
    assert made.json()["verblijf"] is None
    assert stays(session) == [(BEFORE, BETWEEN, "Het kind woont weer thuis.")]
    assert free(client, "LH-1") == 1
    other = make_registration(session, number="AM-9")
    assert step(client, other, "leefhuis", "LH-1").status_code == 201


@pytest.mark.parametrize("role", [ActorRole.INTAKE, ActorRole.CRISIS])
def test_whoever_may_take_the_step_ends_it(
    client: TestClient, session: Session, child: Registration, role: ActorRole
) -> None:
    """Also one that does not see the stay of another registration."""
    assert step(client, child, "leefhuis", "LH-1", dag=str(BEFORE)).status_code == 201
    newer = again(session, child)
    body = {"trede": HOME, "reden": "weer thuis mogelijk"}
    made = client.post(f"/v1/kinderen/{newer.id}/laddertreden", json=body, headers=signed_in(role))
    assert made.status_code == 201, made.text
    assert [stay[1] for stay in stays(session)] == [TODAY]


def test_a_step_that_is_told_of_later_ends_nothing_that_came_after(
    client: TestClient, session: Session, child: Registration
) -> None:
    """It was at home before it went to the group, where it still stays."""
    assert step(client, child, "leefhuis", "LH-1", dag=str(BETWEEN)).status_code == 201
    made = step(client, child, HOME, None, **AGAIN, dag=str(BEFORE))
    assert made.status_code == 201, made.text
    assert [stay[1] for stay in stays(session)] == [None]


def test_a_step_to_a_family_waits_for_the_placement(
    client: TestClient, session: Session, child: Registration
) -> None:
    """Until it lives there it stays where it is."""
    assert step(client, child, "leefhuis", "LH-1", dag=str(BEFORE)).status_code == 201
    assert step(client, child, "pleeggezin", None, reden="gezin gevonden").status_code == 201
    assert [stay[1] for stay in stays(session)] == [None]


def test_another_registration_gives_no_second_stay(
    client: TestClient, session: Session, child: Registration
) -> None:
    """It is the child that stays somewhere, not its registration."""
    assert step(client, child, "leefhuis", "LH-1", dag=str(BEFORE)).status_code == 201
    keep(client, "GH-1")
    refused = step(client, again(session, child), "gezinshuis", "GH-1")
    assert (refused.status_code, "verblijft al" in refused.json()["detail"]) == (409, True)
    assert free(client, "GH-1") == 1


@pytest.mark.parametrize("to", [(HOME, None), ("leefhuis", "LH-1")])
def test_who_lives_in_a_family_leaves_it_first(
    client: TestClient, session: Session, child: Registration, to: tuple[str, str | None]
) -> None:
    """How that ended only people know; then the step goes on, and the bed was given back."""
    placement = at_family(session, child)
    refused = step(client, child, *to)
    assert refused.status_code == 409
    assert "einde van die plaatsing" in refused.json()["detail"]
    assert session.scalars(select(LadderStep)).all() == []
    over = act(
        client, placement, "_beeindig", ended("31", "thuis"), headers=signed_in("coordinator")
    )
    assert over.status_code == 200, over.text
    assert step(client, child, *to).status_code == 201


@pytest.mark.parametrize("to", [(HOME, None), ("leefhuis", "LH-1")])
def test_a_bed_of_the_night_is_given_back_first(
    client: TestClient, session: Session, child: Registration, to: tuple[str, str | None]
) -> None:
    """At the desk, where it was locked."""
    at_family(session, child, is_bridging=True)
    refused = step(client, child, *to)
    assert (refused.status_code, "_vrijgeven" in refused.json()["detail"]) == (409, True)


def test_weekends_with_a_family_are_beside_it(
    client: TestClient, session: Session, child: Registration
) -> None:
    """Who goes there now and then lives at home or in the group."""
    at_family(session, child, form=CareForm.PART_TIME)
    assert step(client, child, "leefhuis", "LH-1").status_code == 201
    assert ladder(client, child)["verblijf"] is not None
    assert step(client, child, HOME, None, **AGAIN).status_code == 201
    assert ladder(client, child)["verblijf"] is None


def test_at_home_before_the_family(
    client: TestClient, session: Session, child: Registration
) -> None:
    """A step home of before the placement is a thing of the past; a stay would run beside it."""
    at_family(session, child, since=BETWEEN)
    assert step(client, child, HOME, None, **AGAIN, dag=str(BEFORE)).status_code == 201
    assert step(client, child, "leefhuis", "LH-1", dag=str(BEFORE)).status_code == 409
