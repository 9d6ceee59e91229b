"""Jobs of the proposals slice."""

from uuid import UUID

from procrastinate import App, RetryStrategy
from sqlalchemy.exc import OperationalError

from app.db.session import SessionMaker, session_for
from app.jobs import MATCH_RUN
from app.kernel.actor import SYSTEM
from app.log.events import Event
from app.log.write import log
from app.proposals.attempt import Attempt, begin_attempt
from app.proposals.queries import find_run
from app.proposals.runs import perform_attempt

# The database was away for a moment: the run is begun anew, as often as a run may be.
_AWAY = RetryStrategy(max_attempts=10, wait=3, retry_exceptions=[OperationalError])


def register_tasks(queue: App, sessions: SessionMaker) -> None:
    """Teach a queue to perform match runs on the given database."""

    @queue.task(name=MATCH_RUN, retry=_AWAY)
    def match_run(run_id: str) -> None:
        attempt = begin_attempt(sessions, actor=SYSTEM, run_id=UUID(run_id))
        if attempt is not None:
            log(Event.RUN_STARTED, run_id=run_id, attempt=attempt.number)
            _perform(attempt)


def _perform(attempt: Attempt) -> None:
    run_id = str(attempt.run_id)
    try:
        is_ours = perform_attempt(attempt, passing=(OperationalError,))
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
