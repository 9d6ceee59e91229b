"""Fixtures that every test may use: a real PostgreSQL, migrated once, each test rolled back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine
from sqlalchemy.orm import Session

from app.db.opened import Database, open_throwaway
from app.db.roles import APPLICATION
from app.db.session import act_as, make_engine, session_for
from app.kernel.actor import SYSTEM
from app.reference.service import ensure_reference
from app.settings import Settings

REGION = Path(__file__).parent / "data" / "regio-1"


@pytest.fixture(scope="session")
def settings() -> Settings:
    """The settings of a laptop, whatever the environment says."""
    return Settings(database_url=None)


@pytest.fixture(scope="session")
def database(settings: Settings) -> Iterator[Database]:
    """One throw-away database for the whole run, with providers and postcodes."""
    with open_throwaway(settings) as opened:
        with session_for(opened.sessions, SYSTEM) as session:
            ensure_reference(session)
        yield opened


@pytest.fixture(scope="session")
def engine(database: Database) -> Iterator[Engine]:
    """Connections as the application's role: row-level security holds in every test."""
    made = make_engine(database.url, role=APPLICATION)
    yield made
    made.dispose()


@pytest.fixture
def connection(engine: Engine) -> Iterator[Connection]:
    """A connection whose outer transaction is rolled back after the test."""
    with engine.connect() as opened:
        outer = opened.begin()
        yield opened
        outer.rollback()


@pytest.fixture
def session(connection: Connection) -> Iterator[Session]:
    """A session of the system actor; its commits are savepoints in the outer transaction."""
    with Session(
        connection, join_transaction_mode="create_savepoint", expire_on_commit=False
    ) as opened:
        act_as(opened, SYSTEM)
        yield opened


@pytest.fixture
def region() -> Path:
    """The example region, with its few wrong rows."""
    return REGION
