"""A run ends once: attempts that overtake each other, requests that replace each other."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from app.db.opened import Database
from app.db.session import session_for
from app.kernel.actor import SYSTEM
from app.matching.match import Advance
from app.models import RunState
from app.models.match_run import RunProgress
from app.proposals.attempt import MOST_ATTEMPTS, TOO_OFTEN, fail_attempt, note_progress
from app.proposals.progress import SPAN
from app.proposals.queries import find_run, progress_of
from app.proposals.runs import perform_attempt, perform_run
from tests.proposals.asking import ask, begin, state_of


def test_a_slow_worker_stores_nothing_after_another_took_over(
    small: Database, run_id: UUID
) -> None:
    """Only the newest attempt may write; the run ends once, with one set of proposals."""
    slow, quick = begin(small, run_id), begin(small, run_id)
    assert (slow.number, quick.number) == (1, 2)
    assert perform_attempt(quick)
    assert not perform_attempt(slow)
    assert state_of(small, run_id) is RunState.DONE


def test_a_slow_worker_stores_nothing_while_another_is_busy(small: Database, run_id: UUID) -> None:
    """It stops at its next step, and its failure is not the run's."""
    slow = begin(small, run_id)
    begin(small, run_id)
    assert not perform_attempt(slow)
    fail_attempt(slow, "te laat")
    assert state_of(small, run_id) is RunState.RUNNING


def test_a_run_overtaken_at_the_last_moment_stores_nothing(small: Database, run_id: UUID) -> None:
    """Taken over while the first worker is about to store: its transaction is rolled back."""

    @contextmanager
    def overtake(name: str, total: int = 1) -> Iterator[Advance]:
        if name == list(SPAN)[-1]:
            begin(small, run_id)
        yield lambda _: None

    assert not perform_attempt(begin(small, run_id), on_step=overtake)
    with session_for(small.sessions, SYSTEM) as session:
        run = find_run(session, run_id)
        assert (run.state, run.counts) == (RunState.RUNNING, {})


def test_a_run_that_kills_its_workers_fails_in_the_end(small: Database, run_id: UUID) -> None:
    """After the last attempt nobody begins it again, and it says why."""
    for _ in range(MOST_ATTEMPTS):
        begin(small, run_id)
    perform_run(small.sessions, actor=SYSTEM, run_id=run_id)
    with session_for(small.sessions, SYSTEM) as session:
        run = find_run(session, run_id)
        assert (run.state, run.failure) == (RunState.FAILED, TOO_OFTEN)


def test_a_passing_failure_leaves_the_run_open(
    small: Database, run_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the database was away for a moment, the next attempt finishes the run."""

    def vanish(*_: object) -> None:
        raise OperationalError("SELECT", {}, Exception("weg"))

    with monkeypatch.context() as patched, pytest.raises(OperationalError):
        patched.setattr("app.proposals.runs.assemble", vanish)
        perform_attempt(begin(small, run_id), passing=(OperationalError,))
    assert state_of(small, run_id) is RunState.RUNNING
    perform_run(small.sessions, actor=SYSTEM, run_id=run_id)
    assert state_of(small, run_id) is RunState.DONE


def test_a_newer_request_replaces_one_that_has_not_begun(small: Database, run_id: UUID) -> None:
    """The older one names its successor and is not performed; one that runs is left alone."""
    newer = ask(small)
    perform_run(small.sessions, actor=SYSTEM, run_id=run_id)
    with session_for(small.sessions, SYSTEM) as session:
        older = find_run(session, run_id)
        assert (older.state, older.replaced_by) == (RunState.REPLACED, newer)
        assert older.failure is not None
        assert str(newer) in older.failure
    begin(small, newer)
    newest = ask(small)
    assert state_of(small, newer) is RunState.RUNNING
    assert state_of(small, newest) is RunState.WAITING


def test_requests_at_the_same_time_leave_one_waiting(small: Database) -> None:
    """They wait for each other, so that each replaces the one before it."""
    with ThreadPoolExecutor(8) as pool:
        asked = list(pool.map(lambda _: ask(small), range(16)))
    states = [state_of(small, run) for run in asked]
    assert states.count(RunState.WAITING) == 1
    assert states.count(RunState.REPLACED) == 15


def test_progress_is_seen_from_another_connection(small: Database, run_id: UUID) -> None:
    """Each step is there as soon as it begins, and the share never falls."""
    seen: list[tuple[str, float]] = []

    @contextmanager
    def look(name: str, total: int = 1) -> Iterator[Advance]:
        with session_for(small.sessions, SYSTEM) as other:
            progress = progress_of(other, [run_id])[run_id]
            seen.append((progress.step, progress.share))
        yield lambda _: None

    perform_run(small.sessions, actor=SYSTEM, run_id=run_id, on_step=look)
    steps, shares = zip(*seen, strict=True)
    assert steps == tuple(SPAN)
    assert list(shares) == sorted(shares)
    with session_for(small.sessions, SYSTEM) as session:
        assert progress_of(session, [run_id])[run_id].share == 1


def test_the_progress_of_a_run_has_the_time_of_the_database(small: Database, run_id: UUID) -> None:
    """A worker whose clock is a day ahead would keep imports waiting for a run that has ended."""
    attempt = begin(small, run_id)
    with session_for(small.sessions, SYSTEM) as session:
        with time_machine.travel(datetime.now(UTC) + timedelta(days=1)):
            note_progress(session, attempt, "Halverwege", 0.5)
        noted = session.scalars(
            select(RunProgress.updated_at).where(RunProgress.run_id == run_id)
        ).one()
    assert noted - datetime.now(UTC) < timedelta(minutes=1)
