"""What is told does not wait behind long work: the worker tells beside what else it does."""

import asyncio
import signal
from collections.abc import Iterator

import pytest

from app.db.opened import Database, open_throwaway
from app.events.emit import QUEUE
from app.jobs import make_queue
from app.settings import Settings
from app.worker import Times, _perform_jobs
from tests.databases import of_worker

pytestmark = pytest.mark.timeout(60)


@pytest.fixture
def told(settings: Settings) -> Iterator[Database]:
    """A database of its own: its queue holds only these."""
    with open_throwaway(settings) as opened, of_worker(opened) as own:
        yield own


def test_an_event_is_told_while_another_job_is_performed(told: Database) -> None:
    """The long job ends only after the short one of the other lane, which came later."""
    order: list[str] = []

    async def work() -> bool:
        queue = make_queue(told.conninfo())
        is_told = asyncio.Event()

        @queue.task(name="test-lang")
        async def long_one() -> None:
            await asyncio.wait_for(is_told.wait(), 30)
            order.append("lang")
            signal.raise_signal(signal.SIGTERM)

        @queue.task(name="test-kort", queue=QUEUE)
        async def short_one() -> None:
            order.append("kort")
            is_told.set()

        async with queue.open_async():
            await long_one.defer_async()
            working = asyncio.create_task(_perform_jobs(queue, wait=True, times=Times(0.2)))
            await asyncio.sleep(1)
            await short_one.defer_async()
            return await working

    assert asyncio.run(work())
    assert order == ["kort", "lang"]
