"""Who is asking: every query on people's data is made on behalf of an actor."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class ActorRole(StrEnum):
    """What an actor is there for; tokens, row-level security and field lists know the same words.

    In this order: whoever has several roles acts in the first that the route allows.
    """

    INTAKE = "aanmeldpunt"
    COORDINATOR = "coordinator"
    CRISIS = "crisisdienst"
    MATCHER = "aanbieder-matcher"
    PROVIDER_SYSTEM = "aanbieder-systeem"
    REFERRER = "verwijzer"
    MANAGER = "regiomanager"
    AUDITOR = "auditor"
    ADMINISTRATOR = "beheerder"
    MUNICIPALITY = "gemeente"
    SYSTEM = "systeem"


# Of a provider: they see and write only what is of their own organisation.
PROVIDER_ROLES = frozenset({ActorRole.MATCHER, ActorRole.PROVIDER_SYSTEM})
# What they may is bound to the organisation that their token names.
ORGANISATION_ROLES = frozenset({ActorRole.REFERRER, ActorRole.MUNICIPALITY})
# By a token one is never the system itself.
SIGNED_IN_ROLES = tuple(role for role in ActorRole if role is not ActorRole.SYSTEM)


@dataclass(frozen=True, slots=True)
class Actor:
    """A person or system in one role.

    provider_id: only for a provider's roles. organisation: the referrer's own, for its role; of a
    municipality its code, four digits (CBS).
    """

    name: str
    role: ActorRole
    provider_id: UUID | None = None
    organisation: str | None = None

    @property
    def is_of_provider(self) -> bool:
        """Return whether it may see only what is of its own provider."""
        return self.role in PROVIDER_ROLES


SYSTEM = Actor(name="systeem", role=ActorRole.SYSTEM)
