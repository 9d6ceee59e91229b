"""A yes counts only of a family that may have a child tonight, on the list or not."""

from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection, func, select
from sqlalchemy.orm import Session

from app.crisis.routes import router
from app.kernel.words import CareForm, FamilyKind, FamilyStatus, HousemateRole
from app.models import CrisisCall, Family, Housemate, Occupation, Placement, Registration
from tests.crisis.test_routes import MELDINGEN, TODAY, ask, call, make_home
from tests.doors import open_door, signed_in
from tests.rows import make_registration

DAY = timedelta(days=1)


@pytest.fixture
def client(connection: Connection) -> TestClient:
    made = open_door(connection, router)
    made.headers.update(signed_in("crisisdienst"))
    return made


def link(client: TestClient, report: dict[str, Any], child: Registration) -> Any:
    return client.post(f"{MELDINGEN}/{report['id']}/_koppel", json={"kind": str(child.id)})


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"status": FamilyStatus.PAUSED}, "pauzeert"),
        ({"status": FamilyStatus.STOPPED}, "gestopt"),
        ({"clearance_until": TODAY - DAY}, "geen bezwaar"),
        ({"clearance_until": None}, "geen bezwaar"),
        ({"prepared": False}, "niet voorbereid"),
        ({"forms": (CareForm.LONG_TERM,)}, "geen crisisopvang"),
        ({"available_from": TODAY + DAY}, "niet beschikbaar"),
        ({"kind": FamilyKind.NETWORK, "network_for": "AM-9"}, "netwerkgezin"),
    ],
)
def test_a_yes_of_a_family_that_may_not_is_refused(
    client: TestClient, session: Session, changes: dict[str, Any], said: str
) -> None:
    """With one sentence and what to do; no bed is locked, and a no of it is still recorded."""
    make_home(session, "SPI-1", **changes)
    report = ask(client)
    refused = call(client, report, "SPI-1", "ja")
    assert refused.status_code == 409, refused.text
    assert (said in refused.json()["detail"], "volgende gezin" in refused.json()["detail"]) == (
        True, True,
    )  # fmt: skip
    assert session.scalar(select(func.count()).select_from(Occupation)) == 0
    assert session.scalar(select(func.count()).select_from(CrisisCall)) == 0
    assert call(client, report, "SPI-1", "nee").status_code == 201


def test_a_yes_of_a_carer_of_twenty_is_refused(client: TestClient, session: Session) -> None:
    """By the year of birth, as on the list."""
    home = make_home(session, "SPI-1")
    session.add(Housemate(family_id=home.id, role=HousemateRole.CARER, birth_year=TODAY.year - 20))
    session.flush()
    assert "21" in call(client, ask(client), "SPI-1", "ja").json()["detail"]


def test_a_child_is_not_linked_to_a_family_without_clearance_on_the_night(
    client: TestClient, session: Session
) -> None:
    """The provider tells afterwards that it had lapsed before; then nobody lives there by law."""
    home = make_home(session, "SPI-1")
    report = ask(client, leeftijd=6)
    assert call(client, report, "SPI-1", "ja").status_code == 201
    child = make_registration(session, number="AM-1")
    _clear(session, home, TODAY - DAY)
    refused = link(client, report, child)
    assert (refused.status_code, "geen bezwaar" in refused.json()["detail"]) == (409, True)
    assert session.scalar(select(func.count()).select_from(Placement)) == 0


def test_a_clearance_that_lapses_after_the_night_is_said(
    client: TestClient, session: Session
) -> None:
    """The child came when it held, so where it lives is recorded; the desk reads what to settle."""
    home = make_home(session, "SPI-1")
    report = ask(client, leeftijd=6)
    assert call(client, report, "SPI-1", "ja").json()["vastgezet"][0]["letOp"] == []
    bed = session.scalars(select(Occupation)).one()
    bed.since -= 3 * DAY
    session.flush()
    _clear(session, home, TODAY - DAY)
    linked = link(client, report, make_registration(session, number="AM-1"))
    assert linked.status_code == 200, linked.text
    assert "geen bezwaar" in linked.json()["vastgezet"][0]["letOp"][0]


def _clear(session: Session, home: Family, until: Any) -> None:
    session.expire_all()
    session.get_one(Family, home.id).clearance_until = until
    session.commit()
