"""Migrations go up, down and up again, and make exactly the tables in the code."""

from alembic import command
from sqlalchemy import create_engine, inspect, text

from app.db.migrate import alembic_config, is_current
from app.db.opened import open_throwaway
from app.settings import Settings


def test_up_down_up(settings: Settings) -> None:
    """Going down leaves no table, type or function behind; going up again ends current."""
    with open_throwaway(settings) as opened:
        engine = create_engine(opened.url)
        with engine.connect() as connection:
            assert is_current(connection)
            command.check(alembic_config(connection))
            connection.commit()  # each migration has a transaction of its own
            command.downgrade(alembic_config(connection), "base")
            assert inspect(connection).get_table_names() == ["alembic_version"]
            assert connection.scalar(text(_LEFT_OVER)) == 0
            connection.commit()
            command.upgrade(alembic_config(connection), "head")
            assert is_current(connection)
        engine.dispose()


_LEFT_OVER = """
    SELECT (SELECT count(*) FROM pg_proc WHERE pronamespace = 'public'::regnamespace)
         + (SELECT count(*) FROM pg_type
            WHERE typnamespace = 'public'::regnamespace AND typtype = 'e')
"""
