"""What routes ask for: a session in a transaction, the queue."""

from asyncio import Semaphore
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated

from anyio import CancelScope
from fastapi import Depends, Request
from fastapi.concurrency import run_in_threadpool
from procrastinate import App
from sqlalchemy.orm import Session

from app.audit.noted import Noted, note
from app.db.session import act_as
from app.kernel.actor import Actor
from app.telemetry.catalogue import Metric
from app.telemetry.meters import busy, timed

# How many requests work on the database at once in a process. Eight or sixteen threads in turn made
# the slowest answers slower (make bench-api): they wait for one interpreter anyway.
TURNS = 4


async def current_actor(request: Request) -> Actor:
    """Return who asks, in the role in which the route let it in."""
    actor: Actor = request.state.actor
    return actor


async def _session(
    request: Request, actor: Annotated[Actor, Depends(current_actor)]
) -> AsyncIterator[Session]:
    async with _opened(request, actor) as session:
        yield session


@asynccontextmanager
async def _opened(request: Request, actor: Actor) -> AsyncIterator[Session]:
    # A turn is a connection: without it requests that hold one wait for a thread, and every thread
    # for a connection, until the pool gives up (seen with 120 clients).
    async with _turn(request.app.state.turns):
        # Opening is no I/O: the first statement connects, in the thread of the route.
        session: Session = request.app.state.sessions()
        act_as(session, actor)
        try:
            yield session
        except BaseException:
            # Also where whoever asked has gone meanwhile: else its connection stays taken.
            with CancelScope(shield=True):
                await run_in_threadpool(session.close)  # rolls back
            raise
        await run_in_threadpool(_commit, session, getattr(request.state, "noted", None))


@asynccontextmanager
async def _turn(turns: Semaphore) -> AsyncIterator[None]:
    with busy(Metric.TURNS_WAITING), timed(Metric.TURN_SECONDS):
        await turns.acquire()
    try:
        with busy(Metric.TURNS_TAKEN):
            yield
    finally:
        turns.release()


def _commit(session: Session, noted: Noted | None) -> None:
    with session:
        if noted is not None:
            note(session, noted, session.info["actor"])
        session.commit()


async def _queue(request: Request) -> App:
    queue: App = request.app.state.queue
    return queue


CurrentActor = Annotated[Actor, Depends(current_actor)]
# scope="function": commit before the answer goes out, so that a failing commit is no success.
DbSession = Annotated[Session, Depends(_session, scope="function")]
Queue = Annotated[App, Depends(_queue)]
