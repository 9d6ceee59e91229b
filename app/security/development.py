"""Signing in on a laptop: a key of one's own, and tokens signed with it. Not outside development.

The key is made at first use, in the data folder, readable by its owner alone.
"""

import os
from datetime import timedelta
from pathlib import Path

from joserfc import jwt
from joserfc.jwk import RSAKey

from app.kernel.actor import SIGNED_IN_ROLES, ActorRole
from app.kernel.clock import now
from app.kernel.errors import NotReady
from app.security.clients import SCOPE, Client
from app.settings import Settings

ISSUER = "urn:pleegzorg:ontwikkeling"
CLIENT = "ontwikkeling"
CLIENTS = {CLIENT: Client(frozenset(SIGNED_IN_ROLES))}
_FILE = "ontwikkelsleutel.pem"


class DevelopmentKeys:
    """The one key of this machine; raises NotReady outside development."""

    def __init__(self, settings: Settings) -> None:
        refuse_outside_development(settings)
        self._key = _load_or_make(settings.data_folder / _FILE)

    def find(self, key_id: str) -> RSAKey | None:
        """Return the key where it is meant."""
        return self._key if key_id == self._key.kid else None

    @property
    def private(self) -> RSAKey:
        """Return the key to sign with."""
        return self._key


def make_token(
    settings: Settings,
    *roles: ActorRole,
    organisation: str | None = None,
    subject: str | None = None,
    lasts: timedelta = timedelta(hours=8),
) -> str:
    """Return a token for this machine; raises NotReady outside development.

    organisation: the provider's code for a provider's roles, the referrer's own for a referrer, the
    code of four digits for a municipality.
    subject: who carries it; else somebody for each role, for one person may not do everything.
    """
    names = [role.value for role in roles]
    key = DevelopmentKeys(settings).private
    begin = now()
    claims: dict[str, object] = {
        "iss": ISSUER,
        "aud": settings.audience,
        "sub": subject or "-".join(("ontwikkelaar", *names)),
        "client_id": CLIENT,
        "scope": " ".join(SCOPE + name for name in names),
        "iat": int(begin.timestamp()),
        "exp": int((begin + lasts).timestamp()),
    }
    if organisation is not None:
        claims[settings.organisation_claim] = organisation
    return jwt.encode({"alg": "RS256", "typ": "at+jwt", "kid": key.kid}, claims, key)


def refuse_outside_development(settings: Settings) -> None:
    """Raise NotReady unless this is development without an issuer of its own."""
    if settings.environment != "ontwikkeling":
        raise NotReady(
            "Tokens van deze machine bestaan alleen in ontwikkeling: meld u aan bij de uitgever."
        )


def _load_or_make(path: Path) -> RSAKey:
    if not path.exists():
        _write_new(path)
    key = RSAKey.import_key(path.read_bytes())
    key.ensure_kid()
    return key


def _write_new(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    made = RSAKey.generate_key(2048)
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(beside, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "wb") as stream:
        stream.write(made.as_pem(private=True))
    # Of two processes that start at once the first one's key stays.
    try:
        os.link(beside, path)
    except FileExistsError:
        pass
    finally:
        beside.unlink()
