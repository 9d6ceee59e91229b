"""One attempt at a run: only the newest attempt may write, whoever else is still busy with it.

A worker that hangs loses its run to another one, and may wake up later. So each attempt carries a
number; all that it writes is written on the condition that its number is still the run's.
"""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from app.db.session import SessionMaker, session_for
from app.events.catalogue import Occurrence
from app.events.emit import emit
from app.imports.queries import HalfDone, half_done_import
from app.kernel.actor import Actor
from app.kernel.clock import now
from app.models import MatchRun, RunState
from app.models.match_run import REGION, RunProgress
from app.proposals.queries import lock_run, lock_waiting_run

# A run that takes its worker down with it must not take down all of them for ever.
MOST_ATTEMPTS = 4
TOO_OFTEN = (
    f"De matchrun is {MOST_ATTEMPTS} keer afgebroken doordat de worker wegviel; de vorige "
    "voorstellen blijven staan. Kijk in het logboek van de worker en vraag een nieuwe run aan."
)


class RunLost(Exception):
    """Another attempt has taken the run over, or it has ended: what this one did counts no more."""


class ImportUnderway(Exception):
    """An import is half done; a run that would look now would see half of it (ADR 0012)."""

    def __init__(self, half: HalfDone) -> None:
        super().__init__(half.sentence())
        self.half = half


@dataclass(frozen=True, slots=True)
class Attempt:
    """The right to perform a run."""

    sessions: SessionMaker
    actor: Actor
    run_id: UUID
    number: int


def begin_attempt(sessions: SessionMaker, *, actor: Actor, run_id: UUID) -> Attempt | None:
    """Take a run that waits, or whose worker died; None when there is nothing left to do.

    Raises NotFound, and ImportUnderway when a run that has not begun must wait for an import.
    """
    with session_for(sessions, actor) as session:
        run = lock_run(session, run_id)
        if run.state not in {RunState.WAITING, RunState.RUNNING}:
            return None
        if run.attempt >= MOST_ATTEMPTS:
            _fail(session, run, TOO_OFTEN)
            return None
        half = half_done_import(session) if run.state is RunState.WAITING else None
        if half is None:
            run.state, run.attempt, run.started_at = RunState.RUNNING, run.attempt + 1, now()
            _restart_progress(session, run, "Begonnen")
            return Attempt(sessions, actor, run_id, run.attempt)
        _restart_progress(session, run, half.sentence())
    raise ImportUnderway(half)


def _restart_progress(session: Session, run: MatchRun, step: str) -> None:
    # The database's clock: whether a run still asks is judged by it.
    begun = {"attempt": run.attempt, "step": step, "share": 0.0, "updated_at": func.now()}
    session.execute(
        insert(RunProgress)
        .values(run_id=run.id, **begun)
        .on_conflict_do_update(index_elements=["run_id"], set_=begun)
    )


def put_back(attempt: Attempt, half: HalfDone) -> None:
    """Let a run wait again that was begun just as an import began; this attempt does not count.

    A run that was asked for meanwhile takes its place.
    """
    with session_for(attempt.sessions, attempt.actor) as session:
        newer = lock_waiting_run(session, REGION)
        try:
            run = own_run(session, attempt)
        except RunLost:
            return
        if newer is not None:
            mark_replaced(run, by=newer.id)
            return
        run.state, run.attempt, run.started_at = RunState.WAITING, run.attempt - 1, None
        _restart_progress(session, run, half.sentence())


def mark_replaced(run: MatchRun, *, by: UUID) -> None:
    """End a run because a newer one takes its place."""
    run.state, run.finished_at, run.replaced_by = RunState.REPLACED, now(), by
    run.failure = f"Vervangen door een nieuwere aanvraag: matchrun {by}."


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
        .values(step=step, share=share, updated_at=func.now())
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
        _fail(session, run, reason)


def fail_waiting(sessions: SessionMaker, *, actor: Actor, run_id: UUID, reason: str) -> None:
    """Record that a run which waited is given up."""
    with session_for(sessions, actor) as session:
        run = lock_run(session, run_id)
        if run.state is RunState.WAITING:
            _fail(session, run, reason)


def _fail(session: Session, run: MatchRun, reason: str) -> None:
    run.state, run.failure, run.finished_at = RunState.FAILED, reason, now()
    emit(session, Occurrence.RUN_FAILED, run=run.id)
