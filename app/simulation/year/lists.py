"""Plans that no engine makes: lists that are served in order, and the best score taken first.

Groups that are wished together go together to one family that takes all of them; where there is
none, `samen` waits and `samen, tenzij` goes one by one. `apart` never shares a family.
"""

from collections import Counter
from collections.abc import Iterator

import numpy as np

from app.kernel.words import SiblingWish
from app.matching.problem import Floats, Ints, Problem
from app.matching.scored import ScoredPairs
from app.matching.siblings import WISHES, find_siblings


def place_first_come(problem: Problem, pairs: ScoredPairs, cost: Floats) -> Ints:
    """Return the family of each child, -1 for none, shape (n,): registered first is served first.

    cost: what a pair costs, shape (k,); each child gets the cheapest family with room.
    """
    state = _State(problem, pairs, cost)
    days, number = problem.children.registered_on, problem.children.number
    for child in sorted(range(len(number)), key=lambda at: (days[at], number[at])):
        if child not in state.seen:
            state.place(child)
    return state.family


def place_best_score_first(problem: Problem, pairs: ScoredPairs) -> Ints:
    """Return the family of each child, -1 for none, shape (n,): the least chance of all goes first.

    A group counts with its mean chance. Of equal chances the nearest goes first.
    """
    state = _State(problem, pairs, pairs.chance)
    number, reference = problem.children.number, problem.families.reference
    offers = [
        (cost, number[members[0]], reference[home], members, home)
        for members, limit in state.units()
        for cost, home in state.offers(members, limit)
    ]
    for _, _, _, members, home in sorted(offers):
        state.take(members, home)
    state.part_the_rest()
    return state.family


class _State:
    """Who has a place so far. cost: of each open pair, by child and family."""

    def __init__(self, problem: Problem, pairs: ScoredPairs, cost: Floats) -> None:
        self._problem, self._siblings = problem, find_siblings(problem)
        self._cost: dict[int, dict[int, tuple[float, float]]] = {}
        ranked = zip(
            pairs.child.tolist(), pairs.family.tolist(), cost.tolist(),
            np.nan_to_num(pairs.km).tolist(), strict=True,
        )  # fmt: skip
        for child, family, price, km in ranked:
            self._cost.setdefault(child, {})[family] = (price, km)
        self._room = problem.families.free_places.copy()
        self._shared: Counter[tuple[int, int]] = Counter()
        self.family = np.full(len(problem.children), -1, dtype=np.int64)
        self.seen: set[int] = set()

    def units(self) -> Iterator[tuple[tuple[int, ...], int]]:
        """Yield who goes together first, and how many of a group may share a family."""
        for child in range(len(self.family)):
            if child not in self.seen:
                members, _ = self._unit(child)
                self.seen.update(members)
                yield tuple(members), self._limit(members)

    def place(self, child: int) -> None:
        """Serve a child with its brothers and sisters."""
        members, wish = self._unit(child)
        self.seen.update(members)
        if self._settle(members, self._limit(members)):
            return
        if wish is SiblingWish.TOGETHER_UNLESS:
            for member in members:
                self._settle([member], len(members) - 1)

    def part_the_rest(self) -> None:
        """Serve who waits in a group `samen, tenzij` one by one, in order of position."""
        for child in range(len(self.family)):
            group, wish = self._group(child)
            if self.family[child] < 0 and wish is SiblingWish.TOGETHER_UNLESS:
                size = int(np.count_nonzero(self._siblings.of_child == group))
                self._settle([child], size - 1)

    def offers(
        self, members: tuple[int, ...], limit: int
    ) -> Iterator[tuple[tuple[float, float], int]]:
        """Yield the families that take these children now, with the mean of the cost."""
        open_to = (set(self._cost.get(member, {})) for member in members)
        for home in sorted(set.intersection(*open_to)):
            if self._fits(members, home, limit):
                costs = [self._cost[member][home] for member in members]
                yield (sum(c for c, _ in costs) / len(costs), costs[0][1]), home

    def take(self, members: tuple[int, ...], home: int) -> None:
        """Place children, unless they are placed or there is no more room."""
        if self.family[members[0]] < 0 and self._fits(members, home, self._limit(members)):
            self._seat(members, home)

    def _settle(self, members: list[int], limit: int) -> bool:
        best = min(self.offers(tuple(members), limit), default=None)
        if best is not None:
            self._seat(tuple(members), best[1])
        return best is not None

    def _seat(self, members: tuple[int, ...], home: int) -> None:
        self.family[list(members)] = home
        self._room[home] -= len(members)
        self._shared[self._group(members[0])[0], home] += len(members)

    def _fits(self, members: tuple[int, ...], home: int, limit: int) -> bool:
        group, size = self._group(members[0])[0], len(members)
        most = min(limit, int(self._problem.families.max_siblings[home]))
        together = group < 0 or self._shared[group, home] + size <= most
        return bool(self._room[home] >= size and together)

    def _group(self, child: int) -> tuple[int, SiblingWish | None]:
        group = int(self._siblings.of_child[child])
        return group, WISHES[self._siblings.wish[group]] if group >= 0 else None

    def _unit(self, child: int) -> tuple[list[int], SiblingWish | None]:
        group, wish = self._group(child)
        if wish in {None, SiblingWish.APART}:
            return [child], wish
        return np.flatnonzero(self._siblings.of_child == group).tolist(), wish

    def _limit(self, members: list[int] | tuple[int, ...]) -> int:
        return 1 if self._group(members[0])[1] is SiblingWish.APART else len(members)
