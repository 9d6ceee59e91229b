"""How many questions the API asks the database for what is read most: it must not grow unseen."""

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection, event
from sqlalchemy.orm import Session

from app.intake.example import EXAMPLE
from app.intake.routes import router as intake
from app.proposals.routes import router as proposals
from tests.doors import open_door
from tests.proposals.running import run_here
from tests.rows import make_family, make_registration


@pytest.fixture
def child(connection: Connection) -> tuple[TestClient, str]:
    """A door with both slices behind it, and the address of the contract's example child."""
    client = open_door(connection, intake)
    client.v1.include_router(proposals)  # type: ignore[attr-defined]
    answer = client.post("/v1/kinderen", json=EXAMPLE)
    assert answer.status_code == 201, answer.text
    return client, answer.headers["Location"]


@pytest.fixture
def selects(connection: Connection) -> Iterator[list[str]]:
    seen: list[str] = []

    def note(_: object, __: object, statement: str, *___: Any) -> None:
        # What tells the database who asks is asked before everything; the test's gate asks for a
        # provider, which the real one keeps for a minute.
        is_ours = (
            "set_config" not in statement
            and "FROM provider" not in statement.split(" WHERE", maxsplit=1)[0]
        )
        if statement.startswith("SELECT") and is_ours:
            seen.append(statement)

    event.listen(connection, "before_cursor_execute", note)
    yield seen
    event.remove(connection, "before_cursor_execute", note)


@pytest.mark.parametrize(("suffix", "most"), [("", 1), ("/matchvoorstellen", 2)])
def test_reading_asks_little(
    child: tuple[TestClient, str], selects: list[str], suffix: str, most: int
) -> None:
    """A child with all that hangs on it is one question, its proposals are at most two."""
    client, address = child
    selects.clear()
    assert client.get(address + suffix).status_code == 200
    assert 1 <= len(selects) <= most


def test_proposals_of_a_run_are_two_questions(
    connection: Connection, session: Session, selects: list[str]
) -> None:
    """With all that hangs on them: which families to confirm first, and whether chances are off."""
    for number in range(3):
        make_family(session, reference=f"SPI-{number}")
    child = make_registration(session, number="AM-1")
    run_here(session)
    session.commit()
    client = open_door(connection, proposals)
    selects.clear()
    answer = client.get(f"/v1/kinderen/{child.id}/matchvoorstellen")
    assert answer.json()["voorstel"]["gezin"] is not None
    assert len(answer.json()["alternatieven"]) == 2
    assert len(selects) == 2
