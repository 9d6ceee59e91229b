"""What a withdrawn consent does to a placement: it does not begin, or goes on and is told."""

from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from app.intake.consent_routes import router as consents
from app.intake.routes import router as intake
from app.models import Placement, Registration
from app.steps.move_routes import router as moves
from app.steps.provider_routes import router as questions
from app.steps.routes import router as steps
from tests.doors import open_door
from tests.rows import make_family
from tests.steps.settled import make_registration
from tests.steps.walking import begin
from tests.told import told_in


@pytest.fixture
def client(connection: Connection, session: Session) -> TestClient:
    return open_door(connection, steps, moves, questions, intake, consents)


@pytest.fixture
def child(session: Session) -> Registration:
    make_family(session, reference="SPI-1")
    return make_registration(
        session,
        number="AM-1",
        legal_frame="vrijwillig",
        order_issued_on=None,
        order_setting=None,
    )


def withdraw(client: TestClient, child: Registration) -> Any:
    where = f"/v1/kinderen/{child.id}/juridisch-kader/intrekkingen"
    wish = {"gezag": 1, "op": "2026-11-20", "reden": "De ouder wil het kind weer thuis."}
    made = client.post(where, json=wish, headers={"If-Match": '"1"'})
    assert made.status_code == 201, made.text
    return made.json()


def test_a_placement_does_not_begin_on_it(client: TestClient, child: Registration) -> None:
    """Both said yes and all phases are done: the law still asks for consent."""
    walk = begin(client, child).walk_to("wennen")
    walk.answer()
    walk.consent()
    assert withdraw(client, child) | {"id": None} == {
        "id": None, "houdtPlaatsingTegen": True, "melding": None,
    }  # fmt: skip
    refused = walk.move("plaatsing")
    assert (refused.status_code, "stemt niet in" in refused.json()["detail"]) == (409, True)


def test_a_placement_that_runs_goes_on_and_its_provider_is_told(
    client: TestClient, session: Session, child: Registration
) -> None:
    """The answer says what to do now; the event has the family's number and no word of why."""
    walk = begin(client, child).walk_to("wennen")
    assert walk.move("plaatsing").status_code == 200
    assert "eindigt hierdoor niet" in withdraw(client, child)["melding"]
    assert session.scalars(select(Placement.until)).all() == [None]
    data = {"kind": str(child.id)}
    assert told_in(session)[-2:] == [
        ("toestemming.ingetrokken", data, None),
        (
            "plaatsing.bespreken",
            data | {"aanbieder": "spirit", "gezin": "SPI-1"},
            "spirit",
        ),
    ]
