"""What a court order lets begin at the last phase of a step, and what it does not."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from app.intake.file_routes import router as files
from app.kernel.clock import today_in_amsterdam
from app.models import LegalFrame, Registration
from app.steps.move_routes import router as moves
from app.steps.provider_routes import router as questions
from app.steps.routes import router as steps
from tests.doors import open_door
from tests.rows import make_family
from tests.steps.settled import make_registration
from tests.steps.walking import Walk, begin


@pytest.fixture
def client(connection: Connection, session: Session) -> TestClient:
    return open_door(connection, steps, moves, questions, files)


def settle_in(
    client: TestClient, session: Session, *, family: dict[str, Any] | None = None, **told: Any
) -> Walk:
    """A step of which only the placement is left; its order was not carried out before."""
    make_family(session, reference="SPI-1", **(family or {}))
    child = make_registration(session, number="AM-1", **told)
    session.get_one(LegalFrame, child.id).order_executed_on = None
    session.commit()
    return begin(client, child).walk_to("wennen")


def gaps(walk: Walk) -> list[str]:
    shown = walk.client.get(f"/v1/kinderen/{walk.child}/juridisch-kader").json()
    return [gap["code"] for gap in shown["hiaten"]]


@pytest.mark.parametrize(("days", "code"), [(0, 200), (1, 409)])
def test_nothing_begins_on_an_order_that_is_to_come(
    client: TestClient, session: Session, days: int, code: int
) -> None:
    """The search and the step go on; the placement waits for the day of the order."""
    issued = today_in_amsterdam() + timedelta(days=days)
    order = {"legal_frame": "OTS", "order_issued_on": issued, "order_setting": "pleeggezin"}
    walk = settle_in(client, session, **order)
    assert gaps(walk) == ([] if code == 200 else ["machtiging"])
    moved = walk.move("plaatsing")
    assert moved.status_code == code, moved.text
    assert code == 200 or "nog niet" in moved.json()["detail"]


@pytest.mark.parametrize("kind", ["bestand", "netwerk"])
def test_an_order_for_the_network_lets_no_other_family_begin(
    client: TestClient, session: Session, kind: str
) -> None:
    """The step may go on meanwhile: an order for foster care may come."""
    order = {"legal_frame": "OTS", "order_issued_on": today_in_amsterdam()}
    family = {"kind": kind, "network_for": "AM-1" if kind == "netwerk" else None}
    walk = settle_in(client, session, order_setting="netwerkpleeggezin", family=family, **order)
    assert gaps(walk) == []
    moved = walk.move("plaatsing")
    if kind == "netwerk":
        assert moved.status_code == 200, moved.text
        return
    assert (moved.status_code, "netwerkpleeggezin" in moved.json()["detail"]) == (409, True)
    session.get_one(Registration, UUID(walk.child)).order_setting = "pleeggezin"
    session.commit()
    assert walk.move("plaatsing").status_code == 200


def test_an_order_of_an_earlier_frame_holds_no_placement_up(
    client: TestClient, session: Session
) -> None:
    """Under consent none is needed: that one of last year lapsed, for another stay, is no gap."""
    left = {"order_issued_on": date(2025, 3, 1), "order_setting": "gesloten jeugdhulp"}
    walk = settle_in(client, session, legal_frame="vrijwillig", **left)
    assert gaps(walk) == []
    assert walk.move("plaatsing").status_code == 200
