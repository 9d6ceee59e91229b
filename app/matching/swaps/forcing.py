"""The best plan that holds one pair more, found around the best plan; None where it is too far."""

from dataclasses import dataclass

import numpy as np

from app.matching.policy import Policy
from app.matching.problem import Bools, Ints, Problem
from app.matching.resolve import CannotBeForced
from app.matching.scored import ScoredPairs
from app.matching.swaps.around import Around
from app.matching.swaps.budget import Budget, bound_losses, leaving_groups
from app.matching.swaps.ladder import FINE, SCALE, as_whole, ordered
from app.matching.swaps.market import Market, open_market
from app.matching.swaps.offer import Offer, make_offer
from app.matching.swaps.opened import open_within
from app.matching.swaps.paths import make_graph
from app.matching.swaps.play import Play
from app.matching.swaps.search import TooWide, best_of
from app.matching.swaps.tree import grow_leaves

# How far above its bound to look for a first plan, in steps of the ladder's second word: a quarter
# of a thousandth of a breakdown, and each time further.
_FURTHER = (0.0, *(FINE * 6e4 * 2.5**at for at in range(9)))


@dataclass(frozen=True, slots=True)
class Found:
    """The best plan with a pair. values: per goal, in its steps, more is better; family (n,)."""

    values: tuple[int, ...]
    family: Ints


class Forcer:
    """Forces pairs into one finished plan, exactly: what it cannot prove it leaves to a solve."""

    def __init__(self, market: Market, problem: Problem, seed: int) -> None:
        self.market, self._seed = market, seed
        self._budget = Budget(market, problem, seed)
        self._apart: dict[int, complex] = {}  # how far above its bound a child's last plan was
        self._parts: tuple[Around, ...] | None = None

    def prepare(self) -> None:
        """Make what all questions share: the parts of all plans with their prices."""
        self._all_around()

    def force(self, child: int, family: int) -> Found | None:
        """Return the best plan that brings a child to a family; None where that is not proved.

        Raises CannotBeForced when no choice brings it there.
        """
        columns = self.market.columns
        theirs = columns.column[columns.child == child]
        wanted = theirs[columns.family[theirs] == family]
        if not len(wanted):
            raise CannotBeForced([(child, family)])
        offers = self._offers(child, wanted.tolist())
        if not offers:
            return None
        chosen = None
        if all(len(leaving_groups(self.market, column)) == 0 for column in wanted.tolist()):
            chosen = self._search(child, offers)
        if chosen is None:
            chosen = self._budget.best(
                [bound_losses(one.offer, self.market, one.around.leaf) for one in offers]
            )
        return None if chosen is None else self._found(chosen)

    def _search(self, child: int, offers: "list[_Offered]") -> Bools | None:
        """Return the best plan as looked at one by one, None where that is too much."""
        pick = _Pick(self.market, offers)
        try:
            self._apart[child] = pick.settle(self._apart.get(child, 0j))
        except TooWide:
            return None
        return pick.chosen

    def _found(self, chosen: Bools) -> Found:
        values = tuple(self.market.table[:, chosen].sum(axis=1).tolist())
        return Found(values, self.market.family_of(chosen))

    def _offers(self, child: int, wanted: list[int]) -> "list[_Offered]":
        return [
            _Offered(around, offer, complex(offer.cost[column]) - offer.gap)
            for column in wanted
            for around in self._all_around()
            if (offer := make_offer(around, child, column)) is not None
        ]

    def _all_around(self) -> tuple[Around, ...]:
        """Return the parts of all plans, made once; none where numbers do not fit."""
        if self._parts is None:
            market = self.market
            leaves = grow_leaves(market, self._seed)
            self._parts = tuple(
                Around(market, leaf, make_graph(market, leaf)) for leaf in leaves or ()
            )
        return self._parts


def make_forcer(
    problem: Problem, pairs: ScoredPairs, policy: Policy, family: Ints, *, seed: int
) -> Forcer | None:
    """Return what forces pairs into a plan, family shape (n,), that is proved the best of all.

    None where the goals are too fine to be counted exactly, or where the policy has floors: what is
    more than enough of those counts for nothing, which no sum of choices says.
    """
    if policy.limits.floors:
        return None
    market = open_market(problem, pairs, policy, family)
    return None if market is None else Forcer(market, problem, seed)


@dataclass(frozen=True, slots=True)
class _Offered:
    """A forced column in a part; low: what every plan that holds it there loses at least."""

    around: Around
    offer: Offer
    low: complex


class _Pick:
    """The best plan of some offers: its values and columns, and what the ladder loses by it."""

    def __init__(self, market: Market, offers: list[_Offered]) -> None:
        self.market = market
        self.offers = sorted(offers, key=lambda one: ordered(one.low))
        self.values: tuple[int, ...] | None = None
        self.chosen: Bools | None = None
        self.loss = 0j

    def settle(self, guess: complex) -> complex:
        """Find the best plan: look further from the least loss until one is there, then as far as
        that one; return how far it was. Raises TooWide.
        """
        if not self.offers:
            raise TooWide
        low = self.offers[0].low
        for far in sorted({ordered(guess), *((0.0, further) for further in _FURTHER)}):
            most = low + complex(*far)
            self._look(most)
            if self.values is not None:
                if ordered(self.loss) > ordered(most):
                    self._look(self.loss)
                return self.loss - low
        raise TooWide

    def _look(self, most: complex) -> None:
        """Look at every plan that loses no more than this."""
        for one in self.offers:
            if ordered(one.low) > ordered(most):
                break
            left = most - one.low
            play = Play(one.around, one.offer, open_within(one.around, one.offer, left))
            taken = best_of(play, as_whole(left))
            if taken is not None:
                chosen = play.stays.copy()
                chosen[list(taken)] = True
                self._keep(chosen)

    def _keep(self, chosen: Bools) -> None:
        """Keep a plan if it is better than the best so far, or as good with a smaller list."""
        values = tuple(self.market.table[:, chosen].sum(axis=1).tolist())
        if self.values is not None and self.chosen is not None:
            if values < self.values:
                return
            if values == self.values and self._list(self.chosen) <= self._list(chosen):
                return
        self.values, self.chosen = values, chosen
        worth = self.market.ladder.worth
        self.loss = SCALE * complex(worth[self.market.chosen].sum() - worth[chosen].sum())

    def _list(self, chosen: Bools) -> list[tuple[int, int]]:
        return self.market.list_of(np.flatnonzero(chosen).tolist())
