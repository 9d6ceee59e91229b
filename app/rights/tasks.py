"""Jobs of the rights slice: destroying a file that a person decided about."""

from uuid import UUID

from procrastinate import App, RetryStrategy
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from app.audit.noted import WORKER_CLIENT, note_work
from app.db.session import SessionMaker, session_for
from app.events.catalogue import Occurrence
from app.jobs import DESTRUCTION
from app.kernel.actor import SYSTEM
from app.kernel.clock import now
from app.models import ErasureRequest, ErasureState
from app.rights.as_eraser import as_eraser
from app.rights.destroy import destroy_file
from app.rights.queries import request_for_change
from app.rights.service import tell_all
from app.rights.whose import Whose, find_whose
from app.settings import Settings

_AWAY = RetryStrategy(max_attempts=5, wait=5, retry_exceptions=[OperationalError])


def register_tasks(queue: App, sessions: SessionMaker, settings: Settings) -> None:
    """Teach a queue to destroy files."""

    @queue.task(name=DESTRUCTION, retry=_AWAY)
    def destroy(request: str) -> None:
        perform(sessions, settings, UUID(request))


def perform(sessions: SessionMaker, settings: Settings, request_id: UUID) -> None:
    """Destroy the file of a granted request, in one transaction; done once, however often asked.

    Raises Conflict where something of the file runs again since the decision.
    """
    with session_for(sessions, SYSTEM) as session:
        with as_eraser(session):
            row = request_for_change(session, request_id)
        if row is None or row.state is not ErasureState.GRANTED:
            return
        whose = find_whose(session, row.registration_id)
        counts = {} if whose is None else destroy_and_tell(session, whose, settings)
        _prove(session, row, counts)


def destroy_and_tell(session: Session, whose: Whose, settings: Settings) -> dict[str, int]:
    """Destroy a file, note it in the log by our own ids, and tell who ever heard of the child."""
    for id_ in whose.registrations:
        tell_all(session, Occurrence.FILE_DESTROYED, id_, whose)
        note_work(session, "vernietigKind", client=WORKER_CLIENT, about=("kind", str(id_)))
    return destroy_file(session, whose, settings)


def _prove(session: Session, row: ErasureRequest, counts: dict[str, int]) -> None:
    """Leave in the request that it was done, and nothing that somebody typed."""
    with as_eraser(session):
        session.refresh(row)
        row.state, row.executed_at, row.counts = ErasureState.DONE, now(), counts
        row.note = row.reason = None
        session.flush()
