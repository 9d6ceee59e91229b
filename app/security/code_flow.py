"""Signing in at the issuer: authorization code with PKCE (NL GOV OpenID Connect profile, RFC 7636).

No library in the lock speaks this over httpx2; what is delicate in it (signatures, keys) is
joserfc's.
"""

import hashlib
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from pathlib import Path
from time import time
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import httpx2
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import RSAKey

from app.kernel.actor import SIGNED_IN_ROLES
from app.kernel.errors import NotReady, NotSignedIn
from app.security.clients import SCOPE
from app.security.keys import Fetch, IssuerKeys, fetch_json
from app.security.screen_sessions import Tokens
from app.security.verify import ALGORITHMS, LEEWAY

_PATIENCE = 5.0  # seconds
_FAILED = "Het aanmelden is niet gelukt: begin opnieuw, of laat de beheerder de uitgever nakijken."
_ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


@dataclass(frozen=True, slots=True)
class Begun:
    """What must come back the same: kept by the browser between leaving and returning."""

    state: str
    nonce: str
    verifier: str


class CodeFlow:
    """The screens as a client of one issuer.

    resource: what the issuer calls this service where it wants to be told (RFC 8707). key: a PEM
    file to sign assertions with (private_key_jwt); None: a public client, PKCE alone.
    """

    def __init__(
        self,
        *,
        issuer: str,
        client: str,
        back: str,
        resource: str | None,
        key: Path | None,
        fetch: Fetch = fetch_json,
    ) -> None:
        self._issuer, self._client, self._back = issuer, client, back
        self._resource = {"resource": resource} if resource else {}
        self._fetch = fetch
        self._keys = IssuerKeys(issuer, fetch=fetch)
        self._key = RSAKey.import_key(key.read_bytes()) if key else None

    def begin(self) -> tuple[str, Begun]:
        """Return the address to go to, and what must come back with the answer."""
        begun = Begun(*(secrets.token_urlsafe(32) for _ in range(3)))
        challenge = hashlib.sha256(begun.verifier.encode()).digest()
        asked = {
            "response_type": "code",
            "client_id": self._client,
            "redirect_uri": self._back,
            "scope": " ".join(["openid", *(SCOPE + role.value for role in SIGNED_IN_ROLES)]),
            "state": begun.state,
            "nonce": begun.nonce,
            "code_challenge": urlsafe_b64encode(challenge).decode().rstrip("="),
            "code_challenge_method": "S256",
            **self._resource,
        }
        return f"{self._endpoint('authorization_endpoint')}?{urlencode(asked)}", begun

    def finish(self, begun: Begun, *, state: str, code: str) -> Tokens:
        """Return the tokens for a code; raises NotSignedIn where anything does not fit."""
        if not secrets.compare_digest(state.encode(), begun.state.encode()):
            raise NotSignedIn(_FAILED)
        answer = self._ask(
            grant_type="authorization_code",
            code=code,
            redirect_uri=self._back,
            code_verifier=begun.verifier,
            **self._resource,
        )
        self._check_identity(str(answer.get("id_token", "")), begun.nonce)
        return _tokens(answer)

    def renew(self, tokens: Tokens) -> Tokens | None:
        """Return new tokens for old, or None where the issuer wants the person to sign in again."""
        if tokens.refresh is None:
            return None
        try:
            answer = self._ask(
                grant_type="refresh_token", refresh_token=tokens.refresh, **self._resource
            )
        except NotSignedIn:
            return None
        return _tokens(answer, before=tokens)

    def sign_out_address(self, tokens: Tokens, *, after: str) -> str | None:
        """Return where to end the session at the issuer too, where it has such a place."""
        place = self._document().get("end_session_endpoint")
        if not isinstance(place, str):
            return None
        asked = {"client_id": self._client, "post_logout_redirect_uri": after}
        if tokens.id_token:
            asked["id_token_hint"] = tokens.id_token
        return f"{place}?{urlencode(asked)}"

    def _ask(self, **given: str) -> dict[str, Any]:
        place = self._endpoint("token_endpoint")
        form = {"client_id": self._client, **given, **self._assertion(place)}
        try:
            answer = httpx2.post(place, data=form, timeout=_PATIENCE, follow_redirects=False)
            found = answer.json()
        except (httpx2.HTTPError, ValueError) as error:
            raise NotReady("De uitgever antwoordt nu niet: probeer het zo opnieuw.") from error
        if answer.status_code != 200 or not isinstance(found, dict):
            raise NotSignedIn(_FAILED)
        return found

    def _assertion(self, place: str) -> dict[str, str]:
        if self._key is None:
            return {}
        moment = int(time())
        claims = {"iss": self._client, "sub": self._client, "aud": place, "jti": str(uuid4())}
        times = {"iat": moment, "exp": moment + 60}
        self._key.ensure_kid()
        signed = jwt.encode({"alg": "RS256", "kid": self._key.kid}, {**claims, **times}, self._key)
        return {"client_assertion_type": _ASSERTION, "client_assertion": signed}

    def _check_identity(self, token: str, nonce: str) -> None:
        rules = jwt.JWTClaimsRegistry(
            leeway=LEEWAY,
            iss={"essential": True, "value": self._issuer},
            aud={"essential": True, "value": self._client},
            exp={"essential": True},
            nonce={"essential": True, "value": nonce},
        )
        try:
            found = jwt.decode(token, self._find_key, algorithms=ALGORITHMS)
            rules.validate(found.claims)
        except (JoseError, ValueError, TypeError):
            raise NotSignedIn(_FAILED) from None

    def _find_key(self, given: Any) -> RSAKey:
        key = self._keys.find(str(given.headers().get("kid", "")))
        if key is None:
            raise NotSignedIn(_FAILED)
        return key

    def _endpoint(self, name: str) -> str:
        place = self._document().get(name)
        if not isinstance(place, str):
            raise NotReady(f"De uitgever noemt geen {name}: laat de beheerder hem nakijken.")
        return place

    def _document(self) -> dict[str, Any]:
        found = self._fetch(self._issuer.rstrip("/") + "/.well-known/openid-configuration")
        if not isinstance(found, dict) or found.get("issuer") != self._issuer:
            raise NotReady("De uitgever noemt zich anders dan PLEEGZORG_ISSUER: neem die over.")
        return found


def _tokens(answer: dict[str, Any], *, before: Tokens | None = None) -> Tokens:
    access, lasts = answer.get("access_token"), answer.get("expires_in", 300)
    if not isinstance(access, str) or not isinstance(lasts, int | float):
        raise NotSignedIn(_FAILED)
    return Tokens(
        access=access,
        expires=time() + float(lasts),
        refresh=answer.get("refresh_token") or (before.refresh if before else None),
        subject=before.subject if before else "",
        id_token=answer.get("id_token") or (before.id_token if before else None),
    )
