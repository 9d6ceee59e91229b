"""Two referrers register children of one family: each reads what waits, and why."""

from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from app.intake.holds import hold_refused
from app.intake.routes import router
from app.intake.sibling_routes import router as siblings
from app.intake.wishes import settle_wishes
from tests.doors import open_door, signed_in

Body = dict[str, Any]
FIRST, SECOND = signed_in("verwijzer", "gi-a"), signed_in("verwijzer", "gi-b")
INTAKE = signed_in("aanmeldpunt")
GROUP = "BZ-9001"


@pytest.fixture
def client(connection: Connection, session: Session) -> TestClient:
    return open_door(connection, router, siblings)


def register(client: TestClient, body: Body, who: dict[str, str]) -> str:
    answer = client.post("/v1/kinderen", json=body, headers=who)
    assert answer.status_code == 201, answer.text
    return str(answer.headers["Location"])


def wish(word: str) -> Body:
    return {"groep": GROUP, "wens": word}


def child(example: Body, number: str, word: str) -> Body:
    told = {"aanmeldnummer": number, "bsn": None, "voornaam": number, "broersZussen": wish(word)}
    return example | told


def why(client: TestClient, where: str, who: dict[str, str]) -> list[Body]:
    told = client.get(where, headers=who).json()
    assert told["groepNavragen"] is bool(told["groepNavragenRedenen"])
    return list(told["groepNavragenRedenen"])


def test_both_read_why(client: TestClient, example: Body) -> None:
    """Whoever asks, the group waits because the wishes differ; a referrer sees no other's child."""
    ours = register(client, child(example, "AM-81", "samen"), FIRST)
    assert why(client, ours, FIRST) == []
    theirs = register(client, child(example, "AM-82", "apart"), SECOND)
    for where, who in ((ours, FIRST), (theirs, SECOND), (ours, INTAKE), (theirs, INTAKE)):
        assert why(client, where, who) == [{"reden": "wensen verschillen", "aanmeldnummer": None}]
    for where, who in ((ours, FIRST), (theirs, SECOND)):
        others = client.get(f"{where}/broers-zussen", headers=who)
        assert others.json() == {"broersZussen": []}
    assert client.get(theirs, headers=FIRST).status_code == 404


def test_no_number_of_anothers_registration(
    client: TestClient, example: Body, session: Session
) -> None:
    """A refused line holds the group: the referrer reads that, and the staff reads which it was."""
    ours = register(client, child(example, "AM-83", "samen"), FIRST)
    hold_refused(session, [(GROUP, "AM-99")])
    settle_wishes(session, [GROUP])
    reason = "aanmelding geweigerd"
    assert why(client, ours, FIRST) == [{"reden": reason, "aanmeldnummer": None}]
    assert why(client, ours, INTAKE) == [{"reden": reason, "aanmeldnummer": "AM-99"}]
