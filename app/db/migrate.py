"""Bringing a database to the newest version, and asking whether it is there."""

from functools import lru_cache
from pathlib import Path
from time import sleep

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from psycopg.errors import InsufficientPrivilege, LockNotAvailable
from sqlalchemy import URL, Connection, create_engine, func, select
from sqlalchemy.exc import OperationalError, ProgrammingError

from app.db.roles import MIGRATOR, ensure_roles
from app.kernel.errors import NotReady

NOT_ANSWERING = (
    "De database antwoordt niet of laat deze login niet toe: controleer DATABASE_URL en of "
    "PostgreSQL draait."
)
_SENTENCES = {
    InsufficientPrivilege: "De login van deze database mag hier geen rollen of tabellen maken: "
    "geef met MIGRATION_DATABASE_URL de eigenaar van de database, met het recht CREATEROLE, of "
    "voer eerst deploy/postgres/10-rollen.sh uit.",
    LockNotAvailable: "Een tabel bleef in gebruik: voer `pleegzorg migrate` straks opnieuw uit, of "
    "stop de API en de worker even; wat al gedaan is blijft staan.",
}
_LOCK = 7_301_980_111  # any fixed number: one migration of a database at a time
LOCK_TIMEOUT = 2  # seconds: as long may a request have to wait behind a migration, and no longer
_MOST_TRIES, _BETWEEN = 15, 1.0

SCRIPTS = Path(__file__).parents[2] / "migrations"


def alembic_config(connection: Connection | None = None) -> Config:
    """Return the configuration of Alembic, bound to a connection where one is given."""
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.attributes["connection"] = connection
    return config


def migrate(url: URL | str, revision: str = "head") -> None:
    """Bring the database at url to a revision, as the role that owns the tables.

    A transaction for each migration: an interrupted one leaves the database at the one before, and
    what a migration locked is free before the next. Nothing waits long for a lock, for everybody
    else would wait behind it: it is tried again. Of two at once the second waits, and finds nothing
    left to do. Raises NotReady when the login may not do this, or a table stays in use.
    """
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            # Of the connection, not of a transaction: it holds over all of them.
            connection.execute(select(func.pg_advisory_lock(_LOCK)))
            ensure_roles(connection)
            connection.exec_driver_sql(f"SET ROLE {MIGRATOR}")
            connection.exec_driver_sql(f"SET lock_timeout = '{LOCK_TIMEOUT}s'")
            connection.commit()
            _upgrade(connection, revision)
    except (OperationalError, ProgrammingError) as error:
        sentence = next((s for kind, s in _SENTENCES.items() if isinstance(error.orig, kind)), None)
        if sentence is None and not isinstance(error, OperationalError):
            raise
        raise NotReady(sentence or NOT_ANSWERING) from error
    finally:
        engine.dispose()


def _upgrade(connection: Connection, revision: str) -> None:
    for left in range(_MOST_TRIES - 1, -1, -1):
        try:
            command.upgrade(alembic_config(connection), revision)
        except OperationalError as error:
            connection.rollback()
            if not (left and isinstance(error.orig, LockNotAvailable)):
                raise
            sleep(_BETWEEN)
        else:
            # What the last one leaves open: Alembic looks where the database stands.
            connection.commit()
            return


def is_current(connection: Connection) -> bool:
    """Return whether the database stands at the newest migration, or at one of a newer version.

    While a newer version is brought in, its migrations come first, and a process of this one may
    have to begin again: what migrations add does not hinder it (docs/betrouwbaarheid.md).
    """
    return not is_behind(connection)


def is_behind(connection: Connection) -> bool:
    """Return whether the database lacks a migration that this version has.

    One that this version does not know is newer: while a new version is rolled out, the old one
    goes on serving.
    """
    head, known = _known_revisions()
    found = MigrationContext.configure(connection).get_current_revision()
    return found is None or (found != head and found in known)


@lru_cache
def _known_revisions() -> tuple[str | None, frozenset[str]]:
    # Once: it reads every migration.
    scripts = ScriptDirectory.from_config(alembic_config())
    return scripts.get_current_head(), frozenset(s.revision for s in scripts.walk_revisions())
