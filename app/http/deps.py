"""What routes ask for: a session in a transaction, the queue."""

from collections.abc import Iterator
from typing import Annotated

from fastapi import Depends, Request
from procrastinate import App
from sqlalchemy.orm import Session

from app.db.session import session_for
from app.kernel.actor import Actor, ActorRole

# Nobody signs in yet: the door listens on this machine only, and everybody is a coordinator.
_LOCAL = Actor(name="api", role=ActorRole.COORDINATOR)


def current_actor() -> Actor:
    """Return who asks."""
    return _LOCAL


def _session(
    request: Request, actor: Annotated[Actor, Depends(current_actor)]
) -> Iterator[Session]:
    with session_for(request.app.state.sessions, actor) as session:
        yield session


def _queue(request: Request) -> App:
    queue: App = request.app.state.queue
    return queue


CurrentActor = Annotated[Actor, Depends(current_actor)]
# scope="function": commit before the answer goes out, so that a failing commit is no success.
DbSession = Annotated[Session, Depends(_session, scope="function")]
Queue = Annotated[App, Depends(_queue)]
