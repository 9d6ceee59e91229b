"""A copy of a file: all that is the child's, and nothing that is of somebody else."""

import json
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from app.rights.catalogue import load_catalogue
from app.rights.routes import router
from tests.doors import open_door, signed_in
from tests.rights.full import BSN, FAMILY, NAME, NUMBER, REFERENCE, SISTER, SISTER_NUMBER, make_full

# Marks of texts that are another's words, by who said them beside it.
_OTHERS_WORDS = {"kind-fact_correction-reason"}


@pytest.fixture
def client(connection: Connection, session: Session) -> TestClient:
    return open_door(connection, router)


def copied(client: TestClient, session: Session, *, is_secret: bool = False) -> dict[str, Any]:
    full = make_full(session, is_secret=is_secret)
    session.commit()
    answer = client.get(f"/v1/kinderen/{full.registration_id}/inzage")
    assert answer.status_code == 200, answer.text
    printed = client.get(f"/v1/kinderen/{full.registration_id}/inzage/afdruk")
    assert printed.headers["content-type"].startswith("text/html")
    told: dict[str, Any] = answer.json()
    return told | {"afdruk": printed.text}


def planted() -> set[str]:
    """The mark of each text of the child that the world fills."""
    from sqlalchemy import Enum, String

    from app.db.base import Base

    found = set()
    for table in load_catalogue().exported():
        for column in table.shown:
            kind = Base.metadata.tables[table.name].columns[column].type
            if isinstance(kind, String) and not isinstance(kind, Enum):
                found.add(f"kind-{table.name}-{column}")
    return found


def test_all_of_the_child_and_nothing_of_others(client: TestClient, session: Session) -> None:
    """Each planted mark of the child is there, on paper too; none of another's is."""
    told = copied(client, session)
    everything = json.dumps(told, ensure_ascii=False)
    for word in (
        NAME,
        f"******{BSN[-3:]}",
        NUMBER,
        "kind-was",
        "kind-bezwaar",
        "kind-bevinding",
        "kind-big5",
    ):
        assert word in everything, word
        assert word in told["afdruk"], word
    given = {mark for mark in planted() if mark in everything}
    missed = planted() - given - _OTHERS_WORDS
    # Those that the world gives a value of its own.
    assert missed <= GIVEN, missed - GIVEN
    for word in (BSN, "derde-", FAMILY, REFERENCE, SISTER, SISTER_NUMBER, "1019DD"):
        assert word not in everything, everything[everything.index(word) - 200 :][:300]


GIVEN = {
    "kind-audit_event-operation", "kind-audit_event-organisation", "kind-audit_event-role",
    "kind-child-first_name", "kind-crisis_report-closed_because", "kind-crisis_report-postcode",
    "kind-draft-municipality", "kind-draft-number", "kind-draft-owner_organisation",
    "kind-draft-postcode", "kind-draft-staying_now", "kind-erasure_request-reason",
    "kind-erasure_request-role", "kind-placement_basis-weights_version",
    "kind-registration-municipality", "kind-registration-number",
    "kind-registration-owner_organisation", "kind-registration-postcode",
    "kind-registration-school_postcode", "kind-registration-staying_now",
    "kind-review_finding-text", "kind-stage_change-reason", "kind-stage_change-role",
    "kind-step_objection-text", "kind-field_change-field",
}  # fmt: skip


def test_a_secret_place_stays_secret(client: TestClient, session: Session) -> None:
    """Where the child is, how far, and where it goes to school are in no copy."""
    told = copied(client, session, is_secret=True)
    everything = json.dumps(told, ensure_ascii=False)
    assert NAME in everything
    for word in ("schuilplaatsweg", "1012KX", "1013AB", "afstandKm", "afstand_huis_km"):
        assert word not in everything, word
    assert told["geheimePlaatsing"] is True


def test_names_of_others_in_a_free_text_are_taken_out(client: TestClient, session: Session) -> None:
    """What somebody typed can name the family or a sister."""
    from app.models import Registration

    full = make_full(session)
    story = f"Ik mis {SISTER} en {FAMILY} <b>."
    session.get_one(Registration, full.registration_id).child_voice = story
    session.commit()
    at = f"/v1/kinderen/{full.registration_id}/inzage"
    assert "Ik mis [naam] en [naam] <b>." in client.get(at).text
    assert "Ik mis [naam] en [naam] &lt;b&gt;." in client.get(f"{at}/afdruk").text


@pytest.mark.parametrize("role", ["auditor", "crisisdienst", "regiomanager"])
def test_few_may_ask_for_a_copy(client: TestClient, session: Session, role: str) -> None:
    """The intake and the coordinator alone."""
    full = make_full(session)
    session.commit()
    at = f"/v1/kinderen/{full.registration_id}/inzage"
    assert client.get(at, headers=signed_in(role)).status_code == 403
