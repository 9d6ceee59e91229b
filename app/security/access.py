"""Who may do what and see what, and when: `toegang.toml`, the only place where that stands."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from app.kernel.actor import SIGNED_IN_ROLES, ActorRole
from app.kernel.phases import Phase

ACCESS_FILE = Path(__file__).with_name("toegang.toml")
ANYBODY = "iedereen"
_ALL = "alles"
_OPEN = "zonder_persoonsgegevens"

# Of one schema: which of its fields a role sees. None: every field.
Fields = frozenset[str] | None


@dataclass(frozen=True, slots=True)
class Access:
    """Roles by operation, and fields by schema and role.

    open_to_all: operations that need no token. without_people: schemas in which nothing is about
    a person, so that whoever gets one may see all of it. by_phase: what each phase of a step adds
    to what a provider sees of a child, in the answer phased_schema. fit_reasons: codes of the
    reasons that it sees of a match. secret: fields by schema that secret_roles do not see of a
    secret placement.
    """

    operations: Mapping[str, frozenset[ActorRole]]
    open_to_all: frozenset[str]
    fields: Mapping[str, Mapping[ActorRole, Fields]]
    without_people: frozenset[str]
    by_phase: Mapping[Phase, frozenset[str]]
    phased_schema: str
    fit_reasons: frozenset[str]
    secret: Mapping[str, frozenset[str]]
    secret_roles: frozenset[ActorRole]

    def roles_for(self, operation: str) -> frozenset[ActorRole]:
        """Return who may perform an operation; nobody, where the file does not name it."""
        return self.operations.get(operation, frozenset())

    def seen(self, schema: str, role: ActorRole) -> Fields:
        """Return which fields of a schema a role sees; none of one that the file does not name."""
        if schema in self.without_people:
            return None
        return self.fields.get(schema, {}).get(role, frozenset())

    def opened_in(self, phase: Phase) -> frozenset[str]:
        """Return what a provider sees of a child in a phase: what it and those before it open."""
        phases = list(Phase)
        reached = phases[: phases.index(phase) + 1]
        return frozenset().union(*(self.by_phase[each] for each in reached))

    def kept_secret(self, schema: str, role: ActorRole) -> frozenset[str]:
        """Return which fields of a schema a role does not see of a secret placement."""
        return self.secret.get(schema, frozenset()) if role in self.secret_roles else frozenset()


@lru_cache
def load_access(path: Path = ACCESS_FILE) -> Access:
    """Read the file; raises ValueError where it names a role that there is not."""
    document = tomllib.loads(path.read_text("utf-8"))
    routes: dict[str, list[str]] = document["routes"]
    fields: dict[str, Any] = dict(document["velden"])
    without_people = frozenset(fields.pop(_OPEN))
    phases: dict[str, Any] = document["stappen"]
    secret: dict[str, Any] = document["geheim"]
    return Access(
        operations={
            name: frozenset(map(_role, roles))
            for name, roles in routes.items()
            if roles != [ANYBODY]
        },
        open_to_all=frozenset(name for name, roles in routes.items() if roles == [ANYBODY]),
        fields={name: _per_role(given) for name, given in fields.items()},
        without_people=without_people,
        by_phase={phase: frozenset(phases[phase.value]["velden"]) for phase in Phase},
        phased_schema=phases["schema"],
        fit_reasons=frozenset(phases["redenen"]),
        secret={name: frozenset(hidden) for name, hidden in secret["velden"].items()},
        secret_roles=frozenset(map(_role, secret["rollen"])),
    )


def _per_role(given: Mapping[str, list[str]]) -> dict[ActorRole, Fields]:
    """`alles` lists the roles that see every field; each other key is a role with its fields."""
    seen: dict[ActorRole, Fields] = {_role(name): None for name in given.get(_ALL, ())}
    return seen | {_role(name): frozenset(names) for name, names in given.items() if name != _ALL}


def _role(name: str) -> ActorRole:
    role = ActorRole(name)
    if role not in SIGNED_IN_ROLES:
        raise ValueError(f"toegang.toml: {name} meldt zich niet aan")
    return role
