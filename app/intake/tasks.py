"""Jobs of the intake slice: working off uploaded registrations."""

from procrastinate import App, JobContext
from sqlalchemy.orm import Session

from app.db.session import SessionMaker
from app.imports.jobs import REGISTRATION_IMPORT, RETRY, registration_step
from app.imports.steps import perform_step
from app.intake.importer import RegistrationImporter
from app.jobs import make_queue, queue_job
from app.settings import Settings


def register_tasks(queue: App, sessions: SessionMaker, settings: Settings) -> None:
    """Teach a queue to work off registrations on the given database."""
    # The worker's own queue is open for asyncio, and so does not take this thread's connection.
    outbox = make_queue("")

    @queue.task(name=REGISTRATION_IMPORT, retry=RETRY, pass_context=True)
    def import_step(context: JobContext) -> None:
        job = registration_step()

        def queue_next(session: Session, after: float) -> None:
            queue_job(outbox, session, job.task, lock=job.lock, after=after, **job.arguments)

        perform_step(
            sessions,
            RegistrationImporter(settings),
            provider_id=None,
            settings=settings,
            queue_next=queue_next,
            attempts=context.job.attempts,
        )
