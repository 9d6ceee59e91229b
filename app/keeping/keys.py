"""Which keys of the service a backup needs: told by fingerprint, never the keys themselves."""

import hashlib
import hmac
from collections.abc import Mapping

from app.db.keyring import ring_of
from app.settings import Settings

_USE = b"pleegzorg-reservekopie"


def fingerprints(settings: Settings) -> dict[str, str]:
    """Return, by version, what tells a key from another and nothing more of it."""
    return {
        version: hmac.new(key, _USE, hashlib.sha256).hexdigest()[:16]
        for version, key in _keys(settings).items()
    }


def missing_versions(wanted: Mapping[str, str], settings: Settings) -> list[str]:
    """Return the versions of which this service has another key, or none."""
    own = fingerprints(settings)
    return sorted(version for version, told in wanted.items() if own.get(version) != told)


def authentication(content: bytes, settings: Settings, version: str | None = None) -> str:
    """Return a keyed digest that nobody without the key makes; empty where its version lacks.

    version: of the key; None for the newest.
    """
    keys = _keys(settings)
    key = keys.get(version or max(keys, key=int))
    if key is None:
        return ""
    derived = hmac.new(key, _USE + b"-manifest", hashlib.sha256).digest()
    return hmac.new(derived, content, hashlib.sha256).hexdigest()


def newest_version(settings: Settings) -> str:
    """Return the version of the key that is written with."""
    return str(ring_of(settings).writes)


def _keys(settings: Settings) -> dict[str, bytes]:
    ring = ring_of(settings)
    return {str(version): ring.main_key(version) for version in ring.versions}
