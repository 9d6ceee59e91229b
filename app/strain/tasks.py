"""Jobs of the strain slice: looking for ambulatory support."""

from uuid import UUID

from procrastinate import App, RetryStrategy
from sqlalchemy.exc import OperationalError

from app.audit.noted import WORKER_CLIENT, asked_by, note_work
from app.db.session import SessionMaker, session_for
from app.jobs import AMBULATORY
from app.kernel.actor import SYSTEM
from app.kernel.clock import today_in_amsterdam
from app.strain.ambulatory import search_support

_AWAY = RetryStrategy(max_attempts=10, wait=3, retry_exceptions=[OperationalError])


def register_tasks(queue: App, sessions: SessionMaker) -> None:
    """Teach a queue to look for ambulatory support, for one placement or for all."""

    @queue.task(name=AMBULATORY, retry=_AWAY)
    def find_ambulatory_support(placement_id: str | None, actor: str) -> None:
        with session_for(sessions, SYSTEM) as session:
            asked_for = UUID(placement_id) if placement_id else None
            search_support(session, today_in_amsterdam(), placement_id=asked_for)
            about = ("plaatsing", placement_id or "volglijst")
            note_work(
                session, "zoekAmbulanteHulp", client=WORKER_CLIENT, actor=asked_by(actor),
                about=about,
            )  # fmt: skip
