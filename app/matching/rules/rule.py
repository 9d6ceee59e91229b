"""What a hard rule is: one definition for the mask, the reason and the change that would help."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from app.kernel.words import FamilyKind
from app.matching.policy import Policy
from app.matching.problem import Bools, Floats, Ints, Problem

NETWORK = tuple(FamilyKind).index(FamilyKind.NETWORK)

Conflict = Callable[[Problem, Policy, Ints, Ints], Bools]
Gap = Callable[[Problem, Policy, Ints, Ints], Floats]
Alike = Callable[[Problem, Policy], Ints]
Listed = Callable[[Problem], tuple[Ints, Ints]]
Sentence = Callable[[Problem, int, int], str]


class Basis(StrEnum):
    """Why a rule is hard."""

    LAW = "wet"
    POLICY = "beleid"
    SAFETY = "veiligheid"


@dataclass(frozen=True, slots=True)
class Change:
    """How a negotiable rule could give way.

    gap: by how much a refused pair misses, in the rule's own unit (1.0 for a yes/no rule).
    burden: how heavy one unit weighs when changes of as many rules are compared (a judgement, not a
    measurement); a year of age counts as a month of waiting.
    clause: the Dutch words after "als", given the gap.
    """

    gap: Gap
    burden: float
    clause: Callable[[float], str]


@dataclass(frozen=True, slots=True)
class Rule:
    """One hard rule on one child and one family.

    conflicts: positions of children and families in any shapes that broadcast (n,1 with 1,m for a
    block; k with k for a list) to whether they conflict, exemptions aside. concern_for_network:
    for the child's own network family a person settles it during screening (at most 13 weeks), so
    it is a concern and no refusal. change: None when the rule is not negotiable.

    For thousands of children at once a rule says one of two things. alike: a number per child,
    shape (n,); children with one number conflict with the same families. listed: the children and
    families of exactly the pairs that conflict, for a rule that concerns few; a pair may come
    twice. A rule that says neither is asked for every child by itself.
    """

    code: str
    label: str
    basis: Basis
    source: str
    conflicts: Conflict
    sentence: Sentence
    concern_for_network: bool = False
    change: Change | None = None
    alike: Alike | None = None
    listed: Listed | None = None

    @property
    def is_negotiable(self) -> bool:
        """Return whether people can make it give way: by agreeing, by acting or by answering."""
        return self.change is not None

    def refuses(self, problem: Problem, policy: Policy, child: Ints, family: Ints) -> Bools:
        """Return which pairs the rule refuses, shape of the broadcast positions or one of them."""
        found = self.conflicts(problem, policy, child, family)
        if not self.concern_for_network:
            return found
        return np.asarray(found & ~is_own_network(problem, child, family))

    def concerns(self, problem: Problem, policy: Policy, child: Ints, family: Ints) -> Bools:
        """Return which pairs carry the rule as a concern: it conflicts but does not refuse."""
        if not self.concern_for_network:
            return np.zeros(np.broadcast_shapes(child.shape, family.shape), dtype=np.bool_)
        found = self.conflicts(problem, policy, child, family)
        return np.asarray(found & is_own_network(problem, child, family))


def is_own_network(problem: Problem, child: Ints, family: Ints) -> Bools:
    """Return whether each family is the network family of that very child."""
    families = problem.families
    own = (families.kind[family] == NETWORK) & (families.for_child[family] == child)
    return np.asarray(own)
