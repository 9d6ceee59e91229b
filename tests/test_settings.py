"""Settings refuse to start in earnest with what everybody can read."""

import base64

import pytest
from pydantic import ValidationError

from app.settings import Settings

OWN_KEY = base64.b64encode(bytes(range(32))).decode()


def test_production_wants_its_own_key() -> None:
    """The development key is refused outside development."""
    with pytest.raises(ValidationError, match="PLEEGZORG_BSN_KEY"):
        Settings(environment="productie", DATABASE_URL="postgresql://x")


def test_production_wants_its_own_database(monkeypatch: pytest.MonkeyPatch) -> None:
    """The embedded server is refused outside development."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    with pytest.raises(ValidationError, match="DATABASE_URL"):
        Settings(environment="productie", bsn_key=OWN_KEY)


def test_a_short_key_is_refused() -> None:
    """AES-256 takes 32 bytes; fewer is an error at start, not at the first BSN."""
    with pytest.raises(ValidationError, match="32"):
        Settings(bsn_key=base64.b64encode(b"kort").decode())
