"""Who is asking: every query on people's data is made on behalf of an actor."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class ActorRole(StrEnum):
    """What an actor is there for; row-level security knows the same words."""

    INTAKE = "aanmeldpunt"
    COORDINATOR = "coordinator"
    PROVIDER = "aanbieder"
    SYSTEM = "systeem"


@dataclass(frozen=True, slots=True)
class Actor:
    """A person or system; provider_id only for the role PROVIDER."""

    name: str
    role: ActorRole
    provider_id: UUID | None = None


SYSTEM = Actor(name="systeem", role=ActorRole.SYSTEM)
