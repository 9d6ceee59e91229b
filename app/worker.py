"""The worker: takes jobs from the queue and performs them, one at a time.

While it works it gives signs of life; the jobs of a worker that stops giving them are handed back
to the queue by any of the others.
"""

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version

from procrastinate import App
from procrastinate.exceptions import ConnectorException

from app.db.opened import Database
from app.jobs import make_queue, rescue_jobs
from app.log.events import Event
from app.log.write import log
from app.proposals.tasks import register_tasks


@dataclass(frozen=True, slots=True)
class Times:
    """How often a worker gives a sign of life, and when it is taken for lost, both in seconds."""

    heartbeat: float = 2.0
    lost_after: float = 20.0


# A worker that only slept must find its name in the list when it wakes up.
_FORGOTTEN_AFTER = 3600.0


def run_worker(database: Database, *, wait: bool = True, times: Times | None = None) -> None:
    """Perform jobs until stopped; with wait=False, until the queue is empty."""
    queue = make_queue(database.conninfo())
    register_tasks(queue, database.sessions)
    asyncio.run(_work(queue, wait=wait, times=times or Times()))


async def _work(queue: App, *, wait: bool, times: Times) -> None:
    async with queue.open_async():
        log(Event.WORKER_STARTED, version=version("pleegzorg"))
        await _rescue(queue, times)
        rescuing = asyncio.create_task(_keep_rescuing(queue, times))
        try:
            await queue.run_worker_async(
                wait=wait,
                install_signal_handlers=wait,
                update_heartbeat_interval=times.heartbeat,
                stalled_worker_timeout=max(_FORGOTTEN_AFTER, times.lost_after),
                fetch_job_polling_interval=times.heartbeat,
            )
        finally:
            rescuing.cancel()
            with suppress(asyncio.CancelledError):
                await rescuing


async def _keep_rescuing(queue: App, times: Times) -> None:
    while True:
        await asyncio.sleep(times.heartbeat)
        # The database may be away for a moment; the next round looks again.
        with suppress(ConnectorException):
            await _rescue(queue, times)


async def _rescue(queue: App, times: Times) -> None:
    for job in await rescue_jobs(queue, lost_after=times.lost_after):
        log(Event.JOB_RESCUED, job=job["id"], task=job["task"])
