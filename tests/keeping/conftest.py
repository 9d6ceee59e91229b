"""One backup of the example region for all, and empty databases to put it back in."""

import itertools
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from sqlalchemy import URL

from app.db.embedded import drop_database, ensure_database, start_embedded
from app.db.opened import Database
from app.keeping.backup import Backup, make_backup
from app.settings import Settings

_NUMBERS = itertools.count()


@pytest.fixture(scope="session")
def private() -> X25519PrivateKey:
    return X25519PrivateKey.generate()


@pytest.fixture(scope="module")
def kept(
    loaded_region: Database,
    private: X25519PrivateKey,
    settings: Settings,
    tmp_path_factory: pytest.TempPathFactory,
) -> Backup:
    """A backup of the example region."""
    into = tmp_path_factory.mktemp("reserve")
    return make_backup(loaded_region.url, into, recipient=private.public_key(), settings=settings)


@pytest.fixture
def own_copy(kept: Backup, tmp_path: Path) -> Path:
    """The same backup, for a test to spoil."""
    return Path(shutil.copytree(kept.folder, tmp_path / "kopie"))


@pytest.fixture
def empty_url(settings: Settings) -> Iterator[URL]:
    """A database with nothing in it."""
    server = start_embedded(settings)
    name = f"pleegzorg_leeg_{os.getpid()}_{next(_NUMBERS)}"
    yield ensure_database(server, name)
    drop_database(server, name)
