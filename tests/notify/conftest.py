"""A database of their own: what is told must be committed before anybody may hear of it."""

from collections.abc import Iterator

import pytest
from sqlalchemy import URL

from app.db.opened import Database
from app.settings import Settings
from tests.databases import copied, empty
from tests.notify.receiver import Receiver, open_receiver


@pytest.fixture(scope="module")
def told(settings: Settings, reference: URL) -> Iterator[Database]:
    """A database with the five providers."""
    with copied(settings, reference) as opened:
        yield opened


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """A subscriber that answers."""
    with open_receiver() as opened:
        yield opened


@pytest.fixture
def only_own(told: Database) -> Iterator[None]:
    """Each test has subscriptions of its own only."""
    yield
    empty(told.url, "procrastinate_jobs, subscription")
