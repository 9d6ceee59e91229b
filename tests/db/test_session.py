"""A session on a connection that may have died since it was last used."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, create_engine, event, text

import app.db.session as module
from app.db.opened import Database
from app.db.roles import APPLICATION
from app.db.session import make_engine, make_sessions, session_for
from app.kernel.actor import SYSTEM

BACKEND = text("SELECT pg_backend_pid()")


@pytest.fixture
def own(database: Database) -> Iterator[Engine]:
    made = make_engine(database.url, role=APPLICATION, pool_size=1)
    yield made
    made.dispose()


def backend(engine: Engine) -> int:
    """Return which server process the pool's one connection talks to."""
    with session_for(make_sessions(engine), SYSTEM) as session:
        return int(session.scalar(BACKEND))


def test_a_connection_that_died_while_idle_is_replaced(
    own: Engine, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PostgreSQL was restarted overnight: the first request of the morning must not fail."""
    monkeypatch.setattr(module, "_FRESH", -1.0)
    first = backend(own)
    owner = create_engine(database.url)
    with owner.begin() as other:
        other.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": first})
    owner.dispose()
    assert backend(own) != first


def test_a_connection_in_use_is_not_tried_every_time(
    own: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Under load the question whether it lives would be asked before every request."""
    asked: list[object] = []
    monkeypatch.setattr(own.dialect, "do_ping", asked.append)
    assert backend(own) == backend(own)
    assert not asked


def test_the_actor_is_told_once_a_transaction(own: Engine) -> None:
    """One statement before the first of the request, and no more."""
    seen: list[str] = []

    @event.listens_for(own, "before_cursor_execute")
    def _note(_: object, __: object, statement: str, *___: object) -> None:
        seen.append(statement)

    with session_for(make_sessions(own), SYSTEM) as session:
        session.execute(BACKEND)
        session.execute(BACKEND)
    assert [s.startswith("SELECT set_config") for s in seen] == [True, False, False]
