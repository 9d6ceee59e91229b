"""The job that makes the boards ready which most people ask for, every ten minutes."""

from collections.abc import Sequence

from procrastinate import App, RetryStrategy
from sqlalchemy.exc import OperationalError

from app.audit.noted import WORKER_CLIENT, note_work
from app.db.session import SessionMaker, as_system, session_for
from app.insight.kept import Also, keep_boards
from app.insight.months import Parts, keep_month
from app.jobs import BOARDS
from app.kernel.actor import SYSTEM
from app.kernel.clock import today_in_amsterdam

OFTEN = "*/10 * * * *"
_AWAY = RetryStrategy(max_attempts=3, wait=3, retry_exceptions=[OperationalError])


class BoardsNotMade(Exception):
    """Some boards could not be made ready; the log tells why."""


def register_tasks(
    queue: App, sessions: SessionMaker, *, also: Sequence[Also] = (), parts: Parts | None = None
) -> None:
    """Teach a queue to make the boards of the given database ready, and to keep what the month has.

    also, parts: what other slices add to the one and to the other.
    """

    # One round is enough, however many were missed: a worker may have been away for a night.
    @queue.periodic(cron=OFTEN, periodic_id=BOARDS, lock=BOARDS, queueing_lock=BOARDS)
    @queue.task(name=BOARDS, retry=_AWAY)
    def make_boards_ready(timestamp: int) -> None:  # noqa: ARG001  (given by the queue)
        with session_for(sessions, SYSTEM) as session:
            failed = keep_boards(session, today=today_in_amsterdam(), also=also)
            note_work(session, "zetBordenKlaar", client=WORKER_CLIENT)
        # Apart: a recruitment brief of a large region takes long, and the boards need not wait.
        with session_for(sessions, SYSTEM) as session, as_system(session):
            failed += keep_month(session, today=today_in_amsterdam(), parts=parts)
        if failed:  # after the others were kept: the job is what an alarm looks at
            raise BoardsNotMade(", ".join(failed))
