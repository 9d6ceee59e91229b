"""A clock that goes back between a yes in the night and the release of the bed."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from fastapi.testclient import TestClient
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from app.crisis.routes import router
from app.kernel.actor import ActorRole
from app.kernel.clock import now
from tests.crisis.test_routes import MELDINGEN, ask, call, families, make_home
from tests.doors import open_door, signed_in


@pytest.fixture
def client(connection: Connection) -> Iterator[TestClient]:
    client = open_door(connection, router)
    client.headers.update(signed_in(ActorRole.CRISIS))
    yield client


def test_a_bed_is_given_back_though_the_clock_went_back(
    client: TestClient, session: Session
) -> None:
    """Locked by a process whose clock was an hour ahead: nobody has to wait for that hour."""
    make_home(session, "SPI-1")
    report = ask(client)
    with time_machine.travel(now() + timedelta(hours=1)):
        assert call(client, report, "SPI-1", "ja").status_code == 201
    body = {"reden": "Oma kan het kind hebben."}
    given = client.post(f"{MELDINGEN}/{report['id']}/_vrijgeven", json=body)
    assert given.status_code == 200, given.text
    assert families(ask(client)) == ["SPI-1"]
