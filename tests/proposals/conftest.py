"""Fixtures for match runs: a small database of its own, because runs commit."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from sqlalchemy import URL
from sqlalchemy.orm import Session

from app.db.opened import Database
from app.settings import Settings
from tests.databases import copied
from tests.proposals.asking import ask
from tests.rows import make_family, make_registration


@pytest.fixture(scope="module")
def small(settings: Settings, reference: URL) -> Iterator[Database]:
    """A database of its own with one child and one family, committed."""
    with copied(settings, reference, _one_of_each) as opened:
        yield opened


def _one_of_each(session: Session) -> None:
    make_family(session, reference="SPI-1")
    make_registration(session, number="AM-1")


@pytest.fixture
def run_id(small: Database) -> UUID:
    """A run that waits."""
    return ask(small)
