"""Bringing a database to the newest version, and asking whether it is there."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, create_engine

from app.db.roles import MIGRATOR, ensure_roles

SCRIPTS = Path(__file__).parents[2] / "migrations"


def alembic_config(connection: Connection | None = None) -> Config:
    """Return the configuration of Alembic, bound to a connection where one is given."""
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.attributes["connection"] = connection
    return config


def migrate(url: URL | str, revision: str = "head") -> None:
    """Bring the database at url to a revision, as the role that owns the tables.

    One transaction: an interrupted migration leaves the database as it was.
    """
    engine = create_engine(url)
    try:
        with engine.begin() as connection:
            ensure_roles(connection)
            connection.exec_driver_sql(f"SET LOCAL ROLE {MIGRATOR}")
            connection.exec_driver_sql("SET LOCAL lock_timeout = '5s'")
            command.upgrade(alembic_config(connection), revision)
    finally:
        engine.dispose()


def is_current(connection: Connection) -> bool:
    """Return whether the database stands at the newest migration."""
    heads = ScriptDirectory.from_config(alembic_config()).get_current_head()
    return MigrationContext.configure(connection).get_current_revision() == heads
