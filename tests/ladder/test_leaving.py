"""Who goes to live in a family leaves the rung of before: one place each, and counted once."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from app.insight.routes import router as insight
from app.intake.routes import router as intake
from app.kernel.actor import ActorRole
from app.kernel.clock import today_in_amsterdam
from app.kernel.words import CareForm
from app.ladder.routes import router
from app.ladder.setting_routes import router as settings
from app.models import Registration, RegistrationState, SettingStay
from app.placements.routes import router as placements
from tests.doors import open_door, signed_in
from tests.ladder.test_ladder import free, keep, step
from tests.placements.living import agreed
from tests.rows import make_family, make_registration
from tests.steps.settled import settle_frame

TODAY = today_in_amsterdam()
MANAGER = signed_in(ActorRole.MANAGER)
BEFORE = str(TODAY - timedelta(days=9))


@pytest.fixture
def client(connection: Connection, session: Session) -> Iterator[TestClient]:
    yield open_door(connection, router, settings, intake, placements, insight)


def waiting(session: Session, number: int, **more: Any) -> Registration:
    return make_registration(
        session, number=f"AM-{number}", registered_on=TODAY - timedelta(days=30), **more
    )


def place(client: TestClient, session: Session, child: Registration, **more: Any) -> Any:
    """Let a child live in a family of its own from today."""
    session.commit()  # the door has told the database who it is
    settle_frame(session, child)
    family = make_family(session, reference=f"SPI-{child.number}", forms=(child.care_form,))
    body = {
        "kind": str(child.id), "aanbieder": "spirit", "gezin": family.reference,
        "van": str(TODAY), "reden": "Zo afgesproken.", **agreed(),
    }  # fmt: skip
    answer = client.post("/v1/plaatsingen", json=body | more)
    assert answer.status_code == 201, answer.text
    return answer


def running(client: TestClient) -> dict[str, int | None]:
    answer = client.get("/v1/regiocijfers/plaatsingen", headers=MANAGER)
    assert answer.status_code == 200, answer.text
    return {one["trede"]: one["looptAanHetEind"] for one in answer.json()["treden"]}


def test_fourteen_children_are_fourteen(client: TestClient, session: Session) -> None:
    """Seven at home with support and seven in a group: in families they are fourteen, not 28."""
    keep(client, "LH-1", soort="leefhuis", plaatsenTotaal=8, plaatsenVrij=8)
    children = [waiting(session, number) for number in range(14)]
    for child in children[:7]:
        told = step(client, child, "thuis met steun", None, dag=BEFORE)
        assert told.status_code == 201, told.text
    for child in children[7:]:
        assert step(client, child, "leefhuis", "LH-1", dag=BEFORE).status_code == 201
    rungs = {"thuis met steun": 7, "leefhuis": 7, "pleeggezin": 0}
    assert running(client).items() >= rungs.items()
    for child in children:
        place(client, session, child)
    rungs = {"thuis met steun": 0, "leefhuis": 0, "pleeggezin": 14}
    assert running(client).items() >= rungs.items()
    assert free(client, "LH-1") == 8
    session.expire_all()
    ends = session.scalars(select(SettingStay)).all()
    assert {stay.until for stay in ends} == {TODAY}
    assert {stay.end_reason for stay in ends} == {"Het kind woont nu in een pleeggezin."}


def test_a_weekend_family_ends_no_stay(client: TestClient, session: Session) -> None:
    """A child that goes there now and then still lives in the group."""
    keep(client, "LH-1", soort="leefhuis")
    child = waiting(session, 1, care_form=CareForm.PART_TIME, rhythm="oneven weekenden")
    assert step(client, child, "leefhuis", "LH-1", dag=BEFORE).status_code == 201
    place(client, session, child, vorm="deeltijd", ritme="oneven weekenden")
    assert free(client, "LH-1") == 0


def test_a_child_with_two_registrations_is_one(client: TestClient, session: Session) -> None:
    """Its newest step counts, whichever registration told it."""
    children = [waiting(session, number) for number in range(6)]
    for child in children:
        step(client, child, "thuis met steun", None, dag=BEFORE)
        session.commit()
        child.state = RegistrationState.CLOSED
        session.flush()
        again = waiting(session, 20 + int(child.number[3:]), child_id=child.child_id)
        made = step(client, again, "thuis met steun", None)
        assert made.status_code == 201, made.text
    assert running(client)["thuis met steun"] == 6
