"""A part of the plans at the prices that hold when one pair is forced: what each choice then costs.

For every plan of the part that holds the pair, exactly:
    loss = cost of its columns + cost of who goes without + price x slack of the rows - gap.
Any prices of 0 or more make that true, so a wrong shortest way costs time and never an answer.
"""

from dataclasses import dataclass

import numpy as np

from app.matching.problem import Bools
from app.matching.swaps.around import Around
from app.matching.swaps.ladder import Ranked, sum_by
from app.matching.swaps.market import Market
from app.matching.swaps.paths import shift_between

_EXACT = 2.0**48  # times the places of one family and the children in it: within a double


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


def make_offer(around: Around, child: int, column: int) -> Offer | None:
    """Return a part with a column of a child forced; None where none of its plans can hold it."""
    market, leaf, graph = around.market, around.leaf, around.graph
    ways = around.ways(int(graph.at[child]), int(graph.into[column]))
    columns = market.columns
    theirs = columns.column[columns.child == child]
    theirs = theirs[leaf.open[theirs]]
    if not leaf.open[column]:
        return None
    others = np.zeros(len(columns), dtype=np.bool_)
    others[theirs] = True
    dearer = shift_between(*ways, complex(ways[0][graph.into[column]]))
    dearer[1:] = np.maximum(dearer[1:], -leaf.price[graph.row[1:]])
    if max(np.abs(dearer.real).sum(), np.abs(dearer.imag).sum()) > _EXACT:
        dearer[:] = 0  # a family that no way leads from: the prices stay as they are
    has_row = market.row_of_child >= 0
    mine = np.where(has_row, dearer[graph.at], 0)
    cost = leaf.cost + market.use * dearer[graph.into] - _over_members(market, mine)
    without = np.where(has_row, leaf.price[market.row_of_child] - mine, 0)
    gap = leaf.gap + complex((dearer[1:] * leaf.rows.upper[graph.row[1:]]).sum() - mine.sum())
    free = (market.row_of_child >= 0) & ~leaf.must[market.row_of_child]
    free[child] = False
    rise = _rise(market, np.where(leaf.open & ~others, cost, 0), np.where(free, without, 0))
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


def _rise(market: Market, cost: Ranked, without: Ranked) -> Ranked:
    """Return how much each child's price must rise so that nothing costs less than nothing."""
    rise = np.where(without < 0, -without, 0)
    low = np.flatnonzero(cost < 0)
    np.maximum.at(rise, market.first_child[low], -cost[low])
    return rise
