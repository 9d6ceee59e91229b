"""Databases that are filled once and copied: a copy takes a tenth of filling one again."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from unittest.mock import patch

from sqlalchemy import URL, Engine, create_engine, text
from sqlalchemy.orm import Session

from app.db.opened import Database, open_throwaway
from app.db.roles import WORKER
from app.db.session import make_engine, make_sessions, session_for
from app.kernel.actor import SYSTEM
from app.settings import Settings


@contextmanager
def filled(
    settings: Settings, fill: Callable[[Session], object], *, like: URL | None = None
) -> Iterator[URL]:
    """A database to be copied: nobody is connected to it. like: what it begins as a copy of."""
    with open_throwaway(settings, like=like) as opened:
        with session_for(opened.sessions, SYSTEM) as session:
            fill(session)
        engine = opened.sessions.kw["bind"]
        assert isinstance(engine, Engine)
        engine.dispose()
        yield opened.url


@contextmanager
def copied(
    settings: Settings, like: URL, fill: Callable[[Session], object] | None = None
) -> Iterator[Database]:
    """A copy of a filled database, with something more committed in it."""
    with open_throwaway(settings, like=like) as opened:
        if fill is not None:
            with session_for(opened.sessions, SYSTEM) as session:
                fill(session)
        yield opened


@contextmanager
def of_worker(database: Database) -> Iterator[Database]:
    """The same database, in the worker's own role."""
    engine = make_engine(database.url, role=WORKER)
    try:
        yield Database(database.url, make_sessions(engine), WORKER)
    finally:
        engine.dispose()


def work_off(database: Database) -> None:
    """Run the queue empty, as the worker does, without what the clock would ask of it meanwhile."""
    # It brings every slice with it: only a test that works pays for that.
    from app.worker import run_worker

    # In the ten minutes after a moment of a calendar (a Monday at a quarter to five) a worker
    # that starts makes that work too: a test that counts jobs would fail in those minutes alone.
    asks_nothing = patch("procrastinate.periodic.PeriodicDeferrer.worker", _at_no_time)
    with of_worker(database) as own, asks_nothing:
        run_worker(own, wait=False)


async def _at_no_time(_: object) -> None: ...


_REFERRING = """
WITH RECURSIVE filled(oid) AS (
    SELECT to_regclass(name)::oid FROM unnest(string_to_array(:names, ', ')) name
    UNION
    SELECT c.conrelid FROM pg_constraint c JOIN filled f ON c.confrelid = f.oid
    WHERE c.contype = 'f'
)
SELECT oid::regclass::text FROM filled
"""


def empty(url: URL, names: str) -> None:
    """Delete all rows of tables (after commas), and of those that refer to them.

    As TRUNCATE ... CASCADE, which makes a new file for each of forty tables, full or not.
    """
    owner = create_engine(url)
    with owner.begin() as connection:
        # Past the triggers that let nobody delete, and past the order of the foreign keys.
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        for name in connection.scalars(text(_REFERRING), {"names": names}).all():
            connection.execute(text(f"DELETE FROM {name}"))
    owner.dispose()
