"""What a database needs before it serves again after it went back in time, by whatever means."""

from dataclasses import dataclass

from sqlalchemy import URL, Connection, create_engine, text
from sqlalchemy.exc import OperationalError

from app.db.era import begin_era
from app.db.migrate import NOT_ANSWERING
from app.db.roles import MIGRATOR
from app.kernel.errors import NotReady

_AS_MIGRATOR = f"SET LOCAL ROLE {MIGRATOR}"
# On another server the ids of transactions begin anew: see docs/operations.md.
_TOUCH = ("UPDATE family SET name = name", "UPDATE family_move SET reason = reason")
_WAITING = """
    SELECT count(*) FILTER (WHERE status = 'todo'), count(*) FILTER (WHERE status = 'doing')
      FROM procrastinate_jobs
"""
_PARKED = "SELECT count(*) FROM subscription WHERE state <> 'loopt'"


@dataclass(frozen=True, slots=True)
class Left:
    """What somebody has to look at.

    waiting, begun: jobs; the worker performs both again. parked: subscriptions that get nothing.
    """

    waiting: int
    begun: int
    parked: int


def let_readers_go_on(connection: Connection) -> Left:
    """Begin a new era for both feeds, as the owner of the tables; return what is left to do."""
    begin_era(connection)
    for statement in _TOUCH:
        connection.execute(text(statement))
    waiting, begun = connection.execute(text(_WAITING)).one()
    return Left(waiting, begun, parked=connection.scalar(text(_PARKED)) or 0)


def went_back(url: URL) -> Left:
    """Do so in a database that its server brought back to an earlier moment (WAL).

    Raises NotReady where it does not answer.
    """
    engine = create_engine(url, hide_parameters=True)
    try:
        with engine.begin() as connection:
            connection.execute(text(_AS_MIGRATOR))
            return let_readers_go_on(connection)
    except OperationalError as error:
        raise NotReady(NOT_ANSWERING) from error
    finally:
        engine.dispose()
