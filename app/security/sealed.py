"""What only the bearer of a secret can open: sealed under a key made from that secret."""

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_MASK = 32  # bytes


def new_secret() -> str:
    """Return 256 random bits, fit for a cookie."""
    return secrets.token_urlsafe(32)


def name_of(secret: str) -> bytes:
    """Return by what a secret is found without being kept: its SHA-256."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).digest()


def seal(secret: str, content: bytes) -> bytes:
    """Return content that only this secret opens (AES-128-CBC with HMAC-SHA256: Fernet)."""
    return Fernet(_key(secret)).encrypt(content)


def unseal(secret: str, sealed: bytes) -> bytes | None:
    """Return what was sealed, or None where the secret is another one."""
    try:
        return Fernet(_key(secret)).decrypt(sealed)
    except InvalidToken:
        return None


def form_token(secret: str) -> str:
    """Return a token for a form of this session, another one each time.

    Masked, so that a compressed page tells nothing about it by its length (BREACH).
    """
    mask = secrets.token_bytes(_MASK)
    return (mask + _xor(mask, _form_digest(secret))).hex()


def is_form_token(secret: str, token: str) -> bool:
    """Return whether a form came from a page of this session."""
    try:
        given = bytes.fromhex(token)
    except ValueError:
        return False
    mask, masked = given[:_MASK], given[_MASK:]
    if len(masked) != _MASK:
        return False
    return hmac.compare_digest(_xor(mask, masked), _form_digest(secret))


def _form_digest(secret: str) -> bytes:
    return hmac.digest(secret.encode("utf-8", "surrogatepass"), b"formulier", "sha256")


def _xor(mask: bytes, content: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(mask, content, strict=True))


def _key(secret: str) -> bytes:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"pleegzorg-sessie")
    return urlsafe_b64encode(derived.derive(secret.encode("utf-8", "surrogatepass")))
