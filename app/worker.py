"""The worker: takes jobs from the queue and performs them, one at a time."""

import asyncio

from procrastinate import App

from app.db.opened import Database
from app.jobs import make_queue
from app.proposals.tasks import register_tasks


def run_worker(database: Database, *, wait: bool = True) -> None:
    """Perform jobs until stopped; with wait=False, until the queue is empty."""
    queue = make_queue(database.conninfo())
    register_tasks(queue, database.sessions)
    asyncio.run(_work(queue, wait=wait))


async def _work(queue: App, *, wait: bool) -> None:
    async with queue.open_async():
        await queue.run_worker_async(wait=wait, install_signal_handlers=wait)
