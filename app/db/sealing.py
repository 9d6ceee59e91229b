"""Sealing what must not lie open: an upload while it waits, for it holds BSNs; a secret."""

import base64
import hashlib
import hmac
import os

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.settings import Settings

_VERSION = b"\x01"
_NONCE_BYTES = 12


def seal(content: bytes, settings: Settings, *, use: bytes = b"import") -> bytes:
    """Return version byte, nonce and ciphertext (AES-256-GCM) of a piece.

    use: what it is for; each use has a key of its own.
    """
    nonce = os.urandom(_NONCE_BYTES)
    return _VERSION + nonce + AESGCM(_key(settings, use)).encrypt(nonce, content, _VERSION)


def unseal(sealed: bytes, settings: Settings, *, use: bytes = b"import") -> bytes:
    """Return what was sealed; raises cryptography's InvalidTag when key, use or bytes differ."""
    version, nonce = sealed[:1], sealed[1 : 1 + _NONCE_BYTES]
    return AESGCM(_key(settings, use)).decrypt(nonce, sealed[1 + _NONCE_BYTES :], version)


def _key(settings: Settings, use: bytes) -> bytes:
    # Not that of the BSNs: far more is sealed with it than they are encrypted with theirs.
    main = base64.b64decode(settings.bsn_key.get_secret_value())
    return hmac.new(main, use, hashlib.sha256).digest()
