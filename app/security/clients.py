"""Which applications may ask at all, in which roles, and for which provider.

An issuer may hand out a scope that an application has no right to; what counts is this list.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.kernel.actor import PROVIDER_ROLES, SIGNED_IN_ROLES, ActorRole
from app.kernel.errors import NotReady

SCOPE = "pleegzorg:"


@dataclass(frozen=True, slots=True)
class Client:
    """An application; provider: the code of the one organisation that it works for, if any."""

    roles: frozenset[ActorRole]
    provider: str | None = None

    def roles_in(self, scopes: frozenset[str]) -> frozenset[ActorRole]:
        """Return the roles that a token's scopes name and this application may have."""
        return frozenset(role for role in self.roles if SCOPE + role.value in scopes)


def load_clients(path: Path) -> dict[str, Client]:
    """Read the applications of a TOML file by their client id; NotReady says what is wrong."""
    try:
        document = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise NotReady(f"PLEEGZORG_CLIENTS: {path} is niet te lezen als TOML.") from error
    listed = document.get("clients")
    if not isinstance(listed, dict) or not listed:
        raise NotReady(f"PLEEGZORG_CLIENTS: in {path.name} staat geen enkele [clients.…].")
    return {name: _client(name, given, path.name) for name, given in listed.items()}


def _client(name: str, given: Any, file: str) -> Client:
    where = f"PLEEGZORG_CLIENTS, {file}, clients.{name}"
    if not isinstance(given, dict) or given.keys() - {"rollen", "aanbieder"}:
        raise NotReady(f'{where}: geef rollen = [...] en zo nodig aanbieder = "...".')
    roles = _roles(given, where)
    provider = given.get("aanbieder")
    if provider is not None and (not isinstance(provider, str) or not roles <= PROVIDER_ROLES):
        raise NotReady(f"{where}: een aanbieder hoort alleen bij de rollen van een aanbieder.")
    if provider is None and ActorRole.PROVIDER_SYSTEM in roles:
        raise NotReady(f"{where}: een systeem werkt voor één aanbieder; zet erbij welke.")
    return Client(roles, provider)


def _roles(given: Mapping[str, Any], where: str) -> frozenset[ActorRole]:
    known = {role.value: role for role in SIGNED_IN_ROLES}
    named = given.get("rollen")
    if not isinstance(named, list) or not named or not set(map(str, named)) <= known.keys():
        raise NotReady(f"{where}: kies rollen uit {', '.join(known)}.")
    return frozenset(known[str(name)] for name in named)
