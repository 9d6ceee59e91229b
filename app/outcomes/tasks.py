"""Jobs of the outcomes slice: learning, every week and when somebody asks; watching the score."""

from procrastinate import App, RetryStrategy
from sqlalchemy.exc import OperationalError

from app.audit.noted import WORKER_CLIENT, note_work
from app.db.session import SessionMaker, session_for
from app.jobs import LEARN, RERANK, SCORE_WATCH, make_queue, queue_job
from app.kernel.actor import SYSTEM
from app.kernel.clock import today_in_amsterdam
from app.log.events import Event
from app.log.write import log

WATCHED = "47 3 * * 1"  # after what was learnt that night
WEEKLY = "17 3 * * 1"  # in the night of Sunday to Monday
_AWAY = RetryStrategy(max_attempts=10, wait=3, retry_exceptions=[OperationalError])


def register_tasks(queue: App, sessions: SessionMaker) -> None:
    """Teach a queue to learn from the outcomes in the given database."""
    outbox = make_queue("")  # the worker's own is open for asyncio

    @queue.task(name=LEARN, retry=_AWAY)
    def learn() -> None:
        perform_learning(sessions, outbox)

    @queue.periodic(cron=WEEKLY, periodic_id=LEARN, lock=LEARN)
    @queue.task(name=f"{LEARN}-wekelijks", retry=_AWAY)
    def learn_weekly(timestamp: int) -> None:  # noqa: ARG001  (given by the queue)
        perform_learning(sessions, outbox, only_if_new=True)

    @queue.periodic(cron=WATCHED, periodic_id=SCORE_WATCH, lock=SCORE_WATCH)
    @queue.task(name=SCORE_WATCH, retry=_AWAY)
    def watch_weekly(timestamp: int) -> None:  # noqa: ARG001  (given by the queue)
        # NumPy and the board's measures: only a worker that looks needs them.
        from app.outcomes.alarming import watch_score

        with session_for(sessions, SYSTEM) as session:
            watch_score(session, today=today_in_amsterdam())
            note_work(session, "bewaakKansen", client=WORKER_CLIENT)


def perform_learning(sessions: SessionMaker, outbox: App, *, only_if_new: bool = False) -> None:
    """Store a proposal of weights, and queue the job that says what it would change."""
    # SciPy and the fit: only a worker that learns needs them.
    from app.outcomes.learning import learn_from_outcomes

    today = today_in_amsterdam()
    with session_for(sessions, SYSTEM) as session:
        made = learn_from_outcomes(session, until=today, only_if_new=only_if_new)
        note_work(session, "leerWeegfactoren", client=WORKER_CLIENT)
        if made is None:
            log(Event.NOTHING_LEARNT, until=today.isoformat())
            return
        queue_job(outbox, session, RERANK, lock=RERANK, version=made.version)
        log(
            Event.WEIGHTS_LEARNT,
            version=made.version,
            placements=made.placements,
            breakdowns=made.breakdowns,
        )
