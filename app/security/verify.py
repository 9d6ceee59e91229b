"""Verifying a token: signature, issuer, audience, time. NL GOV OAuth 2.0 profile, RFC 9068."""

from collections.abc import Mapping
from typing import Any, Protocol

from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import RSAKey

from app.kernel.clock import now
from app.kernel.errors import NotSignedIn
from app.security.claims import Claims

# Nothing symmetric and no `none`: a public key can then never pass for a shared secret.
ALGORITHMS = ["RS256", "PS256"]
LEEWAY = 30  # seconds that two clocks may differ
_TYPES = frozenset({"at+jwt", "application/at+jwt", "jwt"})
# Claims nested too deep end the parser's recursion; an expiry of hundreds of digits is no float.
_UNREADABLE = (JoseError, ValueError, TypeError, RecursionError, OverflowError)
MAX_TOKEN = 8192  # characters
MAX_NAME = 200


class Keys(Protocol):
    """Where public keys come from."""

    def find(self, key_id: str) -> RSAKey | None:
        """Return a key by its id, or None."""
        ...


class Verifier:
    """Turns a token of one issuer, meant for this service, into claims."""

    def __init__(self, *, issuer: str, audience: str, keys: Keys, organisation_claim: str) -> None:
        self._keys, self._organisation_claim = keys, organisation_claim
        self._rules = jwt.JWTClaimsRegistry(
            now=lambda: int(now().timestamp()),
            leeway=LEEWAY,
            iss={"essential": True, "value": issuer},
            aud={"essential": True, "value": audience},
            exp={"essential": True},
            sub={"essential": True},
        )

    def verify(self, token: str) -> Claims:
        """Return what a token says; raises NotSignedIn, in words that repeat nothing of it."""
        try:
            found = jwt.decode(token, self._key_of(token), algorithms=ALGORITHMS)
            self._rules.validate(found.claims)
            return self._read(found.claims)
        except NotSignedIn:
            raise
        except _UNREADABLE as error:
            raise _refusal(type(error).__name__) from None

    def _key_of(self, token: str) -> RSAKey:
        if len(token) > MAX_TOKEN:
            raise _refusal("")
        header = jws.extract_compact(token.encode("ascii")).headers()
        if str(header.get("typ", "jwt")).lower() not in _TYPES:
            raise _refusal("")
        key = self._keys.find(str(header.get("kid", "")))
        if key is None:
            raise _refusal("")
        return key

    def _read(self, claims: Mapping[str, Any]) -> Claims:
        subject = _name(claims["sub"])
        client = _name(claims.get("client_id") or claims.get("azp"))
        scope = claims.get("scope", "")
        if subject is None or client is None or not isinstance(scope, str):
            raise _refusal("")
        return Claims(
            subject=subject,
            client=client,
            scopes=frozenset(scope.split()),
            organisation=_name(claims.get(self._organisation_claim)),
            expires=float(claims["exp"]),
        )


def _name(value: object) -> str | None:
    is_name = isinstance(value, str) and 0 < len(value) <= MAX_NAME and value.isprintable()
    return str(value) if is_name else None


_EXPIRED = "Het token is verlopen: vraag bij de uitgever een nieuw."
_OTHERS = (
    "Het token wordt niet aanvaard: vraag een nieuw bij de uitgever van deze dienst, voor deze "
    "dienst."
)


def _refusal(kind: str) -> NotSignedIn:
    return NotSignedIn(_EXPIRED if kind == "ExpiredTokenError" else _OTHERS)
