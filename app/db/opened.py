"""An open database: a server of one's own, the embedded one, or a throw-away on it."""

import itertools
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psutil
from psycopg.conninfo import make_conninfo
from sqlalchemy import URL, create_engine, make_url, text
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from app.db.embedded import drop_database, ensure_database, start_embedded
from app.db.key_check import require_keys
from app.db.keyring import ring_of
from app.db.migrate import NOT_ANSWERING, is_current, migrate
from app.db.patience import OF_A_WORKER, OF_THE_NETWORK
from app.db.roles import APPLICATION, BACKUP
from app.db.session import SessionMaker, make_engine, make_sessions
from app.db.template import copy_database, make_migrated
from app.kernel.errors import NotReady
from app.settings import Settings

_OWN_DATABASE = "pleegzorg"
_THROWAWAY = re.compile(r"^pleegzorg_los_(\d+)_\d+$")
_NUMBERS = itertools.count()
_GOES_PAST = "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = session_user"
# Not by SET ROLE: a database that was never migrated has no roles yet, and must be told so.
_TAKE_ROLE = """
    SELECT set_config('role', rolname, false) FROM pg_roles
     WHERE rolname = :role AND pg_has_role(rolname, 'SET')
"""


@dataclass(frozen=True, slots=True)
class Database:
    """Where the data are, and sessions on it as a role that obeys row-level security."""

    url: URL
    sessions: SessionMaker
    role: str = APPLICATION

    def conninfo(self) -> str:
        """Return the connection string for libpq, with the password in it; it takes the role too.

        The queue makes connections of its own, past `make_engine`.
        """
        # Not as a URL: SQLAlchemy writes a space in it as "+", which libpq takes for a plus.
        _, given = self.url.get_dialect()().create_connect_args(self.url)
        arguments = {**OF_THE_NETWORK, **given}
        arguments["options"] = f"{arguments.get('options', '')} -c role={self.role}".strip()
        return make_conninfo(**arguments)


@contextmanager
def open_database(
    settings: Settings,
    *,
    url: str | None = None,
    role: str = APPLICATION,
    patience: float = OF_A_WORKER,
) -> Iterator[Database]:
    """Open a given database, or the embedded one (made and migrated where needed).

    A given one must stand at the newest migration, and the keys must be those of the data; raises
    NotReady otherwise. patience: seconds after which a server that does not answer is given up.
    """
    given = url or settings.database_url
    if given is None:
        location = ensure_database(start_embedded(settings), _OWN_DATABASE)
        migrate(location)
    else:
        location = parse_url(given)
        _require_current(location, role)
    with _connected(location, settings, role, patience) as database:
        require_keys(database.sessions, ring_of(settings), settings, may_note=role != BACKUP)
        yield database


@contextmanager
def open_throwaway(
    settings: Settings, *, role: str = APPLICATION, like: URL | None = None
) -> Iterator[Database]:
    """Open a fresh migrated database on the embedded server; it is dropped at the end.

    like: a database there to copy, to which nobody is connected; None for an empty one.
    """
    server = start_embedded(settings)
    _drop_left_behind(server)
    name = f"pleegzorg_los_{os.getpid()}_{next(_NUMBERS)}"
    drop_database(server, name)
    try:
        location = copy_database(server, like, name) if like else make_migrated(server, name)
        with _connected(location, settings, role) as database:
            yield database
    finally:
        drop_database(server, name)


def require_humble(database: Database, settings: Settings) -> None:
    """Raise NotReady where the service would log in as who may go past every rule.

    It takes a lesser role, but whoever finds a way to run SQL of his own could give that back.
    """
    if settings.environment == "ontwikkeling":
        return
    with database.sessions() as session:
        if session.scalar(text(_GOES_PAST)):
            raise NotReady(
                "De login van DATABASE_URL is superuser of mag voorbij de rijbeveiliging: geef de "
                f"dienst een eigen login, zoals {database.role} (docs/operations.md)."
            )


def parse_url(text_: str) -> URL:
    """Return a database URL for psycopg 3; `postgresql://` and `postgres://` will do."""
    try:
        url = make_url(re.sub(r"^postgres(ql)?://", "postgresql+psycopg://", text_))
    except (SQLAlchemyError, ValueError):
        # Without its cause: that one repeats the URL, and the password in it.
        raise NotReady("De database-URL is niet te lezen: geef postgresql://…") from None
    if url.get_backend_name() != "postgresql":
        raise NotReady("De database-URL wijst niet naar PostgreSQL: geef postgresql://…")
    return url.set(drivername="postgresql+psycopg")


@contextmanager
def _connected(
    url: URL, settings: Settings, role: str, patience: float = OF_A_WORKER
) -> Iterator[Database]:
    shared = settings.behind_pgbouncer
    engine = make_engine(
        url, role=role, pool_size=settings.pool_size, patience=patience, prepares=not shared
    )
    try:
        with engine.connect() as connection:  # who may not take its role is told so at once
            if shared and connection.scalar(text("SELECT session_user")) != role:
                raise NotReady(
                    f"Achter PgBouncer geldt SET ROLE niet voor wie daarna komt: laat DATABASE_URL "
                    f"inloggen als {role} zelf."
                )
        yield Database(url, make_sessions(engine), role)
    finally:
        engine.dispose()


def is_database_current(url: URL, role: str = APPLICATION) -> bool:
    """Return whether a database stands at the newest migration; NotReady if it is not there."""
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            connection.execute(text(_TAKE_ROLE), {"role": role})
            return is_current(connection)
    except OperationalError as error:
        raise NotReady(NOT_ANSWERING) from error
    finally:
        engine.dispose()


def _require_current(url: URL, role: str) -> None:
    if not is_database_current(url, role):
        raise NotReady(
            "De database heeft niet de nieuwste tabellen: voer eerst `pleegzorg migrate` uit."
        )


def _drop_left_behind(server: URL) -> None:
    # A command that was killed could not drop its own.
    engine = create_engine(server)
    with engine.connect() as connection:
        names = connection.scalars(text("SELECT datname FROM pg_database")).all()
    engine.dispose()
    for name in names:
        found = _THROWAWAY.match(name)
        if found and not psutil.pid_exists(int(found[1])):
            drop_database(server, name)
