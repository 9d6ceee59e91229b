"""Encryption of the BSN at rest: AES-256-GCM, and a keyed digest to find one again."""

import base64
import hashlib
import hmac
import os

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.settings import Settings

_VERSION = b"\x01"
_NONCE_BYTES = 12


def encrypt_bsn(number: str, settings: Settings) -> bytes:
    """Return version byte, nonce and ciphertext; two calls never give the same bytes."""
    nonce = os.urandom(_NONCE_BYTES)
    return _VERSION + nonce + AESGCM(_key(settings)).encrypt(nonce, number.encode(), _VERSION)


def decrypt_bsn(stored: bytes, settings: Settings) -> str:
    """Return the number; raises cryptography's InvalidTag when key or bytes are not the same."""
    version, nonce = stored[:1], stored[1 : 1 + _NONCE_BYTES]
    return AESGCM(_key(settings)).decrypt(nonce, stored[1 + _NONCE_BYTES :], version).decode()


def digest_bsn(number: str, settings: Settings) -> bytes:
    """Return a keyed digest: equal for equal numbers, useless without the key.

    A plain hash would not do: there are only a billion numbers to try.
    """
    return hmac.new(_key(settings), b"bsn:" + number.encode(), hashlib.sha256).digest()


def digest_content(content: str, settings: Settings) -> str:
    """Return a keyed digest of a text with a BSN in it: equal for equal texts.

    Unkeyed, whoever sees the rest of the text could find the BSN by trying them all.
    """
    return hmac.new(_key(settings), b"inhoud:" + content.encode(), hashlib.sha256).hexdigest()


def _key(settings: Settings) -> bytes:
    return base64.b64decode(settings.bsn_key.get_secret_value())
