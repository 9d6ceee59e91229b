"""How a run ended is told, to staff."""

from uuid import UUID

import pytest
from sqlalchemy import select

from app.db.opened import Database
from app.db.session import session_for
from app.kernel.actor import SYSTEM
from app.models import Event
from app.proposals.attempt import MOST_ATTEMPTS, begin_attempt, fail_waiting
from app.proposals.queries import find_run
from app.proposals.runs import perform_run


def told_of(database: Database, run_id: UUID) -> list[str]:
    with session_for(database.sessions, SYSTEM) as session:
        rows = session.scalars(
            select(Event).where(Event.data["matchrun"].astext == str(run_id))
        ).all()
        assert {row.provider_id for row in rows} <= {None}
        return [row.kind for row in rows]


def test_a_finished_run(small: Database, run_id: UUID) -> None:
    """Once, however often its job is delivered."""
    for _ in range(2):
        perform_run(small.sessions, actor=SYSTEM, run_id=run_id)
    assert told_of(small, run_id) == ["matchrun.klaar"]


def test_a_run_that_fails(small: Database, run_id: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without why: that is for who may read the run."""

    def fail(*_: object) -> None:
        raise ValueError("Noor Geheim")

    monkeypatch.setattr("app.proposals.runs.assemble", fail)
    with pytest.raises(ValueError, match="Noor"):
        perform_run(small.sessions, actor=SYSTEM, run_id=run_id)
    assert told_of(small, run_id) == ["matchrun.mislukt"]


def test_a_run_that_is_given_up(small: Database, run_id: UUID) -> None:
    """After too many workers died on it, or too long a wait."""
    with session_for(small.sessions, SYSTEM) as session:
        find_run(session, run_id).attempt = MOST_ATTEMPTS
    assert begin_attempt(small.sessions, actor=SYSTEM, run_id=run_id) is None
    fail_waiting(small.sessions, actor=SYSTEM, run_id=run_id, reason="Te lang gewacht.")
    assert told_of(small, run_id) == ["matchrun.mislukt"]
