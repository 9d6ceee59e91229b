"""Making the gate that the settings ask for: the issuer's, or this machine's own in development."""

from collections.abc import Callable
from uuid import UUID

from app.db.session import SessionMaker, session_for
from app.kernel.actor import SYSTEM
from app.providers import find_provider
from app.security import development
from app.security.clients import load_clients
from app.security.gate import Gate
from app.security.keys import IssuerKeys
from app.security.verify import Keys, Verifier
from app.settings import Settings


def open_gate(settings: Settings, sessions: SessionMaker) -> Gate:
    """Return the gate of a service; NotReady says which setting is wrong."""
    find = provider_finder(sessions)
    if settings.issuer is None:
        keys = development.DevelopmentKeys(settings)
        return Gate(_verifier(settings, development.ISSUER, keys), development.CLIENTS, find)
    clients = load_clients(settings.clients) if settings.clients else development.CLIENTS
    return Gate(_verifier(settings, settings.issuer, IssuerKeys(settings.issuer)), clients, find)


def provider_finder(sessions: SessionMaker) -> Callable[[str], UUID | None]:
    """Return a look-up of a provider's id by its code, also by one that it had before."""

    def find(code: str) -> UUID | None:
        with session_for(sessions, SYSTEM) as session:
            named = find_provider(session, code)
            return named.provider.id if named else None

    return find


def _verifier(settings: Settings, issuer: str, keys: Keys) -> Verifier:
    return Verifier(
        issuer=issuer,
        audience=settings.audience,
        keys=keys,
        organisation_claim=settings.organisation_claim,
    )
