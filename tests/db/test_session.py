"""A session on a connection that may have died since it was last used."""

from collections.abc import Iterator

import psycopg
import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import OperationalError, ProgrammingError

import app.db.session as module
from app.db.opened import Database
from app.db.patience import PatientConnection
from app.db.roles import APPLICATION
from app.db.session import act_as, make_engine, make_sessions, session_for
from app.kernel.actor import SYSTEM, Actor, ActorRole

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


def end_backend(database: Database, pid: int) -> None:
    """End a server process, as its owner may."""
    owner = create_engine(database.url)
    with owner.begin() as connection:
        connection.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": pid})
    owner.dispose()


def test_a_connection_that_died_while_idle_is_replaced(
    own: Engine, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PostgreSQL was restarted overnight: the first request of the morning must not fail."""
    monkeypatch.setattr(module, "_FRESH", -1.0)
    first = backend(own)
    end_backend(database, first)
    assert backend(own) != first


def test_a_connection_that_died_just_now_fails_once(own: Engine, database: Database) -> None:
    """As an error that the door answers with 503; the request after it has a new connection."""
    first = backend(own)
    end_backend(database, first)
    with pytest.raises(OperationalError):
        backend(own)
    assert backend(own) != first


def test_a_connection_in_use_is_not_tried_every_time(
    own: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Under load the question whether it lives would be asked before every request."""
    asked: list[object] = []
    monkeypatch.setattr(own.dialect, "do_ping", asked.append)
    assert backend(own) == backend(own)
    assert not asked


WHO = text(
    "SELECT current_setting('pleegzorg.role', true), current_setting('pleegzorg.actor', true)"
)


def test_the_database_knows_who_asks_until_the_transaction_ends(own: Engine) -> None:
    """The next request gets the same connection, and must not act for who came before it."""
    sessions = make_sessions(own)
    with session_for(sessions, SYSTEM) as session:
        assert session.execute(WHO).one() == ("systeem", "systeem")
    with own.connect() as after:
        assert after.execute(WHO).one() in {("", ""), (None, None)}


@pytest.mark.parametrize("name", ["o'brien", "a\\', true); DROP TABLE family; --", "%s {} €"])
def test_a_name_is_never_read_as_sql(own: Engine, name: str) -> None:
    """What says who asks is put together by hand, so whatever stands in it must stay a name."""
    with session_for(make_sessions(own), Actor(name=name, role=ActorRole.COORDINATOR)) as session:
        assert session.execute(WHO).one() == ("coordinator", name)


def test_a_rolled_back_part_does_not_forget_who_asks(own: Engine) -> None:
    """A savepoint begins inside the transaction: it must not begin another one."""
    with session_for(make_sessions(own), SYSTEM) as session:
        with pytest.raises(ProgrammingError), session.begin_nested():
            session.execute(text("SELECT nergens"))
        assert session.execute(WHO).one() == ("systeem", "systeem")


def test_a_transaction_keeps_the_isolation_it_was_asked_for(own: Engine) -> None:
    """Who asks is said in the message that begins it; that must not make it an ordinary one."""
    strict = make_sessions(own.execution_options(isolation_level="REPEATABLE READ"))
    for sessions, wanted in ((strict, "repeatable read"), (make_sessions(own), "read committed")):
        with session_for(sessions, SYSTEM) as session:
            assert session.scalar(text("SHOW transaction_isolation")) == wanted
            assert session.execute(WHO).one() == ("systeem", "systeem")


def test_a_server_that_does_not_answer_the_first_question_is_told_by_sqlalchemy(
    own: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that a job is tried again and a request answers 503, and the next gets another one."""
    first = backend(own)

    def silent(connection: PatientConnection, _: bytes) -> None:
        connection.pgconn.finish()
        raise psycopg.OperationalError("the database does not answer in time")

    with monkeypatch.context() as patched, make_sessions(own)() as session:
        patched.setattr(PatientConnection, "ask", silent)
        act_as(session, SYSTEM)
        with pytest.raises(OperationalError):
            session.execute(BACKEND)
    assert backend(own) != first
