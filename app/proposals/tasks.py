"""Jobs of the proposals slice."""

from uuid import UUID

from procrastinate import App

from app.db.session import SessionMaker
from app.jobs import MATCH_RUN
from app.kernel.actor import SYSTEM
from app.proposals.runs import perform_run


def register_tasks(queue: App, sessions: SessionMaker) -> None:
    """Teach a queue to perform match runs on the given database."""

    @queue.task(name=MATCH_RUN)
    def match_run(run_id: str) -> None:
        perform_run(sessions, actor=SYSTEM, run_id=UUID(run_id))
