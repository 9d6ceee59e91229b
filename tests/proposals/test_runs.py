"""Performing a run: once, whatever happens to its worker."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

import pytest

from app.db.opened import Database, open_throwaway
from app.db.session import session_for
from app.kernel.actor import SYSTEM
from app.kernel.errors import NotFound
from app.kernel.ids import new_id
from app.matching.policy import load_policy
from app.models import MatchRun, RunState
from app.proposals.queries import find_run, hold_run
from app.proposals.runs import perform_run, request_run
from app.reference.service import ensure_reference
from app.settings import Settings
from tests.rows import make_family, make_registration


@pytest.fixture(scope="module")
def small(settings: Settings) -> Iterator[Database]:
    """A database of its own with one child and one family, committed."""
    with open_throwaway(settings) as opened:
        with session_for(opened.sessions, SYSTEM) as session:
            ensure_reference(session)
            make_family(session, reference="SPI-1")
            make_registration(session, number="AM-1")
        yield opened


@pytest.fixture
def run_id(small: Database) -> UUID:
    with session_for(small.sessions, SYSTEM) as session:
        return request_run(
            session, actor=SYSTEM, policy=load_policy("maximaal"), snapshot_day=date(2026, 11, 1)
        )


def set_state(database: Database, run_id: UUID, state: RunState) -> None:
    with session_for(database.sessions, SYSTEM) as session:
        find_run(session, run_id).state = state


def state_of(database: Database, run_id: UUID) -> RunState:
    with session_for(database.sessions, SYSTEM) as session:
        return session.get_one(MatchRun, run_id).state


def test_a_run_whose_worker_died_is_performed_again(small: Database, run_id: UUID) -> None:
    """Killed in the middle it still says `loopt`; the next delivery of its job finishes it."""
    set_state(small, run_id, RunState.RUNNING)
    perform_run(small.sessions, actor=SYSTEM, run_id=run_id)
    assert state_of(small, run_id) is RunState.DONE


def test_a_run_that_another_worker_performs_is_left_alone(small: Database, run_id: UUID) -> None:
    """A job delivered twice at the same time: the second finds the run held, and goes."""
    set_state(small, run_id, RunState.RUNNING)
    with session_for(small.sessions, SYSTEM) as other:
        assert hold_run(other, run_id)
        perform_run(small.sessions, actor=SYSTEM, run_id=run_id)
    assert state_of(small, run_id) is RunState.RUNNING


@pytest.mark.parametrize("state", [RunState.DONE, RunState.FAILED])
def test_a_finished_run_is_left_alone(small: Database, run_id: UUID, state: RunState) -> None:
    """What came out of a run never changes afterwards."""
    set_state(small, run_id, state)
    perform_run(small.sessions, actor=SYSTEM, run_id=run_id)
    with session_for(small.sessions, SYSTEM) as session:
        assert (find_run(session, run_id).state, find_run(session, run_id).counts) == (state, {})


def test_a_failure_is_told_without_its_data(
    small: Database, run_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An unexpected error leaves its kind on the run, never its text."""

    def fail(*_: object) -> None:
        raise ValueError("Noor Geheim")

    monkeypatch.setattr("app.proposals.runs.assemble", fail)
    with pytest.raises(ValueError, match="Noor"):
        perform_run(small.sessions, actor=SYSTEM, run_id=run_id)
    with session_for(small.sessions, SYSTEM) as session:
        run = find_run(session, run_id)
        assert (run.state, run.failure) == (RunState.FAILED, "ValueError")


def test_an_unknown_run_is_not_found(small: Database) -> None:
    """A job without its run is an error with a sentence."""
    with pytest.raises(NotFound):
        perform_run(small.sessions, actor=SYSTEM, run_id=new_id())
