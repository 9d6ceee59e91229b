"""Sessions: one request or job is one transaction, made on behalf of one actor."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import URL, Connection, Engine, create_engine, event, text
from sqlalchemy.orm import Session, SessionTransaction, sessionmaker

from app.kernel.actor import Actor

SessionMaker = sessionmaker[Session]

_SET_ACTOR = text(
    "SELECT set_config('pleegzorg.role', :role, true), "
    "set_config('pleegzorg.provider', :provider, true), "
    "set_config('pleegzorg.actor', :actor, true)"
)


def make_engine(url: URL | str, *, role: str, pool_size: int = 20) -> Engine:
    """Return an engine on PostgreSQL through psycopg 3; every connection works as one role.

    Whoever logs in, what follows is done as a role that owns nothing and obeys row-level security.
    """
    # hide_parameters: an error's text ends up in logs, and parameters are people's data.
    engine = create_engine(url, pool_size=pool_size, pool_pre_ping=True, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def _take_role(connection: psycopg.Connection[Any], _: object) -> None:
        connection.execute(sql.SQL("SET ROLE {}").format(sql.Identifier(role)))
        connection.commit()

    return engine


def make_sessions(engine: Engine) -> SessionMaker:
    """Return a maker of sessions; use `session_for` to get one that knows its actor."""
    return sessionmaker(engine, expire_on_commit=False)


@contextmanager
def session_for(sessions: SessionMaker, actor: Actor) -> Iterator[Session]:
    """Open a session and its transaction for an actor; commit at the end, roll back on an error."""
    with sessions() as session:
        act_as(session, actor)
        with session.begin():
            yield session


def act_as(session: Session, actor: Actor) -> None:
    """Let every transaction of this session tell the database who asks."""
    session.info["actor"] = actor


@event.listens_for(Session, "after_begin")
def _tell_database(session: Session, _: SessionTransaction, connection: Connection) -> None:
    actor: Actor | None = session.info.get("actor")
    if actor is None:
        return
    provider = str(actor.provider_id) if actor.provider_id else ""
    connection.execute(
        _SET_ACTOR, {"role": actor.role.value, "provider": provider, "actor": actor.name}
    )
