"""An order that is over allows no stay: what the legal frame knows of it, the ladder knows too."""

from datetime import date, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from app.kernel.ladder import RUNGS, allowed_by, is_within
from app.kernel.legal_frame import Frame
from app.ladder.routes import router
from app.ladder.setting_routes import router as settings
from app.models import LegalFrame, Registration
from tests.doors import open_door
from tests.ladder.test_ladder import TODAY, keep, ladder, step
from tests.rows import make_registration

YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
def client(connection: Connection, session: Session) -> TestClient:
    return open_door(connection, router, settings)


def ordered(session: Session, issued: date, **known: Any) -> Registration:
    """Insert a child with an order that names a family home."""
    child = make_registration(
        session, number="AM-1", legal_frame="OTS", order_issued_on=issued,
        order_setting="gezinshuis", registered_on=issued,
    )  # fmt: skip
    session.add(LegalFrame(registration_id=child.id, **known))
    session.flush()
    return child


def test_an_order_that_ended_allows_no_stay(client: TestClient, session: Session) -> None:
    """From the day after its last one; on the day of a step that is told of later it still did."""
    child = ordered(session, TODAY - timedelta(days=30), order_ends_on=YESTERDAY)
    keep(client, "GH-1")
    found = ladder(client, child)
    assert found["nietVerderDan"] == "thuis met steun"
    assert "vraag verlenging" in found["machtiging"]
    assert found["per"]["gezinshuis"]["magVolgensMachtiging"] is False
    refused = step(client, child, "gezinshuis", "GH-1")
    assert (refused.status_code, "liep tot" in refused.json()["detail"]) == (400, True)
    assert step(client, child, "gezinshuis", "GH-1", dag=str(YESTERDAY)).status_code == 201


@pytest.mark.parametrize("executed", [False, True])
def test_an_order_that_nobody_carried_out_lapses(
    client: TestClient, session: Session, executed: bool
) -> None:
    """After three months; one that was carried out in time stays."""
    issued = TODAY - timedelta(days=100)
    known = {"order_executed_on": issued + timedelta(days=9)} if executed else {}
    child = ordered(session, issued, **known)
    keep(client, "GH-1")
    answer = step(client, child, "gezinshuis", "GH-1")
    assert answer.status_code == (201 if executed else 400)
    assert ("BW 1:265c" in answer.text) is not executed


@pytest.mark.parametrize("kind", ["OTS", "VOTS"])
def test_an_order_holds_no_longer_than_the_supervision(
    client: TestClient, session: Session, kind: str
) -> None:
    """The day after its last one only home is left; on the last day itself the order holds."""
    child = ordered(session, TODAY - timedelta(days=30), supervision_ends_on=YESTERDAY)
    child.legal_frame = kind
    session.flush()
    keep(client, "GH-1")
    found = ladder(client, child)
    assert found["nietVerderDan"] == "thuis met steun"
    assert f"De {kind} liep tot" in found["machtiging"]
    assert "BW 1:265b" in found["machtiging"]
    assert step(client, child, "gezinshuis", "GH-1").status_code == 400
    assert step(client, child, "gezinshuis", "GH-1", dag=str(YESTERDAY)).status_code == 201


def test_guardianship_asks_no_order(client: TestClient, session: Session) -> None:
    """What is left of an OTS of before, its end or its order, says nothing once an agency has the
    guardianship."""
    child = ordered(session, TODAY - timedelta(days=30), supervision_ends_on=YESTERDAY)
    child.legal_frame = "voogdij GI"
    session.flush()
    assert ladder(client, child)["nietVerderDan"] == "residentieel"


SINCE = date(2026, 11, 1)
DAY = date(2026, 11, 29)


@pytest.mark.parametrize(
    ("kind", "order", "furthest"),
    [
        ("vrijwillig", (None, None, None), "residentieel"),
        ("voogdij GI", (None, None, None), "residentieel"),
        ("vrijwillig", (date(2025, 3, 1), "pleeggezin", None), "residentieel"),
        ("voogdij GI", (SINCE, "pleeggezin", None), "residentieel"),
        ("OTS", (None, None, None), "thuis met steun"),
        ("VOTS", (None, "pleeggezin", None), "thuis met steun"),
        ("OTS", (SINCE, "Voorziening voor pleegzorg", None), "pleeggezin"),
        ("OTS", (SINCE, "netwerkpleeggezin", None), "eigen netwerk"),
        ("OTS", (SINCE, "netwerkpleeggezin of pleeggezin", None), "pleeggezin"),
        ("OTS", (SINCE, "gezinshuis", DAY), "gezinshuis"),
        ("OTS", (SINCE, "pleeggezin of gezinshuis", None), "gezinshuis"),
        ("OTS", (SINCE, "accommodatie jeugdhulpaanbieder 24-uurs", None), "residentieel"),
        ("OTS", (SINCE, "leefgroep", None), "leefhuis"),
        ("OTS", (SINCE, "zie beschikking", None), "thuis met steun"),
        ("OTS", (SINCE, None, None), "thuis met steun"),
        ("OTS", (SINCE, "gezinshuis", DAY - timedelta(days=1)), "thuis met steun"),
        ("OTS", (date(2026, 8, 29), "gezinshuis", None), "gezinshuis"),
        ("OTS", (date(2026, 8, 28), "gezinshuis", None), "thuis met steun"),
        ("OTS", (DAY, "gezinshuis", None), "gezinshuis"),
        ("OTS", (DAY + timedelta(days=1), "gezinshuis", None), "thuis met steun"),
    ],
)
def test_an_order_names_how_far(
    kind: str, order: tuple[date | None, str | None, date | None], furthest: str
) -> None:
    """What cannot be read, or is over, allows nothing, and the sentence says what to do.

    order: since when, what it names, its last day.
    """
    issued, setting, ends = order
    frame = Frame(kind, order_issued_on=issued, order_setting=setting, order_ends_on=ends)
    allowed = allowed_by(frame, DAY)
    assert allowed.furthest.value == furthest
    assert allowed.sentence.endswith((".", "?"))
    assert [is_within(rung, allowed.furthest) for rung in RUNGS].count(True) == 1 + RUNGS.index(
        allowed.furthest
    )
