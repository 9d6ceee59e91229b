"""Which provider somebody works for, and what providers are called."""

from typing import Any

from app.screens.visit import Visit


async def providers_of(visit: Visit) -> list[dict[str, Any]]:
    """Return the providers that there are now: code and name."""
    found = await visit.api.get("/aanbieders")
    return [given for given in found["aanbieders"] if given["opgegaanIn"] is None]


def own_provider(visit: Visit) -> str | None:
    """Return the code of the provider that somebody works for; None for staff of the region."""
    identity = visit.person.identity if visit.person else None
    return identity.organisation if identity and identity.provider_id else None
