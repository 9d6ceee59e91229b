"""Fixtures for match runs: a small database of its own, because runs commit."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from app.db.opened import Database, open_throwaway
from app.db.session import session_for
from app.kernel.actor import SYSTEM
from app.reference.service import ensure_reference
from app.settings import Settings
from tests.proposals.asking import ask
from tests.region import load_region
from tests.rows import make_family, make_registration

REGION = Path(__file__).parents[1] / "data" / "regio-1"


@pytest.fixture(scope="module")
def small(settings: Settings) -> Iterator[Database]:
    """A database of its own with one child and one family, committed."""
    with open_throwaway(settings) as opened:
        with session_for(opened.sessions, SYSTEM) as session:
            ensure_reference(session)
            make_family(session, reference="SPI-1")
            make_registration(session, number="AM-1")
        yield opened


@pytest.fixture(scope="module")
def loaded_region(settings: Settings) -> Iterator[Database]:
    """A database of its own with the example region, committed."""
    with open_throwaway(settings) as opened:
        with session_for(opened.sessions, SYSTEM) as session:
            ensure_reference(session)
            load_region(session, REGION, settings)
        yield opened


@pytest.fixture
def run_id(small: Database) -> UUID:
    """A run that waits."""
    return ask(small)
