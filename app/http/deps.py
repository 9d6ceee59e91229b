"""What routes ask for: a session in a transaction, the queue."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Annotated

from anyio import CancelScope
from fastapi import Depends, Request
from fastapi.concurrency import run_in_threadpool
from procrastinate import App
from sqlalchemy.orm import Session

from app.audit.noted import Noted, note
from app.db.session import PATIENCE, Patience, act_as
from app.http.one_turn import COMMIT
from app.kernel.actor import Actor

# A statement of a request that takes longer is stopped and undone; the answer is a 503. Before the
# process itself gives up (app/db/patience.py), so that the server knows too. The slowest
# that is meant to be slow is the yearly report of 20,000 placements, well within it.
LONGEST_OF_A_REQUEST = Patience(statement=25_000, lock=10_000)


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
    async with request.app.state.lanes.of(request.scope["route"].path).take():
        # Opening is no I/O: the first statement connects, in the thread of the route.
        session: Session = request.app.state.sessions()
        act_as(session, actor)
        session.info[PATIENCE] = LONGEST_OF_A_REQUEST
        noted = getattr(request.state, "noted", None)
        session.info[COMMIT] = partial(_commit, session, noted)
        try:
            yield session
        except BaseException:
            session.info.pop(COMMIT, None)
            # Also where whoever asked has gone meanwhile: else its connection stays taken.
            with CancelScope(shield=True):
                await run_in_threadpool(session.close)  # rolls back
            raise
        if (commit := session.info.pop(COMMIT, None)) is not None:  # not by the operation itself
            await run_in_threadpool(commit)


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
