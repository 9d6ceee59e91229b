"""An import that failed halfway stays half stored: every run that rests on it says so."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.exc import OperationalError

from app.db.opened import Database
from app.db.session import session_for
from app.families import importer as families
from app.families.importer import FamilyImporter
from app.imports import importer
from app.imports.importer import Importer
from app.imports.steps import MAX_ATTEMPTS, perform_step
from app.intake import importer as intake
from app.intake.importer import RegistrationImporter
from app.kernel.actor import SYSTEM
from app.proposals.runs import perform_run
from app.providers import find_provider
from app.settings import Settings
from tests.proposals.asking import ask
from tests.uploads.conftest import Send, Work

SPIRIT, REGISTRATIONS = "pleeggezinnen-spirit.csv", "aanmeldingen.jsonl"
Fail = Callable[..., None]
Warnings = Callable[[], list[dict[str, Any]]]


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importer, "CHUNK_RECORDS", 25)


@pytest.fixture
def fail(worker_database: Database, settings: Settings) -> Fail:
    """Let an uploaded file fail after some parts of 25; the database is lost for good then."""

    def call(code: str | None, *, parts: int = 1) -> None:
        with session_for(worker_database.sessions, SYSTEM) as session:
            named = find_provider(session, code) if code else None
            own = named.provider.id if named else None
        takes: Importer = FamilyImporter(own) if own else RegistrationImporter(settings)

        def step() -> None:
            perform_step(
                worker_database.sessions, takes, provider_id=own, settings=settings,
                queue_next=lambda *_: None, attempts=MAX_ATTEMPTS,
            )  # fmt: skip

        for _ in range(1 + parts):
            step()
        room, name = (families, "apply_rows") if code else (intake, "take_registrations")
        lost = OperationalError("", {}, Exception())
        with patch.object(room, name, side_effect=lost), pytest.raises(OperationalError):
            step()

    return call


@pytest.fixture
def warnings(own_database: Database, client: TestClient) -> Warnings:
    """Perform a run, and return what its report warns of half stored imports."""

    def call() -> list[dict[str, Any]]:
        run_id = ask(own_database)
        perform_run(own_database.sessions, actor=SYSTEM, run_id=run_id)
        told = client.get(f"/v1/matchruns/{run_id}/verslag").json()["run"]["waarschuwingen"]
        return [one for one in told if "halverwege mislukt" in one["melding"]]

    return call


def test_a_run_names_the_file_of_a_half_stored_export(
    *, send: Send, fail: Fail, work: Work, warnings: Warnings, client: TestClient, region: Path
) -> None:
    """Which file, how much of it, and what to do; after a whole export of its provider no more."""
    sent = send(region / SPIRIT, aanbieder="spirit")
    fail("spirit", parts=2)
    assert client.get(f"/v1/imports/{sent['id']}").json()["stand"] == "mislukt"
    (one,) = warnings()
    assert one["bestand"] == SPIRIT
    assert "pleeggezinnen van spirit" in one["melding"]
    assert "50 van 61 verwerkt" in one["melding"]
    assert "opnieuw aan" in one["melding"]
    send(region / "pleeggezinnen-youke.json", aanbieder="youke")
    work()
    assert warnings() == [one]
    send(region / SPIRIT, aanbieder="spirit", bestandsnaam="morgen.csv")
    work()
    assert warnings() == []


def test_an_import_that_failed_before_its_first_part(
    *, send: Send, fail: Fail, warnings: Warnings, region: Path
) -> None:
    """Nothing of it is stored: nothing rests on it, and it makes nothing good."""
    send(region / SPIRIT, aanbieder="spirit")
    fail("spirit", parts=0)
    assert warnings() == []
    send(region / SPIRIT, aanbieder="spirit")
    fail("spirit", parts=1)
    send(region / SPIRIT, aanbieder="spirit", bestandsnaam="daarna.csv")
    fail("spirit", parts=0)
    assert [one["bestand"] for one in warnings()] == [SPIRIT]


def test_the_newest_of_two_that_failed_is_named(
    *, send: Send, fail: Fail, warnings: Warnings, region: Path
) -> None:
    """One whole export makes both good, so one warning is enough."""
    send(region / SPIRIT, aanbieder="spirit")
    fail("spirit", parts=1)
    send(region / SPIRIT, aanbieder="spirit", bestandsnaam="morgen.csv")
    fail("spirit", parts=2)
    assert [one["bestand"] for one in warnings()] == ["morgen.csv"]


def test_registrations_are_made_good_by_the_same_file_only(
    *, send: Send, fail: Fail, work: Work, warnings: Warnings, region: Path
) -> None:
    """Another file says nothing of those that are missing; the repaired one has the same name."""
    lines = (region / REGISTRATIONS).read_bytes().splitlines(keepends=True)
    words = {"peildatum": "2026-11-01"}
    send(region / REGISTRATIONS, "aanmeldingen", **words)
    fail(None, parts=2)
    (one,) = warnings()
    assert (one["bestand"], "50 van 120" in one["melding"]) == (REGISTRATIONS, True)
    send(lines[0], "aanmeldingen", bestandsnaam="morgen.jsonl", **words)
    work()
    assert warnings() == [one]
    send(b"".join(lines[:-1]), "aanmeldingen", bestandsnaam=REGISTRATIONS, **words)
    work()
    assert warnings() == []
