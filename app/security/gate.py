"""The gate: from a token to the actor, in the role in which this route is open to it."""

import hashlib
import re
from collections import OrderedDict
from collections.abc import Callable, Collection
from dataclasses import dataclass
from threading import Lock
from time import time
from uuid import UUID

from app.kernel.actor import ORGANISATION_ROLES, PROVIDER_ROLES, Actor, ActorRole
from app.kernel.errors import NotAllowed
from app.security.clients import Client
from app.security.verify import Verifier

KEPT = 60.0  # seconds; what is taken from a role or a provider is felt after this at the latest
MOST_KEPT = 2048
_MUNICIPALITY = re.compile("[0-9]{4}")

FindProvider = Callable[[str], UUID | None]


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a token stands for, until a moment (seconds since 1970); client: what asked for it."""

    name: str
    roles: frozenset[ActorRole]
    provider_id: UUID | None
    organisation: str | None
    until: float
    client: str | None = None

    def as_actor(self) -> Actor | None:
        """Return who asked, in its first role, where none of them may do what it asked."""
        role = next((r for r in ActorRole if r in self.roles), None)
        return Actor(self.name, role, self.provider_id, self.organisation) if role else None

    def acting(self, allowed: Collection[ActorRole]) -> Actor:
        """Return the actor in its first role that is allowed; raises NotAllowed without one."""
        role = next((r for r in ActorRole if r in self.roles and r in allowed), None)
        if role is None:
            words = ", ".join(sorted(r.value for r in allowed)) or "niemand"
            raise NotAllowed(f"Uw rol mag dit niet: het is voorbehouden aan {words}.")
        provider = self.provider_id if role in PROVIDER_ROLES else None
        if role in PROVIDER_ROLES and provider is None:
            raise NotAllowed(
                "Uw aanbieder is hier niet bekend: laat de beheerder uw organisatie nakijken."
            )
        return Actor(self.name, role, provider, self._organisation_in(role))

    def _organisation_in(self, role: ActorRole) -> str | None:
        if role not in ORGANISATION_ROLES:
            return None
        if self.organisation is None:
            raise NotAllowed("Uw token noemt geen organisatie: laat de beheerder dat nakijken.")
        if role is ActorRole.MUNICIPALITY and not _MUNICIPALITY.fullmatch(self.organisation):
            raise NotAllowed(
                "Uw token noemt geen gemeentecode van vier cijfers: laat de beheerder dat nakijken."
            )
        return self.organisation


class Gate:
    """Knows the tokens it has seen for a minute; `known` asks nobody, `identify` may wait."""

    def __init__(
        self, verifier: Verifier, clients: dict[str, Client], find_provider: FindProvider
    ) -> None:
        self._verifier, self._clients, self._find_provider = verifier, clients, find_provider
        self._seen: OrderedDict[bytes, Identity] = OrderedDict()
        self._lock = Lock()

    def known(self, token: str) -> Identity | None:
        """Return who a token stands for, where it was verified less than a minute ago."""
        found = self._seen.get(_digest(token))
        return found if found is not None and time() < found.until else None

    def identify(self, token: str) -> Identity:
        """Verify a token, perhaps asking the issuer and the database; NotSignedIn, NotReady."""
        claims = self._verifier.verify(token)
        client = self._clients.get(claims.client, Client(frozenset()))
        code = client.provider or claims.organisation
        identity = Identity(
            name=claims.subject,
            roles=client.roles_in(claims.scopes),
            provider_id=self._find_provider(code) if code else None,
            organisation=claims.organisation,
            until=min(claims.expires, time() + KEPT),
            client=claims.client,
        )
        self._keep(_digest(token), identity)
        return identity

    def _keep(self, digest: bytes, identity: Identity) -> None:
        with self._lock:
            self._seen[digest] = identity
            while len(self._seen) > MOST_KEPT:
                self._seen.popitem(last=False)


def _digest(token: str) -> bytes:
    # Not the token itself: what lies in memory may be dumped.
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()
