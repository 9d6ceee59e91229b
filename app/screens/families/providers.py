"""Which provider somebody works for, and what providers are called."""

from collections.abc import Mapping
from typing import Any

from app.screens.visit import Visit


def providers_of(visit: Visit) -> list[Mapping[str, Any]]:
    """Return the providers that there are now: code and name."""
    return [given for given in visit.providers if given["opgegaanIn"] is None]


def names_of(visit: Visit) -> dict[str, str]:
    """Return what each of them is called, by its code."""
    return {given["code"]: given["naam"] for given in providers_of(visit)}


def own_provider(visit: Visit) -> str | None:
    """Return the code of the provider that somebody works for; None for staff of the region."""
    identity = visit.person.identity if visit.person else None
    return identity.organisation if identity and identity.provider_id else None
