"""The issuer's public keys, read from its discovery document and read again when they change."""

from collections.abc import Callable
from threading import Lock
from time import monotonic
from typing import Any

import httpx2
from joserfc.jwk import KeySet, RSAKey

from app.kernel.errors import NotReady

KEPT = 600.0  # seconds; a key that was withdrawn is refused after this at the latest
AT_MOST_EVERY = 10.0  # seconds; an unknown key in a token does not let anybody hammer the issuer
_PATIENCE = 5.0
_DISCOVERY = "/.well-known/openid-configuration"
_SILENT = (
    "De uitgever van de tokens antwoordt nu niet: probeer het over een minuut opnieuw, of laat de "
    "beheerder PLEEGZORG_ISSUER nakijken."
)

Fetch = Callable[[str], Any]


def fetch_json(url: str) -> Any:
    """Return the JSON at a URL; raises NotReady when it does not come."""
    try:
        answer = httpx2.get(url, timeout=_PATIENCE, follow_redirects=False)
        answer.raise_for_status()
        return answer.json()
    except (httpx2.HTTPError, ValueError) as error:
        raise NotReady(_SILENT) from error


class IssuerKeys:
    """The keys of one issuer by their id.

    The old keys go on while the issuer is silent, until they are KEPT seconds old twice over.
    """

    def __init__(self, issuer: str, *, fetch: Fetch = fetch_json) -> None:
        self._issuer, self._fetch = issuer, fetch
        self._keys: dict[str, RSAKey] = {}
        self._read_at = self._tried_at = float("-inf")
        self._lock = Lock()

    def find(self, key_id: str) -> RSAKey | None:
        """Return a key, after asking the issuer again where it is unknown or has grown old."""
        with self._lock:
            age = monotonic() - self._read_at
            if age > KEPT or key_id not in self._keys:
                self._renew(must=age > 2 * KEPT)
            return self._keys.get(key_id)

    def _renew(self, *, must: bool) -> None:
        if monotonic() - self._tried_at < AT_MOST_EVERY:
            if must:
                raise NotReady(_SILENT)
            return
        self._tried_at = monotonic()
        try:
            self._keys = self._read()
            self._read_at = monotonic()
        except NotReady:
            if must:
                raise

    def _read(self) -> dict[str, RSAKey]:
        found = self._fetch(self._issuer.rstrip("/") + _DISCOVERY)
        if not isinstance(found, dict) or found.get("issuer") != self._issuer:
            raise NotReady("De uitgever noemt zich anders dan PLEEGZORG_ISSUER: neem die over.")
        return signing_keys(self._fetch(str(found.get("jwks_uri"))))


def signing_keys(document: Any) -> dict[str, RSAKey]:
    """Return the RSA keys for signatures in a JWK set, by key id; others are left out."""
    listed = document.get("keys", []) if isinstance(document, dict) else []
    ours = [
        key
        for key in listed
        if key.get("kty") == "RSA" and key.get("use", "sig") == "sig" and "kid" in key
    ]
    try:
        keys = KeySet.import_key_set({"keys": ours}).keys if ours else []
    except ValueError as error:
        raise NotReady(_SILENT) from error
    return {str(key.kid): key for key in keys if isinstance(key, RSAKey)}
