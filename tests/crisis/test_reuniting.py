"""Who was parted by a bed stands before the desk when they must be together again."""

from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from app.crisis.routes import router
from app.kernel.holding import REUNION_NEAR
from app.models import CrisisReport
from tests.crisis.test_routes import KIN, MELDINGEN, TODAY, ask, call, make_home
from tests.doors import open_door, signed_in


@pytest.fixture
def client(connection: Connection, session: Session) -> TestClient:
    made = open_door(connection, router)
    made.headers.update(signed_in("crisisdienst"))
    return made


def listed(client: TestClient, **asked: Any) -> list[tuple[str, bool]]:
    rows = client.get(MELDINGEN, params=asked).json()["crisismeldingen"]
    return [(row["id"], row["herenigenNu"]) for row in rows]


def test_who_must_be_together_again_is_listed_until_the_bed_is_free(
    client: TestClient, session: Session
) -> None:
    """From a week before the day, and after it; a report without a split is never one."""
    make_home(session, "SPI-1", places=1)
    make_home(session, "SPI-2", places=1)
    alone = ask(client)
    call(client, alone, "SPI-2", "ja")
    parted = ask(client, broersZussen=KIN)
    far = TODAY + REUNION_NEAR + timedelta(days=1)
    answer = call(client, parted, "SPI-1", "ja", herenigenVoor=far.isoformat())
    assert answer.status_code == 201, answer.text
    id_ = parted["id"]
    assert (listed(client, herenigenNu=True), (id_, False) in listed(client)) == ([], True)
    report = session.scalars(select(CrisisReport).where(CrisisReport.reunite_by == far)).one()
    for day in (TODAY + REUNION_NEAR, TODAY - timedelta(days=3)):
        report.reunite_by = day
        session.commit()
        assert listed(client, herenigenNu=True) == [(id_, True)]
        assert listed(client, herenigenNu=False) == [(alone["id"], False)]
    client.post(f"{MELDINGEN}/{id_}/_sluiten", json={"reden": "Naar een tante, samen."})
    assert listed(client, herenigenNu=True) == []
