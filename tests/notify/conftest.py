"""A database of their own: what is told must be committed before anybody may hear of it."""

from collections.abc import Iterator

import pytest

from app.db.opened import Database, open_throwaway
from app.db.session import session_for
from app.kernel.actor import SYSTEM
from app.reference.service import ensure_reference
from app.settings import Settings
from tests.databases import empty
from tests.notify.receiver import Receiver, open_receiver


@pytest.fixture(scope="module")
def told(settings: Settings) -> Iterator[Database]:
    """A database with the five providers."""
    with open_throwaway(settings) as opened:
        with session_for(opened.sessions, SYSTEM) as session:
            ensure_reference(session)
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
