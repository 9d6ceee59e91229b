"""A confirmation can be taken back for a few minutes, by who confirmed and if nothing happened."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from app.families.availability_routes import router as availability
from app.families.routes import router
from app.kernel.clock import now
from app.models import Event, Family
from tests.doors import open_door, signed_in
from tests.rows import make_family

WHERE = "/v1/pleeggezinnen/spirit/SPI-1"
LONG_AGO = datetime(2026, 9, 1, 12, tzinfo=UTC)


@pytest.fixture
def client(connection: Connection, session: Session) -> TestClient:
    make_family(session, reference="SPI-1", confirmed_at=LONG_AGO, needs_confirmation=True)
    session.commit()
    return open_door(connection, router, availability)


def take_back(client: TestClient, **who: Any) -> Any:
    return client.post(f"{WHERE}/bevestiging/_terugdraaien", **who)


def confirm(client: TestClient) -> None:
    assert client.post(f"{WHERE}/_bevestig").json()["navragen"] is False


def test_the_moment_of_before_counts_again(client: TestClient, session: Session) -> None:
    """It must be asked about again, whoever follows the family is told, and once is enough."""
    confirm(client)
    answer = take_back(client)
    assert answer.status_code == 200, answer.text
    assert answer.json()["navragen"] is True
    assert answer.json()["laatstBevestigdOp"][:19] == LONG_AGO.isoformat()[:19]
    told = session.scalars(select(Event.kind).order_by(Event.id)).all()
    assert list(told) == ["pleeggezin.bevestigd", "pleeggezin.gewijzigd"]
    assert take_back(client).status_code == 409


def stored(session: Session) -> Family:
    session.expire_all()
    return session.scalars(select(Family)).one()


def test_nobody_else_takes_it_back(client: TestClient, session: Session) -> None:
    """Another provider does not even see the family; a colleague is refused."""
    confirm(client)
    assert take_back(client, headers=signed_in("aanbieder-matcher", "youke")).status_code == 404
    stored(session).confirmed_by = "een-ander"
    session.commit()
    assert take_back(client).status_code == 409


def test_not_after_five_minutes(client: TestClient, session: Session) -> None:
    """The sentence says until when."""
    confirm(client)
    stored(session).confirmed_at = now() - timedelta(minutes=6)
    session.commit()
    refused = take_back(client)
    assert (refused.status_code, "vijf minuten" in refused.json()["detail"]) == (409, True)


def test_not_after_another_transaction(client: TestClient, session: Session) -> None:
    """A bed that was locked meanwhile counts: the database notes which transaction was the last."""
    confirm(client)
    family = stored(session)
    family.confirmed_in = family.changed_in - 1
    session.commit()
    assert take_back(client).status_code == 409


def test_not_after_a_change_of_what_is_offered(client: TestClient) -> None:
    """That confirmed the family too."""
    confirm(client)
    match = {"If-Match": client.get(WHERE).headers["ETag"]}
    body = {
        "pauze": None, "beschikbaarVanaf": None, "beschikbaarTot": None,
        "plaatsen": [{"ritme": "voltijd", "isVrij": True}],
    }  # fmt: skip
    told = client.put(f"{WHERE}/beschikbaarheid", json=body, headers=match)
    assert told.status_code == 200, told.text
    assert take_back(client).status_code == 409
