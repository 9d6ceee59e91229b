"""Jobs of the notify slice, and the sweep by which nothing stays behind.

Whoever causes an event queues a job in the same transaction. The sweep finds what no job was queued
for: a longer wait after a failure, a job that ended in an error, a subscription just made.
"""

from dataclasses import asdict
from uuid import UUID

from procrastinate import App, RetryStrategy
from sqlalchemy import text, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from app.db.session import SessionMaker, session_for
from app.events.emit import DELIVER, QUEUE, delivery_lock, queue_delivery
from app.jobs import is_queued
from app.kernel.actor import SYSTEM
from app.models import Subscription, SubscriptionState
from app.notify.delivery import deliver
from app.notify.queries import lacks_events, overdue_subscriptions, settled_until
from app.settings import Settings

# The database was away for a moment; what is not delivered then is for the sweep.
_AWAY = RetryStrategy(max_attempts=3, wait=3, retry_exceptions=[OperationalError])
# In transactions: so much may a subscription lie behind before its place is moved for nothing.
FAR_BACK = 10_000
# There is one for nearly every event: nobody needs to know next week that it was done.
_FORGET = """
    DELETE FROM procrastinate_jobs job
     WHERE job.queue_name = :queue AND job.status IN ('succeeded', 'failed')
       AND NOT EXISTS (SELECT FROM procrastinate_events moment
                        WHERE moment.job_id = job.id AND moment.at > now() - interval '1 day')
"""


def register_tasks(queue: App, sessions: SessionMaker, settings: Settings) -> None:
    """Teach a queue to send events to who subscribes to them."""

    @queue.task(name=DELIVER, retry=_AWAY)
    def send(subscription: str, look: int = 0) -> None:
        deliver(sessions, settings, UUID(subscription), look=look)


def sweep(sessions: SessionMaker) -> int:
    """Queue a job for each subscription that should have had more by now; return how many."""
    with session_for(sessions, SYSTEM) as session:
        session.execute(text(_FORGET), {"queue": QUEUE})
        _move_on(session)
        waiting = [
            id_
            for id_ in overdue_subscriptions(session)
            if not is_queued(session, delivery_lock(id_))
        ]
        for id_ in waiting:
            queue_delivery(session, id_)
    return len(waiting)


def _move_on(session: Session) -> None:
    """Let who is told of rare things only not begin far back each time."""
    # Asked for first: whatever lies before it is committed, and so seen by the statement below.
    until = settled_until(session)
    session.execute(
        update(Subscription)
        .where(
            Subscription.state == SubscriptionState.RUNNING,
            Subscription.era <= until.era,
            Subscription.transaction_id < until.transaction_id - FAR_BACK,
            ~lacks_events(),
        )
        .values(asdict(until))
        .execution_options(synchronize_session=False)
    )
