"""What it costs at least to make room in one family and fill the place that comes free in another.

The families of a part are the nodes of a graph, with one node more for everything that is free: a
free place, no place. A child that moves is a way from its family to another, at the cost of that
choice; so is a child that loses its place, and a place that stays empty. Costs are never below
zero, so that shortest ways give prices at which one more pair is just worth it.
"""

from dataclasses import dataclass

import numpy as np

from app.matching.problem import Bools, Ints
from app.matching.swaps.ladder import Ranked
from app.matching.swaps.leaf import Leaf
from app.matching.swaps.market import Market

FREE = 0  # the node of what is free
FAR = complex(1e15, 0)
_MOST_PASSES = 200


@dataclass(frozen=True, slots=True)
class Graph:
    """One part as a graph. node: of each family, shape (m,); row: of each node, -1 for FREE.

    at: node of each child in the part's plan, shape (n,); placed: whether it has a place there.
    into: node of each column, shape (v,). start, end, cost: its ways.
    """

    node: Ints
    row: Ints
    at: Ints
    placed: Bools
    into: Ints
    start: Ints
    end: Ints
    cost: Ranked

    def to(self, target: int) -> Ranked:
        """Return the least cost of a way from each node to one."""
        return self._search(self.start, self.end, target)

    def of(self, source: int) -> Ranked:
        """Return the least cost of a way from one node to each."""
        return self._search(self.end, self.start, source)

    def _search(self, near: Ints, far: Ints, begin: int) -> Ranked:
        order = np.argsort(near, kind="stable")
        far, cost = far[order], self.cost[order]
        keys, first = np.unique(near[order], return_index=True)
        least = np.full(len(self.row), FAR, dtype=np.complex128)
        least[begin] = 0
        for _ in range(_MOST_PASSES):
            found = np.minimum.reduceat(cost + least[far], first)
            better = found < least[keys]
            if not better.any():
                break
            least[keys[better]] = found[better]
        return least


def make_graph(market: Market, leaf: Leaf) -> Graph:
    """Return the graph of a part around its plan."""
    node, row = _nodes(market, leaf)
    columns = market.columns
    into = np.where(market.use > 0, node[columns.family], FREE)
    at = np.full(len(market.row_of_child), FREE, dtype=np.int64)
    entry = leaf.chosen[columns.column]
    at[columns.child[entry]] = into[columns.column[entry]]
    placed = np.zeros(len(at), dtype=np.bool_)
    placed[columns.child[entry]] = True
    ways = [*_moves(market, leaf, at, into), *_ends(market, leaf, row, into)]
    start, end = (np.concatenate([way[side] for way in ways]) for side in (0, 1))
    cost = np.concatenate([way[2] for way in ways])
    kept = start != end
    return Graph(node, row, at, placed, into, start[kept], end[kept], cost[kept])


_Ways = tuple[Ints, Ints, Ranked]


def _nodes(market: Market, leaf: Leaf) -> tuple[Ints, Ints]:
    """Return a node for each family whose one row of places the part's plan fills."""
    rows = market.rows
    taken = leaf.chosen[rows.column]
    total = np.bincount(rows.row[taken], rows.coefficient[taken], minlength=len(rows.upper))
    full = (market.place_row >= 0) & (total >= rows.upper)[market.place_row]
    node = np.zeros(len(market.place_row), dtype=np.int64)
    node[full] = np.arange(1, int(full.sum()) + 1)
    return node, np.append(-1, market.place_row[full])


def _moves(market: Market, leaf: Leaf, at: Ints, into: Ints) -> list[_Ways]:
    """Return the ways of children who go elsewhere, each at its share of the choice."""
    columns = market.columns
    entry = np.flatnonzero((leaf.open & ~leaf.chosen)[columns.column])
    column, child = columns.column[entry], columns.child[entry]
    share = np.maximum(columns.sizes(), market.use)[column]
    return [(at[child], into[column], even_part(leaf.cost[column], share))]


def _ends(market: Market, leaf: Leaf, row: Ints, into: Ints) -> list[_Ways]:
    """Return the ways of children who lose their place, and of places that stay empty."""
    columns = market.columns
    entry = np.flatnonzero(leaf.chosen[columns.column])
    column, child = columns.column[entry], columns.child[entry]
    number = market.row_of_child[child]
    price = np.where(leaf.must[number], FAR, leaf.price[number])
    least = np.full(len(columns), FAR, dtype=np.complex128)
    np.minimum.at(least, column, price)
    chosen = np.flatnonzero(leaf.chosen)
    nodes = np.arange(1, len(row))
    free = np.zeros_like(chosen)
    return [
        (into[chosen], free, even_part(least[chosen], np.ones_like(chosen))),
        (np.zeros_like(nodes), nodes, leaf.price[row[1:]]),
    ]


def even_part(cost: Ranked, share: Ints) -> Ranked:
    """Return an even number of steps not above this part of a cost."""
    return np.asarray(
        np.floor(cost.real / (2 * share)) * 2 + 1j * (np.floor(cost.imag / (2 * share)) * 2)
    )


def shift_between(to_home: Ranked, of_family: Ranked, far: complex) -> Ranked:
    """Return how much dearer each node is when one more comes to a family and one leaves a home.

    far: the least cost of a way between the two. The middle of what both ends say, so that only
    the choices on a shortest way cost nothing.
    """
    near_home = np.minimum(to_home, far)
    near_family = far - np.minimum(of_family, far)
    middle = (near_home + near_family) / 2
    return np.asarray(middle - middle[FREE])
