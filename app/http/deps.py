"""What routes ask for: a session in a transaction, the queue."""

from collections.abc import Iterator
from typing import Annotated

from fastapi import Depends, Request
from procrastinate import App
from sqlalchemy.orm import Session

from app.db.session import session_for
from app.kernel.actor import Actor, ActorRole

# Nobody signs in yet: the door listens on this machine only. Whoever comes through a route of the
# intake is an intake worker, everybody else a coordinator, who may not touch a BSN.
_COORDINATOR = Actor(name="api", role=ActorRole.COORDINATOR)
_INTAKE = Actor(name="api", role=ActorRole.INTAKE)


def current_actor() -> Actor:
    """Return who asks."""
    return _COORDINATOR


def intake_actor() -> Actor:
    """Return who asks on a route of the intake."""
    return _INTAKE


def _session(
    request: Request, actor: Annotated[Actor, Depends(current_actor)]
) -> Iterator[Session]:
    with session_for(request.app.state.sessions, actor) as session:
        yield session


def _intake_session(
    request: Request, actor: Annotated[Actor, Depends(intake_actor)]
) -> Iterator[Session]:
    with session_for(request.app.state.sessions, actor) as session:
        yield session


def _queue(request: Request) -> App:
    queue: App = request.app.state.queue
    return queue


CurrentActor = Annotated[Actor, Depends(current_actor)]
IntakeActor = Annotated[Actor, Depends(intake_actor)]
# scope="function": commit before the answer goes out, so that a failing commit is no success.
DbSession = Annotated[Session, Depends(_session, scope="function")]
IntakeSession = Annotated[Session, Depends(_intake_session, scope="function")]
Queue = Annotated[App, Depends(_queue)]
