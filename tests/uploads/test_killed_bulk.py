"""A worker killed in the middle of a call with many families: each is whole, and all get there."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import func, select

from app.db.opened import Database
from app.db.session import session_for
from app.kernel.actor import SYSTEM
from app.models import Family, FamilyForm, Housemate, Place
from tests.families.telling import TOLD
from tests.test_workers import Worker, wait_for

FAMILIES = 1_500
PLACES, PEOPLE = 2, 3  # of each family that TOLD tells of

pytestmark = pytest.mark.soak  # real processes, killed: make soak, and CI


def told(last_age: int) -> bytes:
    many = [TOLD | {"leeftijdTotEnMet": last_age, "nummer": f"SPI-{n}"} for n in range(FAMILIES)]
    return json.dumps(many).encode()


@pytest.mark.soak
@pytest.mark.timeout(400)
def test_killed_while_families_change(
    client: TestClient, start: Callable[[], Worker], own_database: Database
) -> None:
    """Killed with -9 halfway each family is as it was or as it is told; sent again all are."""

    def send(last_age: int, key: str) -> Callable[[], dict[str, Any]]:
        answer = client.post(
            "/v1/pleeggezinnen/_bulk?aanbieder=spirit",
            content=told(last_age),
            headers={"Content-Type": "application/json", "Idempotency-Key": key},
        )
        assert answer.status_code == 202, answer.text
        return lambda: dict(client.get(answer.headers["Location"]).json())

    def ages() -> dict[int, int]:
        with session_for(own_database.sessions, SYSTEM) as session:
            counted = select(Family.max_age, func.count()).group_by(Family.max_age)
            return dict(session.execute(counted).all())

    first = start()
    follow = send(12, "eerste")
    wait_for(lambda: follow()["stand"] == "verwerkt")
    first.end()
    follow = send(17, "tweede")
    busy = start()
    wait_for(lambda: 0 < follow()["voortgang"]["verwerkt"] < FAMILIES)
    busy.end()
    halfway = ages()
    assert set(halfway) == {12, 17}
    assert sum(halfway.values()) == FAMILIES
    # A sender that got no answer sends again with its key: still the same import.
    again = send(17, "tweede")
    assert again()["id"] == follow()["id"]
    start()
    wait_for(lambda: follow()["stand"] == "verwerkt")
    assert ages() == {17: FAMILIES}
    assert follow()["aantallen"]["gewijzigd"] == FAMILIES
    with session_for(own_database.sessions, SYSTEM) as session:
        for table, each in ((Place, PLACES), (Housemate, PEOPLE), (FamilyForm, 1)):
            assert session.scalar(select(func.count()).select_from(table)) == each * FAMILIES
