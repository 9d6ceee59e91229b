"""Working off in steps: resumable, nothing twice, in order, held, confirmed, failed."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import func, select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from app.db.opened import Database
from app.db.session import session_for
from app.families import importer as families
from app.families.importer import FamilyImporter
from app.imports import importer, steps
from app.imports.steps import MAX_ATTEMPTS, perform_step
from app.kernel.actor import SYSTEM
from app.models import Family, ImportBatch, ImportContent, ImportState, Place, SiblingGroup
from app.providers import find_provider
from app.settings import Settings
from tests.uploads.conftest import Send, Work

Step = Callable[..., None]
SPIRIT = "pleeggezinnen-spirit.csv"


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importer, "CHUNK_RECORDS", 25)


@pytest.fixture
def step(worker_database: Database, settings: Settings) -> Step:
    """Take one step of Spirit's imports, as a job would; the job after it is not queued."""
    with session_for(worker_database.sessions, SYSTEM) as session:
        named = find_provider(session, "spirit")
        assert named is not None
        spirit = FamilyImporter(named.provider.id)

    def take(*, attempts: int = MAX_ATTEMPTS) -> None:
        perform_step(
            worker_database.sessions, spirit, provider_id=spirit.provider_id, settings=settings,
            queue_next=lambda *_: None, attempts=attempts,
        )  # fmt: skip

    return take


@pytest.fixture
def session(own_database: Database) -> Iterator[Session]:
    with own_database.sessions() as opened:
        opened.info["actor"] = SYSTEM
        yield opened


def follow(client: TestClient, sent: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = client.get(f"/v1/imports/{sent['id']}").json()
    return found


def count(session: Session, table: Any) -> int:
    session.rollback()
    return session.scalar(select(func.count()).select_from(table)) or 0


def test_progress_can_be_followed(send: Send, step: Step, client: TestClient, region: Path) -> None:
    """Each step moves the import on: received, read, 25 at a time, done."""
    sent = send(region / SPIRIT, aanbieder="spirit")
    seen = []
    for _ in range(5):
        step()
        one = follow(client, sent)
        seen.append((one["stand"], one["voortgang"]["verwerkt"]))
    assert seen == [("bezig", 0), ("bezig", 25), ("bezig", 50), ("bezig", 61), ("verwerkt", 61)]


def test_a_step_that_breaks_off_is_redone_whole(
    *, send: Send, step: Step, client: TestClient, region: Path, session: Session
) -> None:
    """A worker that dies after writing but before its commit leaves nothing; no family is twice."""
    sent = send(region / SPIRIT, aanbieder="spirit")
    step()

    class Died(BaseException):
        pass

    def apply_and_die(*args: Any, **words: Any) -> None:
        real(*args, **words)
        raise Died

    real = families.apply_rows
    with patch.object(families, "apply_rows", apply_and_die), pytest.raises(Died):
        step()
    assert count(session, Family) == 0
    for _ in range(4):
        step()
    assert follow(client, sent)["stand"] == "verwerkt"
    assert count(session, Family) == 61


def test_a_resumed_upload_lists_each_change_once(
    *, send: Send, step: Step, client: TestClient, region: Path
) -> None:
    """A worker dies between writing the second part and its commit; jobs are delivered twice."""
    sent = send(region / SPIRIT, aanbieder="spirit")
    where = sent["wijzigingen"]["lijst"]
    assert client.get(where).json() == {"wijzigingen": []}

    class Died(BaseException):
        pass

    def keep_and_die(*args: Any, **words: Any) -> None:
        real(*args, **words)
        raise Died

    real = steps.add_changes
    step()
    step()
    with patch.object(steps, "add_changes", keep_and_die), pytest.raises(Died):
        step()
    assert len(client.get(where).json()["wijzigingen"]) == 25
    for _ in range(5):
        step()
    listed = client.get(where, params={"aantal": 500}).json()["wijzigingen"]
    assert [one["volgnummer"] for one in listed] == list(range(1, 62))
    assert len({one["nummer"] for one in listed}) == 61
    assert follow(client, sent)["wijzigingen"]["nieuw"] == 61


def test_a_job_delivered_twice_does_nothing_twice(
    *, send: Send, step: Step, client: TestClient, region: Path, session: Session
) -> None:
    """More jobs than steps: the spare ones find nothing to do."""
    sent = send(region / SPIRIT, aanbieder="spirit")
    for _ in range(9):
        step()
    one = follow(client, sent)
    assert (one["stand"], one["aantallen"]["nieuw"]) == ("verwerkt", 61)
    assert count(session, Place) == session.scalar(
        text("SELECT count(DISTINCT (family_id, ordinal)) FROM place")
    )


def test_imports_of_one_provider_go_in_order(
    send: Send, step: Step, client: TestClient, region: Path
) -> None:
    """A second file waits until the first is done, whatever job comes first."""
    first = send(region / SPIRIT, aanbieder="spirit")
    second = send(region / SPIRIT, aanbieder="spirit")
    step()
    step()
    assert (follow(client, first)["stand"], follow(client, second)["stand"]) == (
        "bezig", "ontvangen",
    )  # fmt: skip


def halve(path: Path) -> bytes:
    return "\n".join(path.read_text("utf-8-sig").splitlines()[:30]).encode("utf-8-sig")


def test_a_held_export_waits_for_a_person(
    *, send: Send, work: Work, client: TestClient, region: Path, session: Session
) -> None:
    """Half an export changes nothing; confirmed it is applied and the rest is `navragen`."""
    send(region / SPIRIT, aanbieder="spirit")
    work()
    sent = send(halve(region / SPIRIT), aanbieder="spirit")
    work()
    held = follow(client, sent)
    assert held["stand"] == "aangehouden"
    assert "20%" in held["waarschuwingen"][-1]["melding"]
    asked = select(func.count()).select_from(Family).where(Family.needs_confirmation)
    assert session.scalar(asked) == 0
    answer = client.post(f"/v1/imports/{sent['id']}/_bevestig")
    assert (answer.status_code, answer.json()["stand"]) == (202, "ontvangen")
    work()
    session.rollback()
    taken = follow(client, sent)
    assert (taken["stand"], taken["aantallen"]["navragen"]) == ("verwerkt", session.scalar(asked))
    assert taken["aantallen"]["navragen"] > 30
    assert not [f for f in taken["waarschuwingen"] if "20%" in f["melding"]]


def test_confirmed_beforehand_is_not_held(
    send: Send, work: Work, client: TestClient, region: Path
) -> None:
    """With bevestigd=true the same half export is taken at once."""
    send(region / SPIRIT, aanbieder="spirit")
    work()
    sent = send(halve(region / SPIRIT), aanbieder="spirit", bevestigd="true")
    work()
    assert follow(client, sent)["stand"] == "verwerkt"


def test_an_old_held_export_cannot_be_confirmed(
    *, send: Send, work: Work, client: TestClient, region: Path, session: Session
) -> None:
    """A newer export was taken since: confirming the old one would undo it. Its file is gone."""
    send(region / SPIRIT, aanbieder="spirit")
    work()
    held = send(halve(region / SPIRIT), aanbieder="spirit")
    send(region / SPIRIT, aanbieder="spirit")
    work()
    answer = client.post(f"/v1/imports/{held['id']}/_bevestig")
    assert answer.status_code == 409
    assert "nieuwere" in answer.json()["detail"]
    session.rollback()
    assert session.scalars(select(ImportContent.ordinal)).all() == []


def test_only_a_held_import_can_be_confirmed(send: Send, client: TestClient, region: Path) -> None:
    """The refusal says in which state the import is."""
    sent = send(region / SPIRIT, aanbieder="spirit")
    answer = client.post(f"/v1/imports/{sent['id']}/_bevestig")
    assert answer.status_code == 409
    assert "ontvangen" in answer.json()["detail"]


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"nummer;naam\r\n1;2\r\n"])
def test_content_that_is_not_what_it_says(
    send: Send, work: Work, client: TestClient, content: bytes
) -> None:
    """A picture, or a table without the columns: `geweigerd`, with the reader's sentence."""
    sent = send(content, aanbieder="spirit", bestandsnaam="spirit.csv")
    work()
    one = follow(client, sent)
    assert one["stand"] == "geweigerd"
    assert one["reden"].startswith("Bestand spirit.csv")


def test_the_export_of_another_provider(
    *, send: Send, work: Work, client: TestClient, region: Path, session: Session
) -> None:
    """It is recognised, refused with the reader's sentence, and nothing of it is stored."""
    sent = send(region / "pleeggezinnen-youke.json", aanbieder="spirit")
    work()
    one = follow(client, sent)
    assert one["stand"] == "geweigerd"
    assert "youke" in one["reden"].lower()
    assert count(session, Family) == 0


def test_an_error_that_may_pass_is_left_to_the_queue(
    send: Send, step: Step, client: TestClient, region: Path
) -> None:
    """A lost connection does not end an import; on the last attempt it does, and says so."""
    sent = send(region / SPIRIT, aanbieder="spirit")
    step()
    lost = OperationalError("", {}, Exception())
    with patch.object(families, "apply_rows", side_effect=lost):
        with pytest.raises(OperationalError):
            step(attempts=0)
        assert follow(client, sent)["stand"] == "bezig"
        with pytest.raises(OperationalError):
            step()
    one = follow(client, sent)
    assert one["stand"] == "mislukt"
    assert "(OperationalError)" in one["reden"]


def test_groups_wait_until_the_whole_file_is_in(
    send: Send, work: Work, region: Path, session: Session
) -> None:
    """After the last step only groups with a question are on hold."""
    send(region / "aanmeldingen.jsonl", "aanmeldingen", peildatum="2026-11-01")
    work()
    groups = session.scalars(select(SiblingGroup)).all()
    assert groups
    assert not any(group.on_hold for group in groups)


def test_a_worker_that_was_given_up_waits_for_the_other(
    send: Send, step: Step, region: Path, session: Session
) -> None:
    """While one transaction has the import, another one cannot take the same step."""
    sent = send(region / SPIRIT, aanbieder="spirit")
    batch = session.get_one(ImportBatch, UUID(sent["id"]), with_for_update=True)
    assert batch.state is ImportState.RECEIVED
    with session.bind.connect() as other:  # type: ignore[union-attr]
        other.execute(text("SET lock_timeout = '100ms'"))
        other.execute(text("SELECT set_config('pleegzorg.role', 'systeem', false)"))
        with pytest.raises(OperationalError):
            other.execute(
                text("SELECT id FROM import_batch WHERE id = :id FOR UPDATE"), {"id": sent["id"]}
            )
