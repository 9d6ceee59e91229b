"""Jobs of the families slice: working off uploaded exports."""

from procrastinate import App, JobContext
from sqlalchemy.orm import Session

from app.db.session import SessionMaker, session_for
from app.families.importer import FamilyImporter
from app.imports.jobs import FAMILY_IMPORT, RETRY, family_step
from app.imports.steps import perform_step
from app.jobs import make_queue, queue_job
from app.kernel.actor import SYSTEM
from app.providers import find_provider
from app.settings import Settings


def register_tasks(queue: App, sessions: SessionMaker, settings: Settings) -> None:
    """Teach a queue to work off exports on the given database."""
    # The worker's own queue is open for asyncio, and so does not take this thread's connection.
    outbox = make_queue("")

    @queue.task(name=FAMILY_IMPORT, retry=RETRY, pass_context=True)
    def import_step(context: JobContext, provider: str) -> None:
        job = family_step(provider)

        def queue_next(session: Session, after: float) -> None:
            queue_job(outbox, session, job.task, lock=job.lock, after=after, **job.arguments)

        importer = _importer(sessions, provider)
        perform_step(
            sessions,
            importer,
            provider_id=importer.provider_id,
            settings=settings,
            queue_next=queue_next,
            attempts=context.job.attempts,
        )


def _importer(sessions: SessionMaker, code: str) -> FamilyImporter:
    with session_for(sessions, SYSTEM) as session:
        named = find_provider(session, code)
        if named is None:
            raise ValueError("a job for a provider that is not there")
        return FamilyImporter(named.provider.id)
