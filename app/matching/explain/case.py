"""Everything an explanation looks at: the problem, its scored pairs, the plan and the policy."""

from dataclasses import dataclass, field

import numpy as np

from app.kernel.words import SiblingWish
from app.matching.choices import asks_siblings, find_requests
from app.matching.pairs import EligiblePairs
from app.matching.plan import Plan
from app.matching.policy import Policy
from app.matching.problem import Bools, Ints, Problem
from app.matching.risk.score import Scores
from app.matching.siblings import WISHES, Siblings, find_siblings
from app.matching.slots import Slots


@dataclass(frozen=True, slots=True)
class Case:
    """A finished match, ready to be explained; pairs, scores and plan belong to the problem."""

    problem: Problem
    pairs: EligiblePairs
    scores: Scores
    plan: Plan
    policy: Policy
    # Found once: every reason asks for them.
    siblings: Siblings = field(init=False, repr=False)
    requests: Bools = field(init=False, repr=False)
    slots: Slots = field(init=False, repr=False)
    slots_left: Ints = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "siblings", find_siblings(self.problem))
        requests = find_requests(self.problem, self.policy, self.plan.family)
        object.__setattr__(self, "requests", requests)
        object.__setattr__(self, "slots", Slots.of(self.problem, self.policy))
        object.__setattr__(self, "slots_left", self.slots.left(self.plan.family))

    def members(self, child: int, *wishes: SiblingWish) -> Ints:
        """Return the positions of the child's group when it has such a wish, else its own."""
        group = self.siblings.of_child[child]
        if group < 0 or WISHES[self.siblings.wish[group]] not in wishes:
            return np.array([child], dtype=np.int64)
        return np.flatnonzero(self.siblings.of_child == group)

    def has_kept_apart(self, members: Ints) -> bool:
        """Return whether two of these children may not live together."""
        one, other = self.problem.kept_apart.T
        return bool((np.isin(one, members) & np.isin(other, members)).any())

    def takes_together(self, members: Ints) -> Bools:
        """Return which families have room for these children at once, shape (m,)."""
        fits = self.short_of(members, self.slots.free) == 0
        if len(members) < 2:
            return np.asarray(fits)
        if self.has_kept_apart(members):
            return np.zeros(len(fits), dtype=np.bool_)
        return np.asarray(fits & (self.problem.families.max_siblings >= len(members)))

    def short_of(self, members: Ints, slots: Ints) -> Ints:
        """Return how many places each family is short of for these children at once, shape (m,).

        slots: what is free, shape (m, c). To a placed sibling's family they come also without.
        """
        homes = np.arange(len(slots), dtype=np.int64)
        needs = self.slots.needs(members[:, None], homes[None, :]).sum(axis=0)
        short = np.where(needs > 0, needs - slots, 0).max(axis=1, initial=0)
        asks = asks_siblings(self.problem, members[:, None], homes[None, :]).all(axis=0)
        return np.where(asks, 0, np.maximum(short, 0)).astype(np.int64)

    def above_most_new(self, members: Ints) -> Ints:
        """Return how far these children bring each family above the policy's limit, shape (m,).

        The limit is on children newly proposed at once; 0 where there is none.
        """
        most, homes = self.policy.limits.most_new, self.plan.family
        if most is None:
            return np.zeros(len(self.slots.free), dtype=np.int64)
        there = np.bincount(homes[homes >= 0], minlength=len(self.slots.free))
        return np.maximum(there + min(len(members), most) - most, 0).astype(np.int64)

    def is_request(self, child: int, family: int) -> bool:
        """Return whether a placed sibling's family would be asked without a free place."""
        if not len(self.problem.placed_siblings):
            return False
        if self.plan.family[child] == family:
            return bool(self.requests[child])
        one, other = np.array([child]), np.array([family])
        full = self.slots_left[family] < self.slots.needs(one, other)[0]
        return bool(full.any() and asks_siblings(self.problem, one, other).all())

    def families_to_avoid(self, child: int) -> Ints:
        """Return where the plan puts someone with whom this child may not live."""
        others = [
            *self.members(child, SiblingWish.APART).tolist(),
            *self.problem.kept_apart[self.problem.kept_apart[:, 0] == child, 1].tolist(),
            *self.problem.kept_apart[self.problem.kept_apart[:, 1] == child, 0].tolist(),
        ]
        homes = self.plan.family[[other for other in others if other != child]]
        return np.asarray(homes[homes >= 0])
