"""Asking for destruction, deciding on it, statements and duties to keep, at the door."""

from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection, select
from sqlalchemy.orm import Session, sessionmaker

from app.db.opened import Database
from app.jobs import make_queue
from app.kernel.clock import today_in_amsterdam
from app.models import AuditEvent, Child, ErasureRequest, Event, FileStatement
from app.rights.routes import router
from app.rights.tasks import perform
from tests.doors import open_door, signed_in
from tests.rights.full import NAME, SETTINGS, Full, make_full

TODAY = today_in_amsterdam()
COORDINATOR = signed_in("coordinator")
REPRESENTATIVE = {"gevraagdDoor": "wettelijk vertegenwoordiger", "gevraagdOp": TODAY.isoformat()}
YES = {"toegewezen": True, "reden": "Het verzoek voldoet."}


@pytest.fixture
def client(connection: Connection, session: Session, database: Database) -> TestClient:
    opened = open_door(connection, router)
    opened.v1.state.queue = make_queue(database.conninfo())  # type: ignore[attr-defined]
    return opened


@pytest.fixture
def full(session: Session) -> Full:
    made = make_full(session)
    session.commit()
    return made


def ask(client: TestClient, full: Full, **more: Any) -> Any:
    at = f"/v1/kinderen/{full.registration_id}/vernietigingsverzoeken"
    return client.post(at, json=REPRESENTATIVE | more)


def decide(client: TestClient, request: str, **decision: Any) -> Any:
    at = f"/v1/vernietigingsverzoeken/{request}/_beslis"
    return client.post(at, json=YES | decision, headers=COORDINATOR)


def test_a_file_is_destroyed_on_request(
    client: TestClient, full: Full, connection: Connection, session: Session
) -> None:
    """Asked, granted, performed once; the proof stays, the log too, and subscribers are told."""
    asked = ask(client, full, toelichting=f"{NAME} wil dit.")
    assert asked.status_code == 201, asked.text
    assert ask(client, full).status_code == 409
    answer = decide(client, asked.json()["id"])
    assert answer.status_code == 200, answer.text
    assert decide(client, asked.json()["id"]).status_code == 409
    sessions = sessionmaker(
        connection, join_transaction_mode="create_savepoint", expire_on_commit=False
    )
    session.commit()
    row = session.scalars(select(ErasureRequest)).one()
    for _ in range(2):
        perform(sessions, SETTINGS, row.id)
    session.refresh(row)
    assert (row.state, row.note, row.reason) == ("uitgevoerd", None, None)
    assert row.counts["registration"] == 1
    shown = client.get(f"/v1/kinderen/{full.registration_id}/vernietigingsverzoeken")
    assert shown.json()["verzoeken"][0]["stand"] == "uitgevoerd"
    assert client.get(f"/v1/kinderen/{full.registration_id}/inzage").status_code == 404
    session.commit()
    lines = session.scalars(
        select(AuditEvent.operation).where(AuditEvent.reference == str(full.registration_id))
    ).all()
    assert {"leesKind", "vernietigKind"} <= set(lines)
    told = session.scalars(select(Event).where(Event.kind == "dossier.vernietigd")).all()
    assert {event.provider_id is None for event in told} == {True, False}


def test_a_refusal_names_a_ground_of_the_law(client: TestClient, full: Full) -> None:
    """And a grant names none."""
    request = ask(client, full).json()["id"]
    assert decide(client, request, toegewezen=False).status_code == 400
    assert decide(client, request, weigeringsgrond="wettelijke plicht").status_code == 400
    other = decide(client, request, toegewezen=False, weigeringsgrond="geen zin")
    assert other.status_code == 400
    refused = decide(client, request, toegewezen=False, weigeringsgrond="wettelijke plicht")
    assert (refused.status_code, refused.json()["stand"]) == (200, "geweigerd")


@pytest.mark.parametrize(
    ("who", "years", "status"),
    [
        ("kind vanaf 16", 16, 201),
        ("kind vanaf 16", 15, 400),
        ("kind van 12 tot 16", 12, 201),
        ("kind van 12 tot 16", 11, 400),
        ("kind van 12 tot 16", 16, 400),
        ("wettelijk vertegenwoordiger", 11, 201),
        ("wettelijk vertegenwoordiger", 13, 400),
        ("wettelijk vertegenwoordiger", 16, 400),
    ],
)
def test_who_may_ask_follows_from_the_age(
    *, client: TestClient, full: Full, session: Session, who: str, years: int, status: int
) -> None:
    """On the very birthday; from 12 a representative must say why the child does not ask."""
    session.get_one(Child, full.child_id).born_on = TODAY.replace(year=TODAY.year - years)
    session.commit()
    assert ask(client, full, gevraagdDoor=who).status_code == status


def test_the_term_is_three_months(client: TestClient, full: Full) -> None:
    """And a day to come is no day of a request."""
    tomorrow = (TODAY + timedelta(days=1)).isoformat()
    assert ask(client, full, gevraagdOp=tomorrow).status_code == 400
    assert ask(client, full, gevraagdOp="2026-01-31").json()["uiterlijk"] == "2026-04-30"


def test_a_duty_to_keep_goes_before_a_request(client: TestClient, full: Full) -> None:
    """Until it is lifted the file has no last day, and cannot be destroyed."""
    here = f"/v1/kinderen/{full.registration_id}"
    until = client.get(f"{here}/bewaartermijn").json()["bewaarTot"]
    assert until is not None
    assert int(until[:4]) >= TODAY.year + 20
    duty = {"soort": "rechtszaak", "toelichting": "Loopt bij de rechtbank."}
    made = client.post(f"{here}/bewaarplichten", json=duty, headers=COORDINATOR)
    assert made.status_code == 201, made.text
    assert client.get(f"{here}/bewaartermijn").json()["bewaarTot"] is None
    request = ask(client, full).json()["id"]
    held = decide(client, request)
    assert held.status_code == 409
    assert "bewaarplicht" in held.json()["detail"]
    lift = f"{here}/bewaarplichten/{made.json()['id']}/_opheffen"
    assert client.post(lift, headers=COORDINATOR).status_code == 200
    assert client.post(lift, headers=COORDINATOR).status_code == 409
    assert client.get(f"{here}/bewaartermijn").json()["bewaarTot"] == until
    assert decide(client, request).status_code == 200


def test_a_refused_correction_leaves_the_persons_own_words(
    client: TestClient, full: Full, session: Session
) -> None:
    """They stand in the file, and whoever heard of the child is told (AVG 16 and 19)."""
    at = f"/v1/kinderen/{full.registration_id}/verklaringen"
    wish = {
        "veld": "problematiek.lvb", "verklaardDoor": "ouder", "verklaring": "Dit is niet zo.",
        "redenWeigering": "Het onderzoek zegt het wel.",
    }  # fmt: skip
    assert client.post(at, json=wish).status_code == 201
    told = client.get(at).json()["verklaringen"][0]
    assert {name: told[name] for name in wish} == wish
    without_field = {name: wish[name] for name in wish if name != "veld"}
    assert client.post(at, json=without_field).status_code == 400
    session.commit()
    assert session.query(FileStatement).count() == 2
    events = session.scalars(select(Event).where(Event.kind == "verklaring.toegevoegd")).all()
    assert {event.provider_id is None for event in events} == {True, False}
