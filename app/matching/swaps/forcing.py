"""The best plan that holds one pair more, found around the best plan; None where it is too far."""

from dataclasses import dataclass, field

import numpy as np

from app.matching.policy import Policy
from app.matching.problem import Bools, Ints, Problem
from app.matching.resolve import CannotBeForced
from app.matching.scored import ScoredPairs
from app.matching.swaps.ladder import FINE, SCALE, Ranked, as_whole, ordered
from app.matching.swaps.leaf import Leaf
from app.matching.swaps.market import Market, open_market
from app.matching.swaps.offer import Offer, make_offer
from app.matching.swaps.opened import open_within
from app.matching.swaps.paths import Graph, make_graph
from app.matching.swaps.play import Play
from app.matching.swaps.search import TooWide, best_of
from app.matching.swaps.tree import begin_part, grow_leaves

_FURTHER = (0.0, *(FINE * 6e4 * 2.5**at for at in range(9)))  # steps of the last word, until a plan is found


@dataclass(frozen=True, slots=True)
class Found:
    """The best plan with a pair. values: per goal, in its steps, more is better; family (n,)."""

    values: tuple[int, ...]
    family: Ints


@dataclass(slots=True)
class _Around:
    """A part with its graph, and the shortest ways found in it so far."""

    leaf: Leaf
    graph: Graph
    to: dict[int, Ranked] = field(default_factory=dict)
    of: dict[int, Ranked] = field(default_factory=dict)

    def ways(self, home: int, family: int) -> tuple[Ranked, Ranked]:
        """Return the least costs of ways to one node, and from another."""
        if home not in self.to:
            self.to[home] = self.graph.to(home)
        if family not in self.of:
            self.of[family] = self.graph.of(family)
        return self.to[home], self.of[family]


class Forcer:
    """Forces pairs into one finished plan. Exact: what it cannot prove it leaves to a full solve."""

    def __init__(self, market: Market, seed: int) -> None:
        self.market, self._seed = market, seed
        self._apart: dict[int, complex] = {}  # how far above its bound a child's last plan was
        self._parts: dict[tuple[tuple[int, ...], frozenset[int]], tuple[_Around, ...]] = {}

    def force(self, child: int, family: int) -> Found | None:
        """Return the best plan that brings a child to a family; None where that is not proved.

        Raises CannotBeForced when no choice brings it there.
        """
        columns = self.market.columns
        theirs = columns.column[columns.child == child]
        wanted = theirs[columns.family[theirs] == family]
        if not len(wanted):
            raise CannotBeForced([(child, family)])
        try:
            offers = [
                offered
                for column in wanted.tolist()
                for part in self._around(column, theirs)
                if (offered := self._offer(part, child, column)) is not None
            ]
            pick = _Pick(self.market, offers)
            self._apart[child] = pick.settle(self._apart.get(child, 0j))
        except TooWide:
            return None
        return pick.found()

    def _offer(self, part: "_Around", child: int, column: int) -> "_Offered | None":
        graph = part.graph
        ways = part.ways(int(graph.at[child]), int(graph.into[column]))
        offer = make_offer(self.market, part.leaf, graph, ways, child, column)
        return offer and _Offered(part, offer, complex(offer.cost[column]) - offer.gap)

    def _around(self, column: int, theirs: Ints) -> tuple[_Around, ...]:
        """Return the parts to look for a column in, without what cannot be beside it."""
        market, sizes = self.market, self.market.columns.sizes()
        if sizes[column] > 1:
            return self._parts_of((column,), frozenset())
        family = market.columns.family[column]
        row, joint = market.place_row[family], market.chosen & (sizes > 1)
        full = joint & (market.columns.family == family)
        full &= (row >= 0) & (market.use + market.use[column] > market.rows.upper[row])
        without = np.union1d(np.flatnonzero(full), theirs[sizes[theirs] > 1])
        return self._parts_of((), frozenset(without.tolist()))

    def _parts_of(self, held: tuple[int, ...], without: frozenset[int]) -> tuple[_Around, ...]:
        if (held, without) not in self._parts:
            leaves = grow_leaves(self.market, begin_part(self.market, held, without), self._seed)
            self._parts[held, without] = tuple(
                _Around(leaf, make_graph(self.market, leaf)) for leaf in leaves or ()
            )
        if not self._parts[held, without]:
            raise TooWide
        return self._parts[held, without]


def make_forcer(
    problem: Problem, pairs: ScoredPairs, policy: Policy, family: Ints, *, seed: int
) -> Forcer | None:
    """Return what forces pairs into a plan that is the best of all; None where nothing is gained."""
    market = open_market(problem, pairs, policy, family)
    return market and Forcer(market, seed)


@dataclass(frozen=True, slots=True)
class _Offered:
    """A forced column in a part; low: what every plan that holds it there loses at least."""

    part: _Around
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
        that one; return how far it was."""
        if not self.offers:
            raise TooWide
        low = self.offers[0].low
        for far in sorted({ordered(guess), *((0.0, further) for further in _FURTHER)}):
            self._look(low + complex(*far))
            if self.values is not None:
                if ordered(self.loss) > ordered(low + complex(*far)):
                    self._look(self.loss)
                return self.loss - low
        raise TooWide

    def _look(self, most: complex) -> None:
        """Look at every plan that loses no more than this."""
        for one in self.offers:
            if ordered(one.low) > ordered(most):
                break
            self._search(one, most - one.low)

    def _search(self, one: _Offered, left: complex) -> None:
        market, part = self.market, one.part
        opened = open_within(market, part.leaf, part.graph, one.offer, np.complex128(left))
        play = Play(market, part.leaf, part.graph, one.offer, opened)
        taken = best_of(play, as_whole(left))
        if taken is None:
            return
        chosen = play.stays.copy()
        chosen[list(taken)] = True
        values = tuple(market.table[:, chosen].sum(axis=1).tolist())
        if self.values is not None and self.chosen is not None:
            if values < self.values:
                return
            if values == self.values and self._list(self.chosen) <= self._list(chosen):
                return
        self.values, self.chosen = values, chosen
        worth = market.ladder.worth
        self.loss = SCALE * complex(worth[market.chosen].sum() - worth[chosen].sum())

    def _list(self, chosen: Bools) -> list[tuple[int, int]]:
        return self.market.list_of(np.flatnonzero(chosen).tolist())

    def found(self) -> Found | None:
        """Return the best plan, None when there was none."""
        if self.values is None or self.chosen is None:
            return None
        return Found(self.values, self.market.family_of(self.chosen))

