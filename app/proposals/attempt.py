"""One attempt at a run: only the newest attempt may write, whoever else is still busy with it.

A worker that hangs loses its run to another one, and may wake up later. So each attempt carries a
number; all that it writes is written on the condition that its number is still the run's.
"""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from app.db.session import SessionMaker, session_for
from app.kernel.actor import Actor
from app.kernel.clock import now
from app.models import MatchRun, RunState
from app.models.match_run import RunProgress
from app.proposals.queries import lock_run

# A run that takes its worker down with it must not take down all of them for ever.
MOST_ATTEMPTS = 4
TOO_OFTEN = (
    f"De matchrun is {MOST_ATTEMPTS} keer afgebroken doordat de worker wegviel; de vorige "
    "voorstellen blijven staan. Kijk in het logboek van de worker en vraag een nieuwe run aan."
)


class RunLost(Exception):
    """Another attempt has taken the run over, or it has ended: what this one did counts no more."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """The right to perform a run."""

    sessions: SessionMaker
    actor: Actor
    run_id: UUID
    number: int


def begin_attempt(sessions: SessionMaker, *, actor: Actor, run_id: UUID) -> Attempt | None:
    """Take a run that waits, or whose worker died; None when there is nothing left to do.

    Raises NotFound.
    """
    with session_for(sessions, actor) as session:
        run = lock_run(session, run_id)
        if run.state not in {RunState.WAITING, RunState.RUNNING}:
            return None
        if run.attempt >= MOST_ATTEMPTS:
            run.state, run.failure, run.finished_at = RunState.FAILED, TOO_OFTEN, now()
            return None
        run.state, run.attempt, run.started_at = RunState.RUNNING, run.attempt + 1, now()
        begun = {"attempt": run.attempt, "step": "Begonnen", "share": 0.0, "updated_at": now()}
        session.execute(
            insert(RunProgress)
            .values(run_id=run_id, **begun)
            .on_conflict_do_update(index_elements=["run_id"], set_=begun)
        )
        return Attempt(sessions, actor, run_id, run.attempt)


def own_run(session: Session, attempt: Attempt) -> MatchRun:
    """Return the attempt's run, held until the transaction ends; raises RunLost."""
    run = lock_run(session, attempt.run_id)
    if run.state is not RunState.RUNNING or run.attempt != attempt.number:
        raise RunLost
    return run


def note_progress(session: Session, attempt: Attempt, step: str, share: float) -> None:
    """Write how far the attempt is; share from 0 to 1. Raises RunLost."""
    written = session.execute(
        update(RunProgress)
        .where(RunProgress.run_id == attempt.run_id, RunProgress.attempt == attempt.number)
        .values(step=step, share=share, updated_at=now())
        .returning(RunProgress.run_id)
    )
    if written.first() is None:
        raise RunLost


def fail_attempt(attempt: Attempt, reason: str) -> None:
    """Record that the run failed, unless it is no longer this attempt's."""
    with session_for(attempt.sessions, attempt.actor) as session:
        try:
            run = own_run(session, attempt)
        except RunLost:
            return
        run.state, run.failure, run.finished_at = RunState.FAILED, reason, now()
