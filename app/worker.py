"""The worker: takes jobs from the queue and performs them, one at a time.

Beside it the same process tells of events, one at a time too: a webhook or a mail does not wait
until a match run or a file of ten thousand families is done.

While it works it gives signs of life; the jobs of a worker that stops giving them are handed back
to the queue by any of the others.
"""

import asyncio
import signal
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version
from typing import cast

from procrastinate import App
from procrastinate.exceptions import ConnectorException
from sqlalchemy.exc import OperationalError

from app.audit.keeping import keep_log
from app.crisis.nightly import write_by_night
from app.db.opened import Database
from app.db.session import SessionMaker
from app.events.emit import QUEUE as DELIVERIES
from app.families.tasks import register_tasks as register_family_imports
from app.insight.months import Parts
from app.insight.tasks import register_tasks as register_boards
from app.intake.draft_undo import forget_withdrawn
from app.intake.tasks import register_tasks as register_registration_imports
from app.jobs import make_queue, rescue_jobs, seconds_to_next_job
from app.kernel.errors import NotReady
from app.log.events import Event
from app.log.write import log
from app.notify.purge import purge
from app.notify.tasks import register_tasks as register_deliveries
from app.notify.tasks import sweep
from app.outcomes.fair_ready import fairness_rows
from app.outcomes.tasks import register_tasks as register_learning
from app.placements.tasks import register_tasks as register_history_imports
from app.proposals.brief_of_year import brief_of_year
from app.proposals.tasks import register_tasks as register_match_runs
from app.rights.nightly import purge_by_night
from app.rights.tasks import register_tasks as register_destructions
from app.settings import load_settings
from app.steps.lapsing import end_lapsed
from app.strain.nightly import ask_by_night
from app.strain.tasks import register_tasks as register_support
from app.strain.views import strain_figures
from app.telemetry.jobs import trace_job


@dataclass(frozen=True, slots=True)
class Times:
    """In seconds: how often a worker gives a sign of life, when it is taken for lost, and how often
    it looks for events that nobody was told of.
    """

    heartbeat: float = 2.0
    lost_after: float = 20.0
    sweep: float = 60.0


_AWAY = NotReady(
    "De worker is gestopt doordat de database wegviel: kijk of PostgreSQL draait en start hem "
    "opnieuw; zijn werk is niet weg."
)

# What other slices tell of a month, for the report of its year.
_OF_MONTH: Parts = {
    "watched": lambda session, today, _: strain_figures(session, today),
    "recruitment": lambda session, today, before: brief_of_year(
        session, today, before.recruitment if before else None
    ),
}

# A worker that only slept must find its name in the list when it wakes up.
_FORGOTTEN_AFTER = 3600.0


def run_worker(database: Database, *, wait: bool = True, times: Times | None = None) -> None:
    """Perform jobs until stopped; with wait=False, until the queue is empty."""
    queue = make_queue(database.conninfo())
    settings = load_settings()
    register_family_imports(queue, database.sessions, settings)
    register_registration_imports(queue, database.sessions, settings)
    register_history_imports(queue, database.sessions, settings)
    register_match_runs(queue, database.sessions)
    register_learning(queue, database.sessions)
    register_boards(queue, database.sessions, also=[fairness_rows], parts=_OF_MONTH)
    register_support(queue, database.sessions)
    register_destructions(queue, database.sessions, settings)
    register_deliveries(queue, database.sessions, settings)
    asyncio.run(_work(queue, database.sessions, wait=wait, times=times or Times()))


async def _work(queue: App, sessions: SessionMaker, *, wait: bool, times: Times) -> None:
    try:
        async with queue.open_async():
            log(Event.WORKER_STARTED, version=version("pleegzorg"))
            await _rescue(queue, times)
            await _sweep(sessions)
            sweeping = asyncio.create_task(_keep_sweeping(sessions, times))
            try:
                was_asked = await _perform_jobs(queue, wait=wait, times=times)
            finally:
                sweeping.cancel()
                await asyncio.wait([sweeping])
            while not wait and (pause := await seconds_to_next_job(queue)) is not None:
                # What was put off is work as well: a run that waits for an import.
                await asyncio.sleep(max(pause, 0.2))
                await _rescue(queue, times)
                await _perform_jobs(queue, wait=wait, times=times)
    except ConnectorException as error:
        raise _AWAY from error
    # Procrastinate ends in peace when its connection is lost; whoever watches must hear of it.
    if wait and not was_asked:
        raise _AWAY


async def _perform_jobs(queue: App, *, wait: bool, times: Times) -> bool:
    """Perform jobs until the end; return whether somebody asked for that end by a signal."""
    # Until the queue is empty one is enough, and what happens then happens in one order.
    lanes = (None, [DELIVERIES]) if wait else (None,)
    working = [
        asyncio.create_task(_take_jobs(queue, lane, wait=wait, times=times)) for lane in lanes
    ]
    rescuing = asyncio.create_task(_keep_rescuing(queue, times))
    for sign in (signal.SIGINT, signal.SIGTERM) if wait else ():
        asyncio.get_running_loop().add_signal_handler(sign, _stop, working)
    try:
        ended, _ = await asyncio.wait(working, return_when=asyncio.FIRST_COMPLETED)
        # One that ends by itself, its connection lost, takes the other along.
        _stop(working)
        await asyncio.wait(working)
        for one in ended:
            if not one.cancelled():
                one.result()
        return all(one.cancelled() for one in ended)
    finally:
        rescuing.cancel()
        await asyncio.wait([rescuing])


def _stop(working: Sequence[asyncio.Task[None]]) -> None:
    # Cancelled, it takes no new job and waits for the one in hand.
    for one in working:
        one.cancel()


async def _take_jobs(queue: App, lane: list[str] | None, *, wait: bool, times: Times) -> None:
    """Take jobs of a lane, or of all."""
    await queue.run_worker_async(
        queues=cast("list[str]", lane),  # None is every one, though its type does not say so
        wait=wait,
        install_signal_handlers=False,
        update_heartbeat_interval=times.heartbeat,
        stalled_worker_timeout=max(_FORGOTTEN_AFTER, times.lost_after),
        fetch_job_polling_interval=times.heartbeat,
        worker_middleware=[trace_job],
    )


async def _keep_rescuing(queue: App, times: Times) -> None:
    while True:
        await asyncio.sleep(times.heartbeat)
        # The database may be away for a moment; the next round looks again.
        with suppress(ConnectorException):
            await _rescue(queue, times)


async def _keep_sweeping(sessions: SessionMaker, times: Times) -> None:
    while True:
        await asyncio.sleep(times.sweep)
        await _sweep(sessions)


async def _sweep(sessions: SessionMaker) -> None:
    # The database may be away for a moment; the next round looks again.
    with suppress(OperationalError):
        await asyncio.to_thread(sweep, sessions)
        await asyncio.to_thread(forget_withdrawn, sessions)
        await asyncio.to_thread(end_lapsed, sessions)
        await asyncio.to_thread(ask_by_night, sessions)
        await asyncio.to_thread(purge_by_night, sessions, load_settings())
        if (folder := load_settings().crisis_list_folder) is not None:
            await asyncio.to_thread(write_by_night, sessions, folder)
        await asyncio.to_thread(purge, sessions, days=load_settings().keep_events_days)
        await asyncio.to_thread(keep_log, sessions, load_settings())


async def _rescue(queue: App, times: Times) -> None:
    for job in await rescue_jobs(queue, lost_after=times.lost_after):
        log(Event.JOB_RESCUED, job=job["id"], task=job["task"])
