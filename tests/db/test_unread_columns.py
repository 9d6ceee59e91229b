"""What columns an answer has is known to who asks, and not made for who does not."""

from unittest.mock import patch

import psycopg
import pytest
from sqlalchemy import select, text

from app.db.opened import Database
from app.db.unread_columns import UnreadColumns
from app.models import Provider


def test_columns_are_as_psycopg_tells_them(database: Database) -> None:
    """Names and types, one by one and together; None for what answers nothing."""
    with database.sessions() as session:
        cursor = session.connection().connection.cursor()
        cursor.execute("SELECT 1 AS een, now() AS nu")
        told = cursor.description
        assert isinstance(told, UnreadColumns)
        assert [column.name for column in told] == ["een", "nu"]
        assert (len(told), told[0].type_code, told[-1].name) == (2, 23, "nu")
        assert [column.name for column in told[:1]] == ["een"]
        cursor.execute("SELECT")
        assert list(cursor.description) == []
        cursor.execute("SET LOCAL statement_timeout = 1000")
        assert cursor.description is None


def test_a_statement_that_ran_before_makes_none(database: Database) -> None:
    """The second time SQLAlchemy knows what comes; words of our own are read by their names."""
    with database.sessions() as session:
        first = session.execute(select(Provider.code, Provider.name)).all()
        with patch.object(psycopg.Cursor, "description", property(_not_to_be_read)):
            assert session.execute(select(Provider.code, Provider.name)).all() == first
        assert session.execute(text("SELECT 1 AS een")).one()._asdict() == {"een": 1}


def _not_to_be_read(_: object) -> None:
    pytest.fail("the columns were made though nobody reads them")
