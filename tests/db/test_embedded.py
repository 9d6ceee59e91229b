"""The embedded server: for development only, and clear about where it cannot live."""

import base64
from pathlib import Path

import pytest
from psycopg import connect

from app.db.embedded import start_embedded
from app.db.migrate import migrate
from app.db.opened import Database, open_throwaway
from app.db.roles import WORKER
from app.kernel.errors import NotReady
from app.settings import Settings

OWN_KEY = base64.b64encode(bytes(range(32))).decode()


def test_it_stays_out_of_production() -> None:
    """It trusts every local user: `match` without a URL may not put real children in it."""
    settings = Settings(
        environment="productie", bsn_key=OWN_KEY, audit_key=OWN_KEY, DATABASE_URL="postgresql://server/pleegzorg",
        issuer="https://uitgever.example", clients="clients.toml",
    )  # fmt: skip
    with pytest.raises(NotReady, match="alleen voor ontwikkeling"):
        start_embedded(settings)


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    """A file lies where the folder should come."""
    (tmp_path / "bestand").write_text("")
    settings = Settings(database_url=None, data_folder=tmp_path / "bestand")
    with pytest.raises(NotReady, match="PLEEGZORG_DATA_FOLDER"):
        start_embedded(settings)


def test_a_second_migration_finds_nothing_left_to_do(database: Database) -> None:
    """Every command on a laptop migrates first: that must be harmless."""
    migrate(database.url)


def test_the_queue_works_as_the_same_role(settings: Settings) -> None:
    """The queue connects by itself; it may not fall back on the rights of the login."""
    with (
        open_throwaway(settings, role=WORKER) as opened,
        connect(opened.conninfo()) as connection,
    ):
        assert connection.execute("SELECT current_user").fetchone() == (WORKER,)
