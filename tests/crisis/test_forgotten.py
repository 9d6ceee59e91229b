"""A step that nobody ended keeps no bed from a child of tonight, and cannot take it back."""

from datetime import timedelta

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection, update
from sqlalchemy.orm import Session

from app.kernel.clock import now, today_in_amsterdam
from app.kernel.words import CareForm
from app.main import ROUTERS
from app.models import BegunPair
from tests.crisis.test_routes import ask, call, families
from tests.doors import open_door, signed_in
from tests.rows import make_family
from tests.steps.settled import make_registration

COORDINATOR = signed_in("coordinator")
TODAY = today_in_amsterdam()


@pytest.fixture
def client(connection: Connection) -> TestClient:
    client = open_door(connection, *ROUTERS)
    client.headers.update(signed_in("crisisdienst"))
    return client


@pytest.fixture
def steps(client: TestClient, session: Session) -> str:
    """The address of the steps of a child for whom the one crisis bed is held."""
    both = (CareForm.CRISIS, CareForm.LONG_TERM)
    make_family(session, reference="SPI-1", forms=both, source_updated_at=now())
    child = make_registration(session, number="AM-1")
    session.commit()
    where = f"/v1/kinderen/{child.id}/stappen"
    begun = client.post(
        where, headers=COORDINATOR,
        json={"aanbieder": "spirit", "gezin": "SPI-1", "redenKeuze": "Dichtbij school."},
    )  # fmt: skip
    assert begun.status_code == 201, begun.text
    return where


def held_until(session: Session, days: int) -> None:
    last = TODAY + timedelta(days=days)
    session.execute(update(BegunPair).values(begun_on=last - timedelta(days=30), held_until=last))
    session.commit()


@pytest.mark.usefixtures("steps")
@pytest.mark.parametrize(("days", "found"), [(1, []), (0, []), (-1, ["SPI-1"]), (-30, ["SPI-1"])])
def test_a_bed_is_held_up_to_the_last_day_of_a_step(
    client: TestClient, session: Session, days: int, found: list[str]
) -> None:
    """At the desk and on the list on paper alike."""
    held_until(session, days)
    assert families(ask(client)) == found
    listed = client.get("/v1/crisislijst").json()
    assert [bed["gezin"] for bed in listed["gezinnen"]] == found


def test_what_went_to_a_child_of_tonight_is_not_held_again(
    client: TestClient, session: Session, steps: str
) -> None:
    """The step that was forgotten can be ended, and not be taken up again."""
    held_until(session, -1)
    assert call(client, ask(client), "SPI-1", "ja").status_code == 201
    step = client.get(steps, headers=COORDINATOR).json()["stappen"][0]["id"]
    longer = {"totEnMet": (TODAY + timedelta(days=7)).isoformat()}
    refused = client.post(f"{steps}/{step}/_verlengen", json=longer, headers=COORDINATOR)
    assert (refused.status_code, refused.json()["detail"][:27]) == (
        409, "De plek van deze stap is in"
    )  # fmt: skip
