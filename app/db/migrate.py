"""Bringing a database to the newest version, and asking whether it is there."""

from functools import lru_cache
from pathlib import Path

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
    "geef met MIGRATION_DATABASE_URL de eigenaar van de database, met het recht CREATEROLE.",
    LockNotAvailable: "De tabellen zijn in gebruik: stop de API en de worker even, en voer "
    "`pleegzorg migrate` opnieuw uit.",
}
_LOCK = 7_301_980_111  # any fixed number: one migration of a database at a time

SCRIPTS = Path(__file__).parents[2] / "migrations"


def alembic_config(connection: Connection | None = None) -> Config:
    """Return the configuration of Alembic, bound to a connection where one is given."""
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.attributes["connection"] = connection
    return config


def migrate(url: URL | str, revision: str = "head") -> None:
    """Bring the database at url to a revision, as the role that owns the tables.

    One transaction: an interrupted migration leaves the database as it was. Of two at once the
    second waits, and finds nothing left to do. Raises NotReady when the login may not do this.
    """
    engine = create_engine(url)
    try:
        with engine.begin() as connection:
            connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))
            ensure_roles(connection)
            connection.exec_driver_sql(f"SET LOCAL ROLE {MIGRATOR}")
            connection.exec_driver_sql("SET LOCAL lock_timeout = '5s'")
            command.upgrade(alembic_config(connection), revision)
    except (OperationalError, ProgrammingError) as error:
        sentence = next((s for kind, s in _SENTENCES.items() if isinstance(error.orig, kind)), None)
        if sentence is None and not isinstance(error, OperationalError):
            raise
        raise NotReady(sentence or NOT_ANSWERING) from error
    finally:
        engine.dispose()


def is_current(connection: Connection) -> bool:
    """Return whether the database stands at the newest migration."""
    heads = ScriptDirectory.from_config(alembic_config()).get_current_head()
    return MigrationContext.configure(connection).get_current_revision() == heads


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
