"""What becomes of a family is told, one by one as well as by an export."""

from dataclasses import replace
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from app.families.routes import router
from tests.doors import open_door, signed_in
from tests.families.telling import SPI_1, TOLD
from tests.families.test_import import RECORD, bring, records
from tests.told import kinds_in, told_in

DATA = {"aanbieder": "spirit", "gezin": "SPI-1"}


@pytest.fixture
def client(connection: Connection, session: Session) -> TestClient:
    return open_door(connection, router)


@pytest.mark.parametrize("headers", [{}, signed_in("aanbieder-systeem", "spirit")])
def test_one_at_a_time(client: TestClient, session: Session, headers: dict[str, str]) -> None:
    """New, changed and confirmed; saying the same again is no event. Whoever says it."""
    client.headers.update(headers)
    client.put(SPI_1, json=TOLD)
    client.put(SPI_1, json=TOLD, headers={"If-Match": '"1"'})
    changed = TOLD | {"leeftijdTotEnMet": 16}
    assert client.put(SPI_1, json=changed, headers={"If-Match": '"1"'}).status_code == 200
    assert client.post(f"{SPI_1}/_bevestig").status_code == 200
    kinds = ("pleeggezin.toegevoegd", "pleeggezin.gewijzigd", "pleeggezin.bevestigd")
    assert told_in(session) == [(kind, DATA, "spirit") for kind in kinds]


def test_a_refused_change_tells_nothing(client: TestClient, session: Session) -> None:
    """Nothing happened."""
    client.put(SPI_1, json=TOLD)
    before = kinds_in(session)
    older = TOLD | {"leeftijdTotEnMet": 16, "gewijzigdOp": "2026-10-01T00:00:00Z"}
    assert client.put(SPI_1, json=older, headers={"If-Match": '"1"'}).status_code == 409
    assert client.put(SPI_1, json=older).status_code == 428
    assert kinds_in(session) == before


def test_an_export(session: Session) -> None:
    """Each family that it adds, changes, misses or brings back, and the import itself."""
    bring(session, records(6))
    later = RECORD.updated_at + timedelta(hours=1)
    five = records(6)[:5]
    five[0] = replace(five[0], max_age=16, updated_at=later)
    bring(session, five)
    bring(session, [*five, replace(RECORD, reference="SPI-6", updated_at=later)])
    bring(session, records(6)[:2])
    found = told_in(session)
    kinds = [kind for kind, _, _ in found]
    assert kinds[:7] == ["pleeggezin.toegevoegd"] * 6 + ["import.beeindigd"]
    assert kinds[7:10] == ["pleeggezin.gewijzigd", "pleeggezin.navragen", "import.beeindigd"]
    assert kinds[10:] == ["pleeggezin.terug", "import.beeindigd", "import.beeindigd"]
    assert [data["gezin"] for _, data, _ in found[7:9]] == ["SPI-1", "SPI-6"]
    assert found[10][1]["gezin"] == "SPI-6"
    states = [data["stand"] for kind, data, _ in found if kind == "import.beeindigd"]
    assert states == ["verwerkt", "verwerkt", "verwerkt", "aangehouden"]
    assert {code for _, _, code in found} == {"spirit"}
