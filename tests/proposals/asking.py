"""Asking for runs and beginning them, each in a transaction of its own."""

from datetime import date
from uuid import UUID

from app.db.opened import Database
from app.db.session import session_for
from app.kernel.actor import SYSTEM
from app.matching.policy import load_policy
from app.models import MatchRun, RunState
from app.proposals.attempt import Attempt, begin_attempt
from app.proposals.runs import request_run


def ask(database: Database, *, policy: str = "maximaal") -> UUID:
    """Ask for a run; return its id."""
    with session_for(database.sessions, SYSTEM) as session:
        return request_run(
            session, actor=SYSTEM, policy=load_policy(policy), snapshot_day=date(2026, 11, 1)
        )


def begin(database: Database, run_id: UUID) -> Attempt:
    """Begin a run that can be begun."""
    attempt = begin_attempt(database.sessions, actor=SYSTEM, run_id=run_id)
    assert attempt is not None
    return attempt


def state_of(database: Database, run_id: UUID) -> RunState:
    """Return where a run stands."""
    with session_for(database.sessions, SYSTEM) as session:
        return session.get_one(MatchRun, run_id).state
