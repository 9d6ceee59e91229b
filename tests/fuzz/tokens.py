"""Tokens as targets: what nobody signed is refused, what the issuer signed is sound or refused."""

import base64
import math

from joserfc import jws
from joserfc.jwk import RSAKey

from app.kernel.errors import NotSignedIn
from app.security.claims import Claims
from app.security.verify import MAX_NAME, Verifier
from tests.fuzz.judged import check_sentence


class OneKey:
    """Finds the same key whatever is asked for, so that the signature is looked at."""

    def __init__(self) -> None:
        self.key = RSAKey.generate_key(2048)

    def find(self, key_id: str) -> RSAKey:
        """Return the key."""
        return self.key


KEYS = OneKey()
_VERIFIER = Verifier(
    issuer="https://uitgever.example", audience="pleegzorg", keys=KEYS,
    organisation_claim="organisatie",
)  # fmt: skip


def unsigned(content: bytes) -> None:
    """Verify a text as it came: nobody signed it, so it is refused whatever it says."""
    assert _claims(content.decode(errors="replace")) is None, "a token that nobody signed was taken"


def headed(content: bytes) -> None:
    """Verify a token with this header, which is read before there is anything to trust."""
    header = _in_base64(content)
    assert _claims(f"{header}.{_in_base64(b'{}')}.QQ") is None, "what nobody signed was taken"


def signed(content: bytes) -> None:
    """Verify a token that the issuer signed, with this as its claims."""
    header = {"alg": "RS256", "typ": "at+jwt"}
    found = _claims(jws.serialize_compact(header, content, KEYS.key))
    if found is not None:
        assert 0 < len(found.subject) <= MAX_NAME
        assert found.subject.isprintable()
        assert math.isfinite(found.expires), "a token that never expires"


def _claims(token: str) -> Claims | None:
    try:
        return _VERIFIER.verify(token)
    except NotSignedIn as error:
        check_sentence(str(error))
        return None


def _in_base64(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()
