"""The plan that no engine makes: who was registered first goes to the nearest family with room."""

from collections import Counter

import numpy as np

from app.kernel.words import SiblingWish
from app.matching.problem import Ints, Problem
from app.matching.scored import ScoredPairs
from app.matching.siblings import WISHES, find_siblings


def place_first_come_nearest(problem: Problem, pairs: ScoredPairs) -> Ints:
    """Return the family of each child, -1 for none, shape (n,).

    Groups that are wished together go together to the nearest family that takes all of them; where
    there is none, `samen` waits and `samen, tenzij` goes one by one. `apart` never shares a family.
    """
    state = _State(problem, pairs)
    days, number = problem.children.registered_on, problem.children.number
    for child in sorted(range(len(number)), key=lambda at: (days[at], number[at])):
        if child not in state.seen:
            state.place(child)
    return state.family


class _State:
    def __init__(self, problem: Problem, pairs: ScoredPairs) -> None:
        self._problem, self._siblings = problem, find_siblings(problem)
        self._km: dict[int, dict[int, float]] = {}
        km = np.nan_to_num(pairs.km).tolist()
        for child, family, far in zip(pairs.child.tolist(), pairs.family.tolist(), km, strict=True):
            self._km.setdefault(child, {})[family] = far
        self._room = problem.families.free_places.copy()
        self._shared: Counter[tuple[int, int]] = Counter()
        self.family = np.full(len(problem.children), -1, dtype=np.int64)
        self.seen: set[int] = set()

    def place(self, child: int) -> None:
        group = int(self._siblings.of_child[child])
        wish = WISHES[self._siblings.wish[group]] if group >= 0 else None
        is_alone = wish in {None, SiblingWish.APART}
        members = [child] if is_alone else np.flatnonzero(self._siblings.of_child == group).tolist()
        self.seen.update(members)
        if self._settle(members, group, limit=1 if wish is SiblingWish.APART else len(members)):
            return
        if wish is SiblingWish.TOGETHER_UNLESS:
            for member in members:
                self._settle([member], group, limit=len(members) - 1)

    def _settle(self, members: list[int], group: int, *, limit: int) -> bool:
        """Put children in the nearest family that takes them; limit: siblings in one family."""
        most = self._problem.families.max_siblings
        fits = [
            (far, family)
            for family, far in self._km.get(members[0], {}).items()
            if self._room[family] >= len(members)
            and all(family in self._km.get(member, {}) for member in members)
            and (
                group < 0 or self._fits_group(group, family, len(members), limit, int(most[family]))
            )
        ]
        if not fits:
            return False
        _, family = min(fits)
        self.family[members] = family
        self._room[family] -= len(members)
        self._shared[group, family] += len(members)
        return True

    def _fits_group(self, group: int, family: int, size: int, limit: int, most: int) -> bool:  # noqa: PLR0917
        return self._shared[group, family] + size <= min(limit, most)
