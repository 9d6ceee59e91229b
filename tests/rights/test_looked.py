"""Who looked at a file, by day: nothing is lost of how often, and no two days are one."""

from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.orm import Session

from app.kernel.clock import AMSTERDAM
from app.rights.looked import looked_at
from app.rights.routes import router
from app.rights.whose import Whose, find_whose
from tests.doors import open_door
from tests.rows import make_registration

_LINE = text("""
    INSERT INTO audit_event (at, operation, actor, role, organisation, subject, reference, outcome)
    VALUES (:at, :operation, :actor, :role, :organisation, 'kind', :reference, :outcome)
""")


@pytest.fixture
def whose(session: Session) -> Whose:
    """A child that was only registered."""
    found = find_whose(session, make_registration(session, number="AM-1").id)
    assert found is not None
    return found


def _looked(connection: Connection, whose: Whose, at: datetime, **other: Any) -> None:
    told = {
        "operation": "leesKind", "actor": "Iemand", "role": "coordinator", "organisation": None,
        "outcome": "gelukt", "reference": str(whose.registrations[0]), "at": at,
    }  # fmt: skip
    connection.execute(text("RESET ROLE"))
    connection.execute(_LINE, told | other)


def test_the_same_on_a_day_here_is_told_once(
    connection: Connection, session: Session, whose: Whose
) -> None:
    """Half past eleven and half past midnight here are two days, though one of UTC."""
    session.flush()
    evening = datetime(2026, 11, 29, 23, 30, tzinfo=AMSTERDAM)
    night = datetime(2026, 11, 30, 0, 30, tzinfo=AMSTERDAM)
    noon = datetime(2026, 11, 30, 12, 0, tzinfo=AMSTERDAM)
    for at in (noon, night, evening):
        _looked(connection, whose, at)
        _looked(connection, whose, at, actor="Een ander")
    _looked(connection, whose, noon, role="auditor")
    _looked(connection, whose, noon, operation="leesInzage", outcome="geweigerd")
    _looked(connection, whose, noon, reference="00000000-0000-7000-8000-000000000000")
    told = [
        (row.at, row.operation, row.role, row.outcome.value, beside["laatstOp"], beside["aantal"])
        for row, beside in looked_at(session, whose)
    ]
    assert told == [
        (evening, "leesKind", "coordinator", "gelukt", evening, 2),
        (night, "leesKind", "coordinator", "gelukt", noon, 4),
        (noon, "leesInzage", "coordinator", "geweigerd", noon, 1),
        (noon, "leesKind", "auditor", "gelukt", noon, 1),
    ]


def test_the_copy_tells_it_without_who_it_was(
    connection: Connection, session: Session, whose: Whose
) -> None:
    """By function; a copy that is read is told of in the next one."""
    session.commit()
    client = open_door(connection, router)
    address = f"/v1/kinderen/{whose.registrations[0]}/inzage"
    for _ in range(3):
        assert client.get(address).status_code == 200
    parts = {part["naam"]: part["regels"] for part in client.get(address).json()["onderdelen"]}
    (line,) = parts["wie keek of wijzigde"]
    assert line["aantal"] == 3
    assert line["op"] <= line["laatstOp"]
    assert line.keys() == {
        "op", "handeling", "doel", "functie", "organisatie", "uitkomst", "laatstOp", "aantal",
    }  # fmt: skip
