"""Sealing what must not lie open: AES-256-GCM under a version of the key, bound to its owner.

What is sealed for one row cannot be opened as that of another: use and owner are authenticated with
it. Bytes begin with 0x02 and two bytes of version; text with `pz1.` and the version in digits.
"""

import os
from binascii import a2b_base64, b2a_base64

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.db.keyring import KeyRing, old_key, ring_of
from app.kernel.errors import NotReady
from app.settings import Settings

PREFIX = "pz1."
_OLD = b"\x01"
_NEW = b"\x02"
_NONCE_BYTES = 12
_HEAD = 3
# What sealed before there were versions: the BSN under the main key, the rest under one per use.
_OLD_USES: dict[str, bytes | None] = {"bsn": None, "webhook": b"webhook"}
_OLD_OTHERS = b"import"


class SealBroken(NotReady):
    """Something sealed cannot be opened: another key, or not the bytes of this very row."""

    def __init__(self, use: str, version: object) -> None:
        super().__init__(
            f"Een versleuteld gegeven ({use}, sleutelversie {version}) is niet te lezen: de "
            "sleutel is een andere, of het hoort bij een andere rij. Voer `pleegzorg sleutels "
            "controleer` uit."
        )


def seal(content: bytes, settings: Settings, *, use: str, owner: object) -> bytes:
    """Return bytes that only open for the same use and owner."""
    return seal_bytes(ring_of(settings), content, use=use, owner=str(owner))


def unseal(sealed: bytes, settings: Settings, *, use: str, owner: object) -> bytes:
    """Return what was sealed; raises SealBroken, or KeyLacking for a version that is not there."""
    return open_bytes(ring_of(settings), sealed, use=use, owner=str(owner))


def seal_bytes(ring: KeyRing, content: bytes, *, use: str, owner: str) -> bytes:
    """Return version, nonce and ciphertext, under the key for writing."""
    version = ring.writes
    nonce = os.urandom(_NONCE_BYTES)
    sealed = ring.cipher(version, use).encrypt(nonce, content, _bound(use, owner))
    return b"".join((_NEW, version.to_bytes(2), nonce, sealed))


def open_bytes(ring: KeyRing, sealed: bytes, *, use: str, owner: str) -> bytes:
    """Return what was sealed, also before there were versions; raises SealBroken, KeyLacking."""
    if sealed[:1] == _OLD:
        return _open_old(ring, sealed, use)
    if sealed[:1] != _NEW:
        raise SealBroken(use, "onbekend")
    version = int.from_bytes(sealed[1:_HEAD])
    nonce, content = sealed[_HEAD : _HEAD + _NONCE_BYTES], sealed[_HEAD + _NONCE_BYTES :]
    try:
        return ring.cipher(version, use).decrypt(nonce, content, _bound(use, owner))
    except (InvalidTag, ValueError):
        raise SealBroken(use, version) from None


def is_sealed(stored: bytes) -> bool:
    """Return whether bytes were sealed; what could be stored open begins otherwise."""
    return stored[:1] in (_OLD, _NEW)


def version_of_bytes(sealed: bytes) -> int:
    """Return the version of the key of something sealed; 0 for what is of before versions."""
    return int.from_bytes(sealed[1:_HEAD]) if sealed[:1] == _NEW else 0


def seal_text(ring: KeyRing, content: bytes, *, use: str, owner: str) -> str:
    """Return a text that only opens for the same use and owner."""
    version = ring.writes
    nonce = os.urandom(_NONCE_BYTES)
    sealed = nonce + ring.cipher(version, use).encrypt(nonce, content, _bound(use, owner))
    return f"{PREFIX}{version}.{b2a_base64(sealed, newline=False).decode()}"


def open_text(ring: KeyRing, sealed: str, *, use: str, owner: str) -> bytes:
    """Return what was sealed as text; raises SealBroken, KeyLacking."""
    # Lists open thousands of these: no more is done than needed.
    try:
        _, version, content = sealed.split(".", 2)
        raw = a2b_base64(content, strict_mode=True)
        cipher = ring.cipher(int(version), use)
        return cipher.decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], _bound(use, owner))
    except (InvalidTag, ValueError):
        raise SealBroken(use, version_of_text(sealed)) from None


def version_of_text(sealed: str) -> int:
    """Return the version of the key of a sealed text; 0 where it does not say any."""
    digits = sealed[len(PREFIX) : sealed.find(".", len(PREFIX))]
    return int(digits) if digits.isascii() and digits.isdigit() else 0


def _open_old(ring: KeyRing, sealed: bytes, use: str) -> bytes:
    nonce, content = sealed[1 : 1 + _NONCE_BYTES], sealed[1 + _NONCE_BYTES :]
    key = old_key(ring, _OLD_USES.get(use, _OLD_OTHERS))
    try:
        return AESGCM(key).decrypt(nonce, content, _OLD)
    except (InvalidTag, ValueError):
        raise SealBroken(use, 1) from None


def _bound(use: str, owner: str) -> bytes:
    return f"{use}\x1f{owner}".encode()
