"""Pseudonyms: who a line of the log is about can be looked up, but not read, without the key."""

import base64
import hashlib
import hmac

from app.settings import Settings
from app.telemetry.carried import Reference

_USE = b"verwerkingenlog"
_BYTES = 16
_TYPES = "urn:pleegzorg:betrokkene:"


def subject_key(settings: Settings) -> bytes:
    """Return the key of pseudonyms: its own where one is given, else one made from that of BSNs."""
    given = settings.subject_key or settings.bsn_key
    return hmac.new(base64.b64decode(given.get_secret_value()), _USE, hashlib.sha256).digest()


def pseudonym(key: bytes, reference: Reference) -> str:
    """Return 32 hexadecimal digits: HMAC-SHA256 of kind and id, its first half."""
    who, id_ = reference
    told = f"{who.value}:{id_}".encode("utf-8", "surrogatepass")
    return hmac.new(key, told, hashlib.sha256).digest()[:_BYTES].hex()


def type_of(reference: Reference) -> str:
    """Return of what kind a pseudonym is, as a URI."""
    return f"{_TYPES}{reference[0].value}"
