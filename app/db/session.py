"""Sessions: one request or job is one transaction, made on behalf of one actor."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from time import monotonic
from typing import Any, NamedTuple

import psycopg
from psycopg import sql
from psycopg.pq import ExecStatus, TransactionStatus
from sqlalchemy import URL, Connection, Engine, ExceptionContext, create_engine, event
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.orm import Session, SessionTransaction, sessionmaker
from sqlalchemy.pool import ConnectionPoolEntry

from app.db.patience import OF_A_WORKER, OF_THE_NETWORK, TELL_SERVER, PatientConnection
from app.db.unread_columns import QuietCursor
from app.kernel.actor import Actor, ActorRole
from app.kernel.errors import NotReady, NotSignedIn

SessionMaker = sessionmaker[Session]

PATIENCE = "patience"  # under which a session's info holds it


class Patience(NamedTuple):
    """For how many milliseconds a statement may run, and may wait for a lock."""

    statement: int
    lock: int


# A token is known for a minute without asking anybody: a provider may have gone since.
_IS_GONE = "EXISTS (SELECT FROM provider WHERE id = {} AND merged_into_id IS NOT NULL)"
_YES = (True, b"t")
_FRESH = 2.0  # seconds; a connection that lay idle for longer is tried before it is used


def make_engine(
    url: URL | str,
    *,
    role: str,
    pool_size: int = 20,
    patience: float = OF_A_WORKER,
    prepares: bool = True,
) -> Engine:
    """Return an engine on PostgreSQL through psycopg 3; every connection works as one role.

    Whoever logs in, what follows is done as a role that owns nothing and obeys row-level security.
    patience: seconds after which a server that does not answer is given up (OperationalError).
    prepares: False where connections change hands between transactions: a prepared statement of one
    would be run for another.
    """
    # hide_parameters: an error's text ends up in logs, and parameters are people's data.
    engine = create_engine(url, pool_size=pool_size, hide_parameters=True)
    if not prepares:
        event.listen(engine, "connect", _prepare_nothing)

    @event.listens_for(engine, "do_connect")
    def _connect(_: object, __: object, words: Any, named: dict[str, Any]) -> PatientConnection:
        connection = PatientConnection.connect(*words, **(OF_THE_NETWORK | named))
        connection.patience, connection.cursor_factory = patience, QuietCursor
        return connection

    @event.listens_for(engine, "connect")
    def _take_role(connection: psycopg.Connection[Any], _: object) -> None:
        connection.execute(TELL_SERVER)
        try:
            connection.execute(sql.SQL("SET ROLE {}").format(sql.Identifier(role)))
        except psycopg.Error as error:
            connection.close()
            raise NotReady(
                f"De login van de database mag niet werken als {role}: laat de beheerder hem lid "
                f"maken (GRANT {role} TO …, zie docs/operations.md)."
            ) from error
        connection.commit()

    _try_the_idle(engine)

    @event.listens_for(engine, "handle_error")
    def _keep_rows_out(context: ExceptionContext) -> None:
        _drop_values(context.original_exception, context.sqlalchemy_exception)

    return engine


def _prepare_nothing(connection: psycopg.Connection[Any], _: object) -> None:
    connection.prepare_threshold = None


def _try_the_idle(engine: Engine) -> None:
    """Try a connection that lay idle before it is used; SQLAlchemy replaces one that is dead.

    Not every time, as `pool_pre_ping` does: under load that is one question in three.
    """

    @event.listens_for(engine, "checkin")
    def _note(_: object, record: ConnectionPoolEntry) -> None:
        record.info["idle_since"] = monotonic()

    @event.listens_for(engine, "checkout")
    def _try(connection: Any, record: ConnectionPoolEntry, _: object) -> None:
        if monotonic() - record.info.get("idle_since", monotonic()) <= _FRESH:
            return
        try:
            engine.dialect.do_ping(connection)
        except psycopg.Error as error:
            raise DisconnectionError from error


def _drop_values(original: BaseException, shown: BaseException | None) -> None:
    """Leave only the first line of a database error, or its name where that line quotes input.

    The rest repeats the row that was refused: "Failing row contains (Noor, ...)".
    """
    if not isinstance(original, psycopg.Error) or original.sqlstate is None:
        return
    name = type(original).__name__
    quotes_input = original.sqlstate.startswith("22")
    original.args = (name if quotes_input else original.diag.message_primary or name,)
    if shown is not None:
        shown.args = (f"({name}) {original}",)


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


@contextmanager
def as_system(session: Session) -> Iterator[None]:
    """Let a transaction see all rows for a while; who asks keeps its name.

    For what must know what the asker may not see: whether a number or a BSN is taken already. The
    caller has judged before that the asker may do this.
    """
    actor: Actor = session.info["actor"]
    _take_words(session, replace(actor, role=ActorRole.SYSTEM), asked_as=actor.role)
    yield
    # Not after an error: its transaction ends anyway.
    _take_words(session, actor)


def _take_words(session: Session, actor: Actor, *, asked_as: ActorRole | None = None) -> None:
    session.connection().exec_driver_sql(_actor_words(actor, asked_as).decode())


@event.listens_for(Session, "after_begin")
def _tell_database(session: Session, _: SessionTransaction, connection: Connection) -> None:
    actor: Actor | None = session.info.get("actor")
    if actor is None:
        return
    raw: psycopg.Connection[Any] = connection.connection.driver_connection  # type: ignore[assignment]
    words = _actor_words(actor, None, session.info.get(PATIENCE))
    if (is_gone := _begin_with(raw, words)) is None:
        # By the usual road: SQLAlchemy tells what is wrong, and drops a connection that is dead.
        is_gone = connection.exec_driver_sql(words.decode()).one()[-1]
    if is_gone in _YES:
        raise NotSignedIn(
            "Uw aanbieder is zojuist met een andere samengevoegd: vraag een nieuw token."
        )


def _begin_with(raw: psycopg.Connection[Any], words: bytes) -> bytes | None:
    """Begin an ordinary transaction and say something in it, in one message to the server.

    In libpq's own words: this stands before the first statement of every request. Returns the last
    word of the answer; None where it is not an ordinary one (begun already, or of another
    isolation), the server refused, or it does not answer: then the connection is closed.
    """
    if not isinstance(raw, PatientConnection):
        return None
    is_idle = raw.pgconn.transaction_status == TransactionStatus.IDLE
    if not is_idle or (raw.isolation_level, raw.read_only, raw.deferrable) != (None, None, None):
        return None
    try:
        answer = raw.ask(b"BEGIN; " + words)
    except psycopg.OperationalError:
        return None
    if answer.status != ExecStatus.TUPLES_OK:
        return None
    return answer.get_value(0, answer.nfields - 1)


@lru_cache(maxsize=1024)
def _actor_words(
    actor: Actor, asked_as: ActorRole | None = None, patience: Patience | None = None
) -> bytes:
    """Return the statement that says who asks, until the end of the transaction.

    asked_as: the role of whoever asked, where another one does the work; history names that.
    patience: after which the server itself stops a statement, whatever became of who asked.
    """
    provider = str(actor.provider_id) if actor.provider_id else ""
    settings = {
        "role": actor.role.value,
        "provider": provider,
        "organisation": actor.organisation or "",
        "actor": actor.name,
        "asked_as": (asked_as or actor.role).value,
    }
    told = {f"pleegzorg.{name}": value for name, value in settings.items()}
    if patience is not None:
        told["statement_timeout"] = str(patience.statement)
        told["lock_timeout"] = str(patience.lock)
    calls = [
        sql.SQL("set_config({}, {}, true)").format(sql.Literal(name), sql.Literal(value))
        for name, value in told.items()
    ]
    calls.append(sql.SQL(_IS_GONE if provider else "false").format(sql.Literal(provider)))
    return sql.SQL("SELECT {}").format(sql.SQL(", ").join(calls)).as_bytes()
