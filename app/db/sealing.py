"""Sealing what an upload brought while it waits: a file with registrations holds BSNs."""

import base64
import hashlib
import hmac
import os

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.settings import Settings

_VERSION = b"\x01"
_NONCE_BYTES = 12


def seal(content: bytes, settings: Settings) -> bytes:
    """Return version byte, nonce and ciphertext (AES-256-GCM) of a piece."""
    nonce = os.urandom(_NONCE_BYTES)
    return _VERSION + nonce + AESGCM(_key(settings)).encrypt(nonce, content, _VERSION)


def unseal(sealed: bytes, settings: Settings) -> bytes:
    """Return what was sealed; raises cryptography's InvalidTag when key or bytes differ."""
    version, nonce = sealed[:1], sealed[1 : 1 + _NONCE_BYTES]
    return AESGCM(_key(settings)).decrypt(nonce, sealed[1 + _NONCE_BYTES :], version)


def _key(settings: Settings) -> bytes:
    # A key of its own: far more is sealed with it than BSNs are encrypted with theirs.
    main = base64.b64decode(settings.bsn_key.get_secret_value())
    return hmac.new(main, b"import", hashlib.sha256).digest()
