"""No match run sees half an import: it waits, and then nobody waits for ever."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select, text

from app.db.opened import Database
from app.db.session import session_for
from app.families.importer import FamilyImporter
from app.imports import importer
from app.imports.steps import MAX_ATTEMPTS, WAIT_SECONDS, perform_step
from app.jobs import make_queue, queue_job
from app.kernel.actor import SYSTEM
from app.kernel.errors import NotReady
from app.models import ImportBatch, ImportState, RunState
from app.proposals import runs
from app.proposals.attempt import ImportUnderway, begin_attempt
from app.proposals.queries import find_run, progress_of
from app.proposals.runs import STILL_BUSY, perform_attempt, perform_run
from app.providers import find_provider
from app.settings import Settings
from tests.databases import empty
from tests.problems import problem_in
from tests.proposals.asking import ask, begin, state_of
from tests.uploads.conftest import Send, Work

SPIRIT, YOUKE = "pleeggezinnen-spirit.csv", "pleeggezinnen-youke.json"
FAMILIES = 61
Step = Callable[..., list[float]]


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importer, "CHUNK_RECORDS", 10)


@pytest.fixture
def step(worker_database: Database, settings: Settings) -> Step:
    """Take steps of a provider's imports; return the seconds that each job after it must wait."""

    def take(code: str = "spirit", times: int = 1, *, attempts: int = MAX_ATTEMPTS) -> list[float]:
        with session_for(worker_database.sessions, SYSTEM) as session:
            named = find_provider(session, code)
            assert named is not None
            provider_id = named.provider.id
        waits: list[float] = []
        for _ in range(times):
            perform_step(
                worker_database.sessions, FamilyImporter(provider_id),
                provider_id=provider_id, settings=settings,
                queue_next=lambda _, after: waits.append(after), attempts=attempts,
            )  # fmt: skip
        return waits

    return take


def families_in(database: Database, run_id: UUID) -> int:
    with session_for(database.sessions, SYSTEM) as session:
        return len(problem_in(find_run(session, run_id)).families.reference)


def queue_run(database: Database) -> UUID:
    run_id = ask(database)
    with session_for(database.sessions, SYSTEM) as session:
        queue = make_queue(database.conninfo())
        queue_job(queue, session, "matchrun", lock="matchrun:amsterdam", run_id=str(run_id))
    return run_id


def import_of(database: Database, sent: dict[str, Any]) -> ImportBatch:
    with session_for(database.sessions, SYSTEM) as session:
        return session.get_one(ImportBatch, UUID(sent["id"]))


def test_one_worker_finishes_the_import_and_then_the_run(
    *, send: Send, step: Step, work: Work, own_database: Database, region: Path, client: TestClient
) -> None:
    """A run asked for halfway waits, says for what, and then sees all; one worker is enough."""
    send(region / SPIRIT, aanbieder="spirit")
    step(times=3)
    run_id = queue_run(own_database)
    with pytest.raises(ImportUnderway):
        begin_attempt(own_database.sessions, actor=SYSTEM, run_id=run_id)
    shown = client.get(f"/v1/matchruns/{run_id}").json()
    assert shown["stand"] == "wacht"
    assert "pleeggezinnen van spirit: 20 van 61 verwerkt" in str(shown["voortgang"])
    work()
    assert state_of(own_database, run_id) is RunState.DONE
    assert families_in(own_database, run_id) == FAMILIES


def test_an_import_without_a_job_is_taken_up(
    *, send: Send, step: Step, work: Work, own_database: Database, region: Path
) -> None:
    """Its job was lost with the database away: the run that waits for it queues another."""
    sent = send(region / SPIRIT, aanbieder="spirit")
    step(times=2)
    empty(own_database.url, "procrastinate_jobs")
    run_id = queue_run(own_database)
    work()
    assert import_of(own_database, sent).state is ImportState.APPLIED
    assert families_in(own_database, run_id) == FAMILIES


def test_runs_beside_an_import_see_all_or_nothing(
    *, send: Send, step: Step, work: Work, own_database: Database, region: Path
) -> None:
    """Runs one after another while the import goes on: each saw nothing of it, or all."""
    send(region / YOUKE, aanbieder="youke")
    work()
    perform_run(own_database.sessions, actor=SYSTEM, run_id=(first := ask(own_database)))
    before = families_in(own_database, first)
    sent = send(region / SPIRIT, aanbieder="spirit")
    with ThreadPoolExecutor(1) as pool:
        worked = pool.submit(step, times=9)
        seen = set()
        while not worked.done() or import_of(own_database, sent).state is ImportState.WORKING:
            perform_run(own_database.sessions, actor=SYSTEM, run_id=(run := ask(own_database)))
            seen.add(families_in(own_database, run))
        worked.result()
    assert import_of(own_database, sent).state is ImportState.APPLIED
    assert seen <= {before, before + FAMILIES}


def test_an_import_that_begins_while_a_run_reads_is_not_mixed_in(
    *,
    send: Send,
    step: Step,
    own_database: Database,
    region: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Everything a run reads is of one moment, before the first record of the import."""
    send(region / SPIRIT, aanbieder="spirit")
    step()
    real = runs.assemble

    def assemble_late(*args: Any) -> Any:
        with ThreadPoolExecutor(1) as pool:
            pool.submit(step, times=4).result()
        return real(*args)

    monkeypatch.setattr(runs, "assemble", assemble_late)
    run_id = ask(own_database)
    perform_run(own_database.sessions, actor=SYSTEM, run_id=run_id)
    assert families_in(own_database, run_id) == 0


def test_an_import_that_begins_just_before_a_run_reads_puts_it_back(
    send: Send, step: Step, own_database: Database, region: Path
) -> None:
    """The run waits again, as if it had not begun; a newer request then takes its place."""
    send(region / SPIRIT, aanbieder="spirit")
    older = ask(own_database)
    attempt = begin(own_database, older)
    step(times=2)
    with pytest.raises(ImportUnderway):
        perform_attempt(attempt)
    with session_for(own_database.sessions, SYSTEM) as session:
        run = find_run(session, older)
        assert (run.state, run.attempt) == (RunState.WAITING, 0)
        assert "10 van 61" in progress_of(session, [older])[older].step
    step(times=7)
    attempt = begin(own_database, older)
    newer = ask(own_database)
    send(region / YOUKE, aanbieder="youke")
    step("youke", times=2)
    with pytest.raises(ImportUnderway):
        perform_attempt(attempt)
    assert state_of(own_database, older) is RunState.REPLACED
    assert state_of(own_database, newer) is RunState.WAITING


def test_no_import_begins_while_a_run_waits_for_another(
    send: Send, step: Step, own_database: Database, region: Path
) -> None:
    """So a run is never kept waiting by one import after another; it looks, and they go on."""
    send(region / SPIRIT, aanbieder="spirit")
    second = send(region / YOUKE, aanbieder="youke")
    step(times=2)
    run_id = ask(own_database)
    with pytest.raises(ImportUnderway):
        begin_attempt(own_database.sessions, actor=SYSTEM, run_id=run_id)
    assert step("youke", times=3) == [0, WAIT_SECONDS, WAIT_SECONDS]
    assert import_of(own_database, second).done == 0
    assert WAIT_SECONDS not in step(times=7)
    perform_run(own_database.sessions, actor=SYSTEM, run_id=run_id)
    assert families_in(own_database, run_id) == FAMILIES
    assert step("youke") == [0]
    assert import_of(own_database, second).done == 10


def test_a_run_that_nobody_asks_for_any_more_holds_up_nobody(
    send: Send, step: Step, own_database: Database, region: Path
) -> None:
    """Whoever waited was killed: after a minute without a sign of it the next import begins."""
    send(region / SPIRIT, aanbieder="spirit")
    send(region / YOUKE, aanbieder="youke")
    step(times=2)
    run_id = ask(own_database)
    with pytest.raises(ImportUnderway):
        begin_attempt(own_database.sessions, actor=SYSTEM, run_id=run_id)
    assert step("youke", times=2)[1] == WAIT_SECONDS
    with session_for(own_database.sessions, SYSTEM) as session:
        session.execute(text("UPDATE run_progress SET updated_at = now() - interval '61 s'"))
    assert step("youke") == [0]


def test_patience_ends_with_a_sentence(
    send: Send, step: Step, own_database: Database, region: Path
) -> None:
    """The command line waits for an import that nobody finishes only so long."""
    send(region / SPIRIT, aanbieder="spirit")
    step(times=2)
    run_id = ask(own_database)
    with pytest.raises(NotReady, match="half verwerkt"):
        perform_run(own_database.sessions, actor=SYSTEM, run_id=run_id, patience=0)
    with session_for(own_database.sessions, SYSTEM) as session:
        run = find_run(session, run_id)
        assert (run.state, run.failure) == (RunState.FAILED, STILL_BUSY)


def test_a_step_that_kills_its_workers_fails_in_the_end(
    send: Send, step: Step, own_database: Database, region: Path
) -> None:
    """Handed back once too often, the import ends with a sentence, and runs go on without it."""
    sent = send(region / SPIRIT, aanbieder="spirit")
    step(times=2)
    step(attempts=MAX_ATTEMPTS + 1)
    batch = import_of(own_database, sent)
    assert batch.state is ImportState.FAILED
    assert "worker wegviel" in str(batch.failure)
    perform_run(own_database.sessions, actor=SYSTEM, run_id=(run_id := ask(own_database)))
    assert state_of(own_database, run_id) is RunState.DONE
    with session_for(own_database.sessions, SYSTEM) as session:
        assert session.scalars(select(ImportBatch.id)).all() == [batch.id]
