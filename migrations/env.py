"""Alembic's entry: runs on the connection of app.db.migrate, or on the settings' database."""

from alembic import context
from sqlalchemy import Connection, create_engine

import app.models  # noqa: F401  (registers every table)
from app.db.base import Base
from app.db.opened import parse_url
from app.db.roles import MIGRATOR
from app.settings import load_settings


def ours(name: str | None, kind: str, _: object) -> bool:
    # The queue's tables come and go with its own versions; alembic check is about ours.
    return not (kind == "table" and (name or "").startswith("procrastinate_"))


def run(connection: Connection) -> None:
    context.configure(
        connection=connection, target_metadata=Base.metadata, include_name=ours,
        # What a migration locks is free again before the next one, however long that takes.
        transaction_per_migration=True,
    )  # fmt: skip
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    settings = load_settings()
    url = settings.migration_url or settings.database_url
    if url is None:
        raise SystemExit("Zet DATABASE_URL, of gebruik `pleegzorg migrate`.")
    with create_engine(parse_url(url)).begin() as own:
        own.exec_driver_sql(f"SET LOCAL ROLE {MIGRATOR}")
        run(own)
