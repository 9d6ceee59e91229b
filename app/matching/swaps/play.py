"""What is in play when a pair is forced, in groups of children that cannot get in each other's way.

Values of goals add up and lists of different children are compared one by one, so the best of
everything is the best of each group.
"""

from collections.abc import Iterator

import numpy as np

from app.matching.problem import Bools, Ints
from app.matching.swaps.around import Around
from app.matching.swaps.ladder import as_whole
from app.matching.swaps.offer import Offer
from app.matching.swaps.opened import Opened
from app.matching.swaps.paths import Graph


class Play:
    """The choices of children who may fare otherwise than in a part's plan.

    own: columns of that plan that they have, positions. stays: the others of that plan, (v,).
    options: the columns of each child. cost, without: of a column, of a child that gets no place;
    hole: of each unit of room that is left in a row; all as whole numbers.
    """

    def __init__(self, around: Around, offer: Offer, opened: Opened) -> None:
        market, leaf = around.market, around.leaf
        self.market, self.leaf, self.offer = market, leaf, offer
        self.lookup, self.child = leaf.lookup, offer.child
        self.is_best = bool(np.array_equal(leaf.chosen, market.chosen))
        self.own, children = _in_play(around, offer, opened)
        self.stays: Bools = leaf.chosen.copy()
        self.stays[self.own] = False
        columns = np.concatenate([[offer.column], opened.kept, self.own[~offer.others[self.own]]])
        costs = offer.cost[columns].tolist()
        self.cost = {column: as_whole(c) for column, c in zip(columns.tolist(), costs, strict=True)}
        self.without = {child: as_whole(complex(offer.without[child])) for child in children}
        self.options: dict[int, list[int]] = {child: [] for child in children}
        for column in self.cost:
            for child in market.children_of(column):
                self.options[child].append(column)
        self.options[self.child] = [offer.column]
        self.hole = self._price_holes(around.graph)
        self._room: dict[int, int] = {}

    def _price_holes(self, graph: Graph) -> dict[int, int]:
        """Return the rows that lose a column of the plan and have a price for what is left."""
        touched = {row for column in self.own.tolist() for row, _ in self.lookup.rows_of(column)}
        price = {row: complex(self.leaf.price[row]) for row in touched if row >= self.market.kids}
        for node in np.unique(graph.into[self.own]).tolist():
            if node:
                price[int(graph.row[node])] = complex(self.offer.price[node])
        return {row: as_whole(one) for row, one in price.items() if one != 0}

    def may_go_without(self, child: int) -> bool:
        """Return whether a child may be left without a place."""
        number = self.market.row_of_child[child]
        return child != self.child and not (number >= 0 and self.leaf.must[number])

    def room(self, row: int) -> int:
        """Return what a row has room for beside the columns that stay."""
        found = self._room.get(row)
        if found is None:
            column, takes = self.lookup.columns_of(row)
            used = int(takes[self.stays[column]].sum())
            found = self._room[row] = self.lookup.limit(row) - used
        return found

    def groups(self) -> Iterator[list[int]]:
        """Yield the children in groups that share no row, the forced child's first."""
        first = {child: child for child in self.options}
        seen: dict[int, int] = {}
        for child, options in self.options.items():
            for column in options:
                for row, _ in self.lookup.rows_of(column):
                    _join(first, child, seen.setdefault(row, child))
        for column in self.own.tolist():
            for row, _ in self.lookup.rows_of(column):
                for child in self.market.children_of(column):
                    _join(first, child, seen.setdefault(row, child))
        found: dict[int, list[int]] = {}
        for child in self.options:
            found.setdefault(_root(first, child), []).append(child)
        yield found.pop(_root(first, self.child))
        yield from found.values()

    def own_of(self, children: list[int]) -> list[int]:
        """Return the columns of the part's plan that these children have."""
        inside = set(children)
        return [c for c in self.own.tolist() if inside.issuperset(self.market.children_of(c))]


def _in_play(around: Around, offer: Offer, opened: Opened) -> tuple[Ints, list[int]]:
    """Return the columns of the part's plan that may be given up, and the children in play."""
    market, leaf = around.market, around.leaf
    inside = opened.loose.copy()
    inside[offer.child] = True
    for some in (opened.kept, np.array([offer.column])):
        inside[market.members_of(some)[1]] = True
    chosen = np.flatnonzero(leaf.chosen)
    member, home = market.members_of(chosen)
    own = np.unique(chosen[member[inside[home]]])
    inside[market.members_of(own)[1]] = True
    return own, np.flatnonzero(inside).tolist()


def _root(first: dict[int, int], child: int) -> int:
    while first[child] != child:
        first[child] = first[first[child]]
        child = first[child]
    return child


def _join(first: dict[int, int], one: int, other: int) -> None:
    low, high = sorted((_root(first, one), _root(first, other)))
    first[high] = low
