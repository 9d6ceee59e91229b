"""The key that seals the log, from outside the database, and the keys by which seals are known."""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from app.settings import Settings


@dataclass(frozen=True, slots=True)
class SealKey:
    """The key by which new seals are signed (Ed25519, RFC 8032)."""

    private: Ed25519PrivateKey

    @property
    def public(self) -> bytes:
        """Return the public half, 32 bytes: whoever verifies elsewhere needs only this."""
        return self.private.public_key().public_bytes_raw()

    def sign(self, digest: str) -> str:
        """Return the signature of a digest, in hexadecimal."""
        return self.private.sign(bytes.fromhex(digest)).hex()


def key_id(public: bytes) -> str:
    """Return by which name a seal tells its key: the begin of its fingerprint."""
    return hashlib.sha256(public).hexdigest()[:16]


def load_seal_key(settings: Settings) -> SealKey:
    """Return the key of this installation."""
    seed = base64.b64decode(settings.audit_key.get_secret_value())
    return SealKey(Ed25519PrivateKey.from_private_bytes(seed))


def known_keys(settings: Settings) -> Mapping[str, bytes]:
    """Return the public keys by which a seal is known, by name: today's and those of before."""
    before = [base64.b64decode(k) for k in settings.audit_public_keys.split(",") if k]
    return {key_id(public): public for public in (load_seal_key(settings).public, *before)}


def is_signed(digest: str, signature: str, public: bytes) -> bool:
    """Return whether a signature, in hexadecimal, is that of this key on a digest."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(
            bytes.fromhex(signature), bytes.fromhex(digest)
        )
    except (InvalidSignature, ValueError):
        return False
    return True
