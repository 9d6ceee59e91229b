"""What becomes of a registration is told to staff, and to nobody else."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from app.imports.report import source_of
from app.intake.reader import read_registrations
from app.intake.routes import router
from app.intake.service import import_registrations
from app.kernel.actor import SYSTEM
from app.settings import Settings
from tests.doors import open_door, signed_in
from tests.region import DAY
from tests.told import kinds_in, told_in

REFERRER = signed_in("verwijzer", "gi-a")


@pytest.fixture
def client(connection: Connection, session: Session) -> TestClient:
    return open_door(connection, router)


@pytest.mark.parametrize("headers", [{}, REFERRER])
def test_registered_corrected_withdrawn(
    client: TestClient, session: Session, example: dict[str, Any], headers: dict[str, str]
) -> None:
    """Only the id and the reason from the list; a referrer's work is told too."""
    client.headers.update(headers)
    body = {**example, "broersZussen": None}
    where = client.post("/v1/kinderen", json=body).headers["Location"]
    assert client.put(where, json=body, headers={"If-Match": '"1"'}).status_code == 200
    changed = body | {"bezoekPerMaand": 3}
    assert client.put(where, json=changed, headers={"If-Match": '"1"'}).status_code == 200
    reason = {"reden": "thuis gebleven"}
    answer = client.post(f"{where}/_intrekken", json=reason, headers={"If-Match": '"2"'})
    assert answer.status_code == 200, answer.text
    data = {"kind": where.rpartition("/")[2]}
    assert told_in(session) == [
        ("aanmelding.gedaan", data, None),
        ("aanmelding.verbeterd", data, None),
        ("aanmelding.ingetrokken", data | reason, None),
    ]
    text = json.dumps(told_in(session))
    assert not any(str(example[name]) in text for name in ("bsn", "voornaam", "aanmeldnummer"))


def test_a_file_of_registrations(
    session: Session, write: Callable[..., Path], settings: Settings
) -> None:
    """Each one that is new or changed, and the import itself."""

    def bring(*lines: dict[str, object]) -> None:
        path = write(*lines)
        reading = read_registrations(path, today=DAY)
        import_registrations(
            session, actor=SYSTEM, reading=reading, source=source_of(path), settings=settings
        )

    two = [
        {"aanmeldnummer": f"AM-{n}", "bsn": ..., "broersZussen": None} for n in (1, 2)
    ]  # fmt: skip
    bring(*two)
    bring(two[0], {**two[1], "bezoekPerMaand": 3})
    assert kinds_in(session) == [
        "aanmelding.gedaan", "aanmelding.gedaan", "import.beeindigd",
        "aanmelding.verbeterd", "import.beeindigd",
    ]  # fmt: skip
