"""The example region through uploads and a worker gives what the command line gives."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.cli.region import EXPORTS, REGISTRATIONS
from app.db.encryption import decrypt_bsn
from app.db.opened import Database
from app.db.session import session_for
from app.imports import importer
from app.imports.report import ImportReport
from app.kernel.actor import SYSTEM
from app.models import (
    Child,
    ChildBsn,
    Family,
    FamilyForm,
    FamilyWillingness,
    Housemate,
    ImportChunk,
    ImportContent,
    Occupation,
    Place,
    Registration,
    SiblingGroup,
)
from app.settings import Settings
from tests.region import load_region
from tests.uploads.conftest import Send, Work

Matched = Callable[[str], dict[str, Any]]
COUNTED = (Child, ChildBsn, FamilyForm, FamilyWillingness, Housemate, Occupation, Place)
OWN = {
    "id", "created_at", "child_id", "provider_id", "source_id", "sibling_group_id", "changed_in",
}  # fmt: skip


@pytest.fixture
def told(session: Session, region: Path, settings: Settings) -> tuple[Session, list[ImportReport]]:
    """The region as the command line loads it, in one transaction."""
    return session, load_region(session, region, settings)


def content(session: Session) -> dict[str, Any]:
    """Everything stored that does not differ by nature between two loads."""
    found: dict[str, Any] = {}
    for table, key in ((Family, "reference"), (Registration, "number"), (SiblingGroup, "code")):
        columns = [c.key for c in table.__table__.columns if c.key not in OWN]
        rows = session.execute(select(*(getattr(table, name) for name in columns)))
        found[table.__name__] = sorted((row._asdict() for row in rows), key=lambda r: r[key])
    for counted in COUNTED:
        found[counted.__name__] = session.scalar(select(func.count()).select_from(counted))
    return found


@pytest.mark.parametrize("chunk", [500, 7])
def test_the_region_through_uploads(
    *,
    chunk: int,
    monkeypatch: pytest.MonkeyPatch,
    send: Send,
    work: Work,
    client: TestClient,
    own_database: Database,
    told: tuple[Session, list[ImportReport]],
    region: Path,
    settings: Settings,
) -> None:
    """Same rows in every table, same counts, same refused rows with the same sentences."""
    monkeypatch.setattr(importer, "CHUNK_RECORDS", chunk)
    sent = [send(region / name, aanbieder=code) for code, name in EXPORTS.items()]
    sent.append(send(region / REGISTRATIONS, "aanmeldingen", peildatum="2026-11-01"))
    assert {answer["stand"] for answer in sent} == {"ontvangen"}
    work()
    shown = [client.get(f"/v1/imports/{answer['id']}").json() for answer in sent]
    session, reports = told
    for report, one in zip(reports, shown, strict=True):
        assert one["stand"] == report.state.value == "verwerkt"
        assert one["aantallen"] == {
            "gelezen": report.read, "nieuw": report.added, "gewijzigd": report.changed,
            "gelijk": report.unchanged, "geweigerd": len(report.refusals),
            "navragen": report.to_confirm,
        }  # fmt: skip
        assert one["voortgang"] == {"verwerkt": report.read, "totaal": report.read}
        assert {f["melding"] for f in one["geweigerd"]} == {r.message for r in report.refusals}
        assert {f["melding"] for f in one["waarschuwingen"]} == {n.message for n in report.notices}
    with session_for(own_database.sessions, SYSTEM) as stored:
        assert content(stored) == content(session)
        number, child, secret = stored.execute(
            select(Registration.number, ChildBsn.child_id, ChildBsn.ciphertext)
            .join(ChildBsn, ChildBsn.child_id == Registration.child_id)
            .order_by(Registration.number)
        ).first() or ("", UUID(int=0), b"")
        assert decrypt_bsn(secret, settings, child=child).startswith("999"), number


def test_nothing_of_a_file_stays_behind(
    send: Send, work: Work, worker_database: Database, region: Path
) -> None:
    """Content and chunks are gone when an import has ended, and sealed until then."""
    send(region / REGISTRATIONS, "aanmeldingen", peildatum="2026-11-01")
    with session_for(worker_database.sessions, SYSTEM) as session:
        waiting = session.scalars(select(ImportContent.sealed)).all()
        assert waiting
        assert not any(b"aanmeldnummer" in piece for piece in waiting)
    work()
    with session_for(worker_database.sessions, SYSTEM) as session:
        for table in (ImportContent, ImportChunk):
            assert session.scalar(select(func.count()).select_from(table)) == 0


def test_a_second_time_nothing_changes(
    send: Send, work: Work, client: TestClient, region: Path
) -> None:
    """The same file again ends as `ongewijzigd`, and two files of one provider go in order."""
    file = region / EXPORTS["spirit"]
    first, second = send(file, aanbieder="spirit"), send(file, aanbieder="spirit")
    work()
    states = [client.get(f"/v1/imports/{one['id']}").json()["stand"] for one in (first, second)]
    assert states == ["verwerkt", "ongewijzigd"]


def test_a_run_over_the_api_proposes_what_the_command_line_does(
    *, send: Send, work: Work, client: TestClient, region: Path, matched: Matched
) -> None:
    """Pushed in and asked for through the API alone: every entry is that of `pleegzorg match`."""
    for code, name in EXPORTS.items():
        send(region / name, aanbieder=code)
    send(region / REGISTRATIONS, "aanmeldingen", peildatum="2026-11-01")
    work()
    run = client.post("/v1/matchruns", json={"peildatum": "2026-11-01"}).json()["id"]
    work()
    told = client.get(f"/v1/matchruns/{run}/verslag").json()
    same = matched("zorgvuldig")
    assert len(told["voorstellen"]) == 120
    assert told["voorstellen"] == same["voorstellen"]
    assert told["run"]["doelen"] == same["run"]["doelen"]
