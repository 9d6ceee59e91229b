"""A child with a family, as far as who looks may see both."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.screens.proposals.tongue import Tongue


@dataclass(frozen=True, slots=True)
class Pair:
    """What the points of one proposal are made of; child and family None where a role reads none.

    kms: to home and to school, by name; empty at a secret placement.
    """

    tongue: Tongue
    child: Mapping[str, Any] | None
    family: Mapping[str, Any] | None
    reasons: Sequence[Mapping[str, Any]]
    today: str
    is_secret: bool = False
    kms: Mapping[str, float | None] = field(default_factory=dict)

    @property
    def of_child(self) -> Mapping[str, Any]:
        """Return the child; only where it is there."""
        assert self.child is not None  # noqa: S101
        return self.child

    @property
    def of_family(self) -> Mapping[str, Any]:
        """Return the family; only where it is there."""
        assert self.family is not None  # noqa: S101
        return self.family

    def km(self, name: str) -> str | None:
        """Return a distance in words, None where it is not told or not known."""
        _ = self.tongue.say
        found = self.kms.get(name)
        if found is None:
            return None
        if found < 0.05:
            return _("in hetzelfde postcodegebied")
        return _("%(km)s km") % {"km": self.tongue.number(max(found, 1))}
