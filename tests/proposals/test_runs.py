"""Performing a run: once, whatever happens to its worker."""

from uuid import UUID

import pytest

from app.db.opened import Database
from app.db.session import session_for
from app.kernel.actor import SYSTEM
from app.kernel.errors import NotFound
from app.kernel.ids import new_id
from app.models import RunState
from app.proposals.queries import find_run
from app.proposals.runs import perform_run
from tests.proposals.asking import state_of


def set_state(database: Database, run_id: UUID, state: RunState) -> None:
    with session_for(database.sessions, SYSTEM) as session:
        find_run(session, run_id).state = state


def test_a_run_whose_worker_died_is_performed_again(small: Database, run_id: UUID) -> None:
    """Killed in the middle it still says `loopt`; the next delivery of its job finishes it."""
    set_state(small, run_id, RunState.RUNNING)
    perform_run(small.sessions, actor=SYSTEM, run_id=run_id)
    assert state_of(small, run_id) is RunState.DONE


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
        assert run.state is RunState.FAILED
        assert "ValueError" in (run.failure or "")
        assert "Geheim" not in (run.failure or "")


def test_an_unknown_run_is_not_found(small: Database) -> None:
    """A job without its run is an error with a sentence."""
    with pytest.raises(NotFound):
        perform_run(small.sessions, actor=SYSTEM, run_id=new_id())
