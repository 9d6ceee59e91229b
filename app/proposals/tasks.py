"""Jobs of the proposals slice."""

from uuid import UUID

from procrastinate import App, RetryStrategy
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from app.audit.noted import WORKER_CLIENT, asked_by, note_work
from app.db.session import SessionMaker, session_for
from app.imports.jobs import family_step, registration_step
from app.imports.queries import HalfDone
from app.imports.steps import WAIT_SECONDS
from app.jobs import (
    CALL_LIST,
    MATCH_RUN,
    RERANK,
    RESPITE_ROUND,
    is_queued,
    make_queue,
    queue_job,
)
from app.kernel.actor import SYSTEM
from app.log.events import Event
from app.log.write import log
from app.models.match_run import REGION
from app.proposals.attempt import Attempt, ImportUnderway, begin_attempt
from app.proposals.call_steps import work_out_next
from app.proposals.queries import find_run
from app.proposals.respite import perform_round
from app.proposals.runs import perform_attempt
from app.proposals.weigh_version import weigh_version

# The database was away for a moment: the run is begun anew, as often as a run may be.
_AWAY = RetryStrategy(max_attempts=10, wait=3, retry_exceptions=[OperationalError])


def register_tasks(queue: App, sessions: SessionMaker) -> None:
    """Teach a queue the jobs of this slice on the given database."""

    # The worker's own queue is open for asyncio, and so does not take this thread's connection.
    outbox = make_queue("")

    @queue.task(name=MATCH_RUN, retry=_AWAY)
    def match_run(run_id: str) -> None:
        try:
            attempt = begin_attempt(sessions, actor=SYSTEM, run_id=UUID(run_id))
            if attempt is not None:
                log(Event.RUN_STARTED, run_id=run_id, attempt=attempt.number)
                _note(sessions, attempt.run_id)
                _perform(attempt)
        except ImportUnderway as underway:
            with session_for(sessions, SYSTEM) as session:
                _put_off(outbox, session, run_id, underway.half)

    @queue.task(name=RERANK, retry=_AWAY)
    def rerank_with(version: str) -> None:
        weigh_version(sessions, version)

    @queue.task(name=CALL_LIST, retry=_AWAY)
    def call_list(run_id: str) -> None:
        work_out_next(sessions, outbox, UUID(run_id))

    @queue.task(name=RESPITE_ROUND, retry=_AWAY)
    def respite_round(round_id: str) -> None:
        perform_round(sessions, UUID(round_id))


def _note(sessions: SessionMaker, run_id: UUID) -> None:
    with session_for(sessions, SYSTEM) as session:
        asked, about = asked_by(find_run(session, run_id).actor), (MATCH_RUN, str(run_id))
        note_work(session, "voerMatchrunUit", client=WORKER_CLIENT, actor=asked, about=about)


def _put_off(outbox: App, session: Session, run_id: str, half: HalfDone) -> None:
    """Ask again in a moment: a worker that waited itself could keep the import from its end.

    An import that nobody works on any more (its job failed with the database away) is taken up.
    """
    lock = f"{MATCH_RUN}:{REGION}"
    queue_job(outbox, session, MATCH_RUN, lock=lock, after=WAIT_SECONDS, run_id=run_id)
    step = family_step(half.provider) if half.provider else registration_step()
    if not is_queued(session, step.lock):
        queue_job(outbox, session, step.task, lock=step.lock, **step.arguments)


def _perform(attempt: Attempt) -> None:
    run_id = str(attempt.run_id)
    try:
        is_ours = perform_attempt(attempt, passing=(OperationalError,))
    except ImportUnderway:
        raise
    except Exception as error:
        log(Event.RUN_FAILED, run_id=run_id, error=type(error).__name__)
        raise
    if is_ours:
        _log_end(attempt)
    else:
        log(Event.RUN_LOST, run_id=run_id, attempt=attempt.number)


def _log_end(attempt: Attempt) -> None:
    with session_for(attempt.sessions, SYSTEM) as session:
        run = find_run(session, attempt.run_id)
    began, ended = run.started_at, run.finished_at
    log(
        Event.RUN_FINISHED,
        run_id=str(run.id),
        proof=run.proof,
        placed=run.counts["geplaatst"],
        waiting=run.counts["kinderen"],
        seconds=round((ended - began).total_seconds(), 1) if began and ended else None,
    )
