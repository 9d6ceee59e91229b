"""Everything an explanation looks at: the problem, its scored pairs, the plan and the policy."""

from dataclasses import dataclass, field

import numpy as np

from app.kernel.words import SiblingWish
from app.matching.pairs import EligiblePairs
from app.matching.plan import Plan
from app.matching.policy import Policy
from app.matching.problem import Bools, Ints, Problem
from app.matching.risk.score import Scores
from app.matching.siblings import WISHES, Siblings, find_siblings


@dataclass(frozen=True, slots=True)
class Case:
    """A finished match, ready to be explained; pairs, scores and plan belong to the problem."""

    problem: Problem
    pairs: EligiblePairs
    scores: Scores
    plan: Plan
    policy: Policy
    siblings: Siblings = field(init=False, repr=False)  # found once: every reason asks for it

    def __post_init__(self) -> None:
        object.__setattr__(self, "siblings", find_siblings(self.problem))

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
        families = self.problem.families
        if len(members) < 2:
            return families.free_places >= 1
        if self.has_kept_apart(members):
            return np.zeros(len(families), dtype=np.bool_)
        return np.minimum(families.max_siblings, families.free_places) >= len(members)

    def room_left(self) -> Ints:
        """Return how many free places the plan leaves with each family, shape (m,)."""
        placed = self.plan.family[self.plan.family >= 0]
        taken = np.bincount(placed, minlength=len(self.problem.families))
        return np.asarray(self.problem.families.free_places - taken)

    def families_to_avoid(self, child: int) -> Ints:
        """Return where the plan puts someone with whom this child may not live."""
        others = [
            *self.members(child, SiblingWish.APART).tolist(),
            *self.problem.kept_apart[self.problem.kept_apart[:, 0] == child, 1].tolist(),
            *self.problem.kept_apart[self.problem.kept_apart[:, 1] == child, 0].tolist(),
        ]
        homes = self.plan.family[[other for other in others if other != child]]
        return np.asarray(homes[homes >= 0])
