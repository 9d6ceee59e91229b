"""Look-ahead: what a place is worth to children who are still to come, as a price on its use.

Per sampled future the best flow of who waits and who comes gives each place a price; the mean over
the futures is added to the goal of breakdowns, and to no other.
So a plan never places fewer, or keeps fewer siblings together, by looking ahead.
Idea: dual prices of sampled futures (Ahani et al. 2023, dynamic refugee placement).
"""

from dataclasses import replace

import numpy as np

from app.matching.arrivals import Household
from app.matching.choices import open_choices
from app.matching.flow import Arcs, best_flow, find_prices
from app.matching.futures import sample_futures
from app.matching.policy import LookAhead, Policy
from app.matching.problem import Bools, Ints, Problem
from app.matching.scored import ScoredPairs
from app.matching.settled import NEAR
from app.matching.siblings import find_siblings
from app.matching.slots import count_open

STEPS = 1_000_000  # chances have six decimals
_NOW = 100 * STEPS  # who waits now goes before everybody who may come
_NEVER = 1 << 40


def price_places(problem: Problem, pairs: ScoredPairs, policy: Policy) -> ScoredPairs:
    """Return the pairs with what their places are worth to who comes; as they were without one.

    A group that comes together is asked the price of its places once, so each child pays its part.
    """
    if policy.look_ahead is None or not len(pairs):
        return pairs
    ahead = policy.look_ahead
    market = _Market(problem, open_choices(problem, pairs, policy), policy, ahead)
    futures = sample_futures(problem, number=ahead.futures, days=ahead.days)
    futures = [future for future in futures if future]  # where nobody comes, nothing is scarce
    total = sum((market.prices(future) for future in futures), np.zeros_like(market.nothing))
    one, whole = total / (ahead.futures * STEPS)
    price = np.maximum(one[pairs.family], whole[pairs.family] / market.size[pairs.child])
    return replace(pairs, price=np.round(price, 6))


def middle_prices(arcs: Arcs, chosen: Bools, children: int, places: Ints) -> Ints:
    """Return halfway what a place more would bring and a place less would cost, shape (m,).

    At every price between the two the flow stays the best. The middle weighs right: a child who
    gains d by a place gives it up just when the chance that another comes, times what that one
    gains, is more than d. What would cost a child its place who waits now is no price: goals
    before the breakdowns see to that.
    """
    more = find_prices(arcs, chosen, children, len(places))
    less = removal_losses(arcs, chosen, children, places)
    more = np.where(more > _NOW // 2, 0, more)
    return np.asarray((more + np.where(less > _NOW // 2, more, less)) // 2, dtype=np.int64)


def removal_losses(arcs: Arcs, chosen: Bools, children: int, places: Ints) -> Ints:
    """Return what the best flow loses when a family has one place less, shape (m,); 0 with room.

    chosen: the arcs of a best flow. Shortest paths to what is free (Bellman and Ford): whoever has
    to leave goes without, or to another family, where it is as if a place were taken.
    """
    at, has = np.full(children, -1, dtype=np.int64), np.zeros(children, dtype=np.int64)
    at[arcs.child[chosen]], has[arcs.child[chosen]] = arcs.family[chosen], arcs.worth[chosen]
    used = np.bincount(arcs.family[chosen], minlength=len(places))
    loss = np.where(places > used, 0, _NEVER)
    np.minimum.at(loss, arcs.family[chosen], arcs.worth[chosen])
    others = arcs.kept(~chosen & (at[arcs.child] >= 0))
    home, step = at[others.child], has[others.child] - others.worth
    while True:
        less = loss.copy()
        np.minimum.at(less, home, step + loss[others.family])
        if np.array_equal(less, loss):
            return np.asarray(np.where(places > 0, loss, 0), dtype=np.int64)
        loss = less


class _Market:
    """Who may go where. size: of each child's group that comes together, 1 alone, shape (n,)."""

    def __init__(
        self, problem: Problem, pairs: ScoredPairs, policy: Policy, ahead: LookAhead
    ) -> None:
        self.pairs = pairs.kept(pairs.chance <= policy.max_breakdown)
        self._worth = round(ahead.worth * STEPS)
        siblings = find_siblings(problem)
        near = siblings.children_with_wish(*NEAR)
        self.size = np.where(near, np.append(siblings.size, 1)[siblings.of_child], 1)
        self._room, self._most = count_open(problem), problem.families.max_siblings
        self._for_all = problem.families.for_child == -1
        self._waits = ~problem.is_begun()
        # By name, not by row: which of several best flows is found must not hang on the order.
        homes, number = problem.families, problem.children.number
        names = list(zip(homes.provider, homes.reference, strict=True))
        self._by_name = np.array(sorted(range(len(names)), key=names.__getitem__), dtype=np.int64)
        self._rank = np.argsort(self._by_name)
        self._groups = sorted(
            (
                tuple(np.flatnonzero(siblings.of_child == group).tolist())
                for group in np.unique(siblings.of_child[near])
            ),
            key=lambda members: min(number[child] for child in members),
        )
        self._homes = {members: self._open_to(members) for members in self._groups}
        self.nothing = np.zeros((2, len(self._room)), dtype=np.int64)

    def prices(self, future: list[Household]) -> Ints:
        """Return what a place is worth in one future, in steps, (2, m): to one child, to a group.

        Groups first, one in a family, as they are the hardest to place; the others in what is left.
        """
        known = [tuple(sorted(household)) for household in future]
        whole, left = self._price_groups([h for h in known if h in self._homes])
        come = [child for h in known if h not in self._homes for child in h]
        arcs, children = self._arcs(np.array(come, dtype=np.int64))
        one = middle_prices(arcs, best_flow(arcs, children, left), children, left)
        return np.stack([np.minimum(one, self._worth), whole])

    def _price_groups(self, come: list[Household]) -> tuple[Ints, Ints]:
        """Return what a place is worth to groups, and the places that they leave, shape (m,)."""
        both = [(members, _NOW) for members in self._groups]
        both += [(members, self._worth) for members in come]
        arcs = _bundle_arcs([(self._homes[members], len(members), w) for members, w in both])
        room = np.minimum(self._room[self._by_name], 1)
        chosen = best_flow(arcs, len(both), room)
        size = np.zeros_like(self._room)
        size[arcs.family[chosen]] = [len(both[at][0]) for at in arcs.child[chosen]]
        left = self._room[self._by_name] - size
        price = np.minimum(middle_prices(arcs, chosen, len(both), room), self._worth * size)
        whole = np.where((left == 0) & (size > 0), price, 0)
        return whole[self._rank], left[self._rank]

    def _open_to(self, members: Household) -> tuple[Ints, Ints]:
        """Return the families that take all of a group, by name, and its chances summed in steps.

        The families as positions in that order.
        """
        mine = [np.flatnonzero(self.pairs.child == child) for child in members]
        homes = self.pairs.family[mine[0]]
        for rows in mine[1:]:
            homes = np.intersect1d(homes, self.pairs.family[rows])
        fits = (self._room[homes] >= len(members)) & (self._most[homes] >= len(members))
        homes = homes[fits & self._for_all[homes]]
        homes = homes[np.argsort(self._rank[homes])]
        sums = np.zeros(len(homes), dtype=np.int64)
        for rows in mine:
            at = rows[np.searchsorted(self.pairs.family[rows], homes)]
            sums += np.rint(self.pairs.chance[at] * STEPS).astype(np.int64)
        return self._rank[homes], sums

    def _arcs(self, come: Ints) -> tuple[Arcs, int]:
        """Return the choices of who waits alone and of who comes, and how many they are."""
        alone = np.flatnonzero((self.size == 1) & self._waits)
        like = np.concatenate([alone, come])
        first = np.searchsorted(self.pairs.child, like)
        count = np.searchsorted(self.pairs.child, like, side="right") - first
        child = np.repeat(np.arange(len(like)), count)
        row = np.arange(len(child)) + np.repeat(first - (np.cumsum(count) - count), count)
        is_now = child < len(alone)
        worth = np.where(is_now, _NOW, self._worth)
        worth = worth - np.rint(self.pairs.chance[row] * STEPS).astype(np.int64)
        family = self.pairs.family[row]
        arcs = Arcs(child, family, worth)
        return arcs.kept((is_now | self._for_all[family]) & (worth > 0)), len(like)


def _bundle_arcs(bundles: list[tuple[tuple[Ints, Ints], int, int]]) -> Arcs:
    """Return the choices of groups: families and summed chances, size, worth of one child."""
    none = np.zeros(0, dtype=np.int64)
    child = [np.full(len(homes), at) for at, ((homes, _), _, _) in enumerate(bundles)]
    worth = [size * each - sums for (_, sums), size, each in bundles]
    arcs = Arcs(
        np.concatenate([none, *child]),
        np.concatenate([none, *(homes for (homes, _), _, _ in bundles)]),
        np.concatenate([none, *worth]),
    )
    return arcs.kept(arcs.worth > 0)
