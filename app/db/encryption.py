"""The BSN at rest, sealed for its own child, and keyed digests by which something is found."""

import hashlib
import hmac
import unicodedata
from collections.abc import Sequence
from uuid import UUID

from app.db.keyring import KeyRing, ring_of
from app.db.sealing import seal, unseal
from app.settings import Settings

BSN_USE = "bsn"
NAME_USE = "voornaam"
_VERSION_BYTES = 2


def encrypt_bsn(number: str, settings: Settings, *, child: UUID) -> bytes:
    """Return a BSN sealed for a child; two calls never give the same bytes."""
    return seal(number.encode(), settings, use=BSN_USE, owner=child)


def decrypt_bsn(stored: bytes, settings: Settings, *, child: UUID) -> str:
    """Return the number; raises SealBroken when key, child or bytes are not the same."""
    return unseal(stored, settings, use=BSN_USE, owner=child).decode()


def digest_bsn(number: str, settings: Settings) -> bytes:
    """Return the digest that is stored: equal for equal numbers, useless without the key.

    A plain hash would not do: there are only a billion numbers to try.
    """
    ring = ring_of(settings)
    return digest_under(ring, ring.writes, BSN_USE, number)


def digests_bsn(number: str, settings: Settings) -> list[bytes]:
    """Return every digest under which a BSN may be stored, that of the newest key first.

    While keys are rotated there are digests of both; the last one is of before there were versions.
    """
    ring = ring_of(settings)
    found = [digest_under(ring, version, BSN_USE, number) for version in ring.versions]
    if 1 in ring.versions:
        old = hmac.new(ring.main_key(1), b"bsn:" + number.encode(), hashlib.sha256).digest()
        found.append(old)
    return found


def digest_name(name: str, ring: KeyRing) -> bytes:
    """Return the digest that is stored of a first name: as `fold_name` compares it."""
    return digest_under(ring, ring.writes, NAME_USE, fold_name(name))


def digests_name(name: str, ring: KeyRing) -> Sequence[bytes]:
    """Return every digest under which a first name may be stored: of before accents were folded
    too, until its row is written again."""
    folds = dict.fromkeys((fold_name(name), name.strip().lower()))
    return [digest_under(ring, version, NAME_USE, f) for f in folds for version in ring.versions]


def fold_name(name: str) -> str:
    """Return a first name as it is compared: spaces around it, capitals and accents aside."""
    letters = unicodedata.normalize("NFKD", name.strip().lower())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def digest_under(ring: KeyRing, version: int, use: str, content: str) -> bytes:
    """Return a digest with the version of its key before it."""
    return version.to_bytes(_VERSION_BYTES) + ring.digest(version, use, content.encode())


def digest_content(content: str, settings: Settings) -> str:
    """Return a keyed digest of a text with a BSN in it: equal for equal texts.

    Unkeyed, whoever sees the rest of the text could find the BSN by trying them all. Its key has no
    versions: under another one every record that is told again would look changed.
    """
    key = ring_of(settings).compare_key()
    return hmac.new(key, b"inhoud:" + content.encode(), hashlib.sha256).hexdigest()
