"""A part of the plans at the prices that hold when one pair is forced: what each choice then costs.

For every plan of the part that holds the pair, exactly:
    loss = cost of its columns + cost of who goes without + price x slack of the rows - gap.
Any prices of 0 or more make that true, so a wrong shortest way costs time and never an answer.
"""

from dataclasses import dataclass

import numpy as np

from app.matching.problem import Bools, Ints
from app.matching.swaps.ladder import Ranked, sum_by
from app.matching.swaps.leaf import Leaf
from app.matching.swaps.market import Market
from app.matching.swaps.paths import Graph, shift_between


@dataclass(frozen=True, slots=True)
class Offer:
    """Costs in a part when a pair is forced, 0 or more but for the forced child's own.

    cost: of each column, shape (v,). without: of each child that gets no place, shape (n,). price:
    of each node. column: the forced one, of child. others: which columns the child has,
    shape (v,).
    """

    cost: Ranked
    without: Ranked
    price: Ranked
    gap: complex
    child: int
    column: int
    others: Bools


def make_offer(
    market: Market, leaf: Leaf, graph: Graph, ways: tuple[Ranked, Ranked], child: int, column: int
) -> Offer | None:
    """Return a part with a column of a child forced; None where none of its plans can hold it.

    ways: the least costs to the child's home and from the column's family.
    """
    columns = market.columns
    theirs = columns.column[columns.child == child]
    theirs = theirs[leaf.open[theirs]]
    if not leaf.open[column]:
        return None
    others = np.zeros(len(columns), dtype=np.bool_)
    others[theirs] = True
    dearer = shift_between(*ways, complex(ways[0][graph.into[column]]))
    dearer[1:] = np.maximum(dearer[1:], -leaf.price[graph.row[1:]])
    has_row = market.row_of_child >= 0
    mine = np.where(has_row, dearer[graph.at], 0)
    cost = leaf.cost + market.use * dearer[graph.into] - _over_members(market, mine)
    without = np.where(has_row, leaf.price[market.row_of_child] - mine, 0)
    gap = leaf.gap + complex((dearer[1:] * leaf.rows.upper[graph.row[1:]]).sum() - mine.sum())
    rise = _rise(market, leaf, (cost, without), others, child)
    if rise.any():
        cost, without = cost + _over_members(market, rise), without + rise
        gap += complex(rise.sum())
    price = np.append(0, leaf.price[graph.row[1:]] + dearer[1:])
    return Offer(cost, without, price, gap, child, column, others)


def _over_members(market: Market, of_child: Ranked) -> Ranked:
    columns = market.columns
    if len(columns.column) == len(columns):
        return np.asarray(of_child[columns.child])
    return sum_by(columns.column, of_child[columns.child], len(columns))


def _rise(
    market: Market, leaf: Leaf, costs: tuple[Ranked, Ranked], others: Bools, child: int
) -> Ranked:
    """Return how much each child's price must rise so that nothing costs less than nothing."""
    cost, without = costs
    rise = np.zeros_like(without)
    low = np.flatnonzero((cost < 0) & leaf.open & ~others)
    np.maximum.at(rise, market.first_child[low], -cost[low])
    free = (without < 0) & (market.row_of_child >= 0) & ~leaf.must[market.row_of_child]
    free[child] = False
    rise[free] = np.maximum(rise[free], -without[free])
    return rise
