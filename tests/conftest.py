"""Fixtures that every test may use: a real PostgreSQL, migrated once, each test rolled back."""

import gc
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import URL, Connection, Engine
from sqlalchemy.orm import Session

from app.db.opened import Database
from app.db.roles import APPLICATION
from app.db.sealed import refuse_plain
from app.db.session import act_as, make_engine
from app.kernel.actor import SYSTEM
from app.settings import Settings
from tests.databases import copied, filled
from tests.less_told import tell_less

REGION = Path(__file__).parent / "data" / "regio-1"
# All of them are collected before one is run, and what that makes stays until the end.
gc.disable()
SLOW = frozenset((Path(__file__).parent / "slow.txt").read_text(encoding="utf-8").splitlines())


def pytest_configure(config: pytest.Config) -> None:
    """Let workers tell what somebody does something with."""
    tell_less(config)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave to `make test-all` what takes long, as measured (`python -m tools.slow_tests`)."""
    for item in items:
        if item.nodeid in SLOW:
            item.add_marker(pytest.mark.lang)


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Look for garbage in what the tests make, and not again and again in all that was imported."""
    gc.freeze()
    gc.enable()


# What a fixture alone needs of the service is imported there: this file is read by every process,
# also by the one that only divides the work.


@pytest.fixture(scope="module", autouse=True)
def _plain_text_is_read_again() -> Iterator[None]:
    # A process that met a database where all is sealed reads no plain text from then on: right for
    # a service on one database, not for tests that open one after the other.
    refuse_plain(refuse=False)
    yield


@pytest.fixture(scope="session", autouse=True)
def _routes_are_worked_out_once() -> Iterator[None]:
    from fastapi.routing import _EffectiveRouteContext

    from tests.routes_once import once_per_route

    with pytest.MonkeyPatch.context() as patch:
        work_out = _EffectiveRouteContext.from_api_route
        patch.setattr(_EffectiveRouteContext, "from_api_route", once_per_route(work_out))
        yield


@pytest.fixture(scope="session")
def settings() -> Settings:
    """The settings of a laptop, whatever the environment says."""
    return Settings(database_url=None)


@pytest.fixture(scope="session")
def reference(settings: Settings) -> Iterator[URL]:
    """A database with providers and postcodes, to be copied."""
    from app.reference.service import ensure_reference

    with filled(settings, ensure_reference) as url:
        yield url


@pytest.fixture(scope="session")
def region_url(settings: Settings, reference: URL) -> Iterator[URL]:
    """A database with the example region, to be copied."""
    from tests.region import load_region

    with filled(settings, lambda s: load_region(s, REGION, settings), like=reference) as url:
        yield url


@pytest.fixture(scope="session")
def database(settings: Settings, reference: URL) -> Iterator[Database]:
    """One throw-away database for the whole run, with providers and postcodes."""
    with copied(settings, reference) as opened:
        yield opened


@pytest.fixture(scope="module")
def loaded_region(settings: Settings, region_url: URL) -> Iterator[Database]:
    """A database of the module's own with the example region, committed."""
    with copied(settings, region_url) as opened:
        yield opened


@pytest.fixture(scope="session")
def matched() -> Callable[[str], dict[str, Any]]:
    """Return what `pleegzorg match --no-learning` says of the example region under a policy.

    Each is worked out once; nobody may change it.
    """

    from app.cli.match import match_folder
    from app.cli.weights import WeightsWish

    @cache
    def told(policy: str) -> dict[str, Any]:
        return match_folder(
            REGION, policy=policy, peildatum=None, seed=0, database_url=None,
            wish=WeightsWish(learns=False),
        )  # fmt: skip

    return told


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
