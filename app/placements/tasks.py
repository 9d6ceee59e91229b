"""Jobs of the placements slice: working off uploaded files with past placements."""

from procrastinate import App, JobContext
from sqlalchemy.orm import Session

from app.db.session import SessionMaker
from app.imports.jobs import HISTORY_IMPORT, RETRY, history_step
from app.imports.steps import perform_step
from app.jobs import make_queue, queue_job
from app.placements.history import HistoryImporter
from app.settings import Settings


def register_tasks(queue: App, sessions: SessionMaker, settings: Settings) -> None:
    """Teach a queue to work off past placements on the given database."""
    # The worker's own queue is open for asyncio, and so does not take this thread's connection.
    outbox = make_queue("")

    @queue.task(name=HISTORY_IMPORT, retry=RETRY, pass_context=True)
    def import_step(context: JobContext) -> None:
        job = history_step()

        def queue_next(session: Session, after: float) -> None:
            queue_job(outbox, session, job.task, lock=job.lock, after=after, **job.arguments)

        perform_step(
            sessions,
            HistoryImporter(),
            provider_id=None,
            settings=settings,
            queue_next=queue_next,
            attempts=context.job.attempts,
        )
