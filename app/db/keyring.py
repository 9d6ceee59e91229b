"""The key ring: versions of the main key, one of them for writing, and a key of its own per use."""

import hashlib
import hmac
from functools import lru_cache

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.db.keyfile import Keys, decode_key, parse_keys, read_key_file
from app.kernel.errors import NotReady
from app.settings import Settings, load_settings

_SALT = b"pleegzorg/sleutelring/1"


class KeyLacking(NotReady):
    """Something was sealed with a version of the key that this process does not have."""


class KeyRing:
    """The keys of a process; never shown, not even when it is printed.

    Each use has keys of its own (HKDF-SHA256 of a version of the main key): what seals a text can
    neither open a BSN nor make its digest.
    """

    def __init__(self, keys: Keys) -> None:
        self._keys = keys
        self._ciphers: dict[tuple[int, str], AESGCM] = {}
        self._digests: dict[tuple[int, str], bytes] = {}

    @property
    def writes(self) -> int:
        """Return the version with which is written."""
        return self._keys.writes

    @property
    def versions(self) -> tuple[int, ...]:
        """Return the versions that can be read, the one for writing first."""
        others = sorted(set(self._keys.versions) - {self.writes}, reverse=True)
        return (self.writes, *others)

    def main_key(self, version: int) -> bytes:
        """Return a version of the main key; raises KeyLacking."""
        try:
            return self._keys.versions[version]
        except KeyError:
            raise KeyLacking(
                f"Sleutelversie {version} ontbreekt: zet haar terug in het sleutelbestand "
                "(PLEEGZORG_KEYS_FILE), of in PLEEGZORG_KEYS."
            ) from None

    def cipher(self, version: int, use: str) -> AESGCM:
        """Return AES-256-GCM under the key of a use; raises KeyLacking."""
        found = self._ciphers.get((version, use))
        if found is None:
            found = AESGCM(self._derive(version, f"verzegelen:{use}"))
            self._ciphers[version, use] = found
        return found

    def digest(self, version: int, use: str, content: bytes) -> bytes:
        """Return the HMAC-SHA256 of something under the digest key of a use; raises KeyLacking."""
        key = self._digests.get((version, use))
        if key is None:
            key = self._derive(version, f"zoeken:{use}")
            self._digests[version, use] = key
        return hmac.digest(key, content, "sha256")

    def compare_key(self) -> bytes:
        """Return the key with which is seen whether a told record changed; it has no versions."""
        return self._keys.compare

    def proof(self, version: int) -> bytes:
        """Return what tells whether a version is the same key as before, and nothing else."""
        return self.digest(version, "bewijs", b"pleegzorg")

    def _derive(self, version: int, use: str) -> bytes:
        made = HKDF(algorithm=SHA256(), length=32, salt=_SALT, info=use.encode())
        return made.derive(self.main_key(version))

    def __repr__(self) -> str:
        return f"KeyRing(versions={self.versions})"


def ring_of(settings: Settings) -> KeyRing:
    """Return the key ring of settings; raises NotReady for a file that cannot be used."""
    keys = settings.keys.get_secret_value() if settings.keys else None
    file = str(settings.keys_file) if settings.keys_file else None
    return _ring(settings.bsn_key.get_secret_value(), keys, file)


@lru_cache(maxsize=16)
def _ring(single: str, several: str | None, file: str | None) -> KeyRing:
    if file is not None:
        return KeyRing(read_key_file(file))
    if several is not None:
        return KeyRing(parse_keys(several))
    only = decode_key(single, name="PLEEGZORG_BSN_KEY")
    return KeyRing(Keys({1: only}, writes=1, compare=only))


@lru_cache(maxsize=1)
def current_ring() -> KeyRing:
    """Return the key ring of this process, read once."""
    return ring_of(load_settings())


def forget_ring() -> None:
    """Read the keys anew at the next use; for tests, and after the file was changed."""
    current_ring.cache_clear()
    _ring.cache_clear()


def old_key(ring: KeyRing, use: bytes | None) -> bytes:
    """Return the key under which was sealed before there were versions; use: None for the BSN."""
    main = ring.main_key(1)
    return main if use is None else hmac.new(main, use, hashlib.sha256).digest()
