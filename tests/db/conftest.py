"""A database of a test's own, for what commits."""

from collections.abc import Iterator

import pytest
from sqlalchemy import URL

from app.db.opened import Database
from app.db.sealed import refuse_plain
from app.settings import Settings
from tests.databases import copied


@pytest.fixture
def own_keys(settings: Settings, reference: URL) -> Iterator[Database]:
    """A database to note key versions in; afterwards this process reads plain text again."""
    with copied(settings, reference) as opened:
        yield opened
    refuse_plain(refuse=False)
