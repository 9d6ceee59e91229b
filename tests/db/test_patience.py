"""A database that does not answer is given up in time, whichever road the question takes."""

from collections.abc import Iterator

import psycopg
import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError

from app.db.opened import Database
from app.db.patience import PatientConnection
from app.db.roles import APPLICATION
from app.db.session import make_engine


@pytest.fixture
def hasty(database: Database) -> Iterator[Engine]:
    """Connections that wait for a fifth of a second."""
    engine = make_engine(database.url, role=APPLICATION, patience=0.2)
    yield engine
    engine.dispose()


def test_a_question_without_an_answer_ends(hasty: Engine) -> None:
    """OperationalError, which the service tells as 503; the next question has a new connection."""
    with hasty.connect() as connection:
        with pytest.raises(OperationalError, match="does not answer"):
            connection.execute(text("SELECT pg_sleep(3)"))
        assert connection.invalidated
    with hasty.connect() as connection:
        assert connection.scalar(text("SELECT 1")) == 1


def test_what_stands_before_every_request_has_the_limit_too(hasty: Engine) -> None:
    """It goes past SQLAlchemy, straight to libpq."""
    with hasty.connect() as connection:
        raw = connection.connection.driver_connection
        assert isinstance(raw, PatientConnection)
        with pytest.raises(psycopg.OperationalError, match="does not answer"):
            raw.ask(b"BEGIN; SELECT pg_sleep(3)")
        assert raw.closed
        connection.invalidate()


def test_without_a_limit_it_waits(database: Database) -> None:
    """A limit of minutes leaves a worker's long steps alone."""
    engine = make_engine(database.url, role=APPLICATION)
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT 1 FROM pg_sleep(0.5)")) == 1
    engine.dispose()
