"""All plans in a few parts, so that the prices of each leave nothing open at the best plan."""

from dataclasses import replace

import numpy as np

from app.matching.swaps.ladder import FINE, SCALE, ordered
from app.matching.swaps.leaf import Leaf, Part, pick_split, price_leaf, split
from app.matching.swaps.market import Market

MOST_LEAVES = 8
_NEAR = 1j * FINE * SCALE * 10_000  # parts so much worse are rarely as good with a pair forced


def grow_leaves(market: Market, seed: int) -> tuple[Leaf, ...] | None:
    """Return parts that together are all plans.

    The part of the best plan comes first; its bound is the value of that plan, and no
    bound of the others is above it. None where numbers do not fit or it takes too many parts.
    """
    sizes = market.columns.sizes()
    waiting = [all_plans(market)]
    done: list[Leaf] = []
    best: complex | None = None
    while waiting:
        part = waiting.pop()
        leaf = price_leaf(market, part, seed)
        if leaf is None:
            return None
        if best is None or ordered(leaf.value) > ordered(best):
            best = leaf.value
        near = ordered(leaf.gap) > ordered(best - _NEAR)
        at = pick_split(leaf, sizes) if near else None
        if at is None or len(done) + len(waiting) >= MOST_LEAVES:
            done.append(leaf)
        else:
            waiting += split(market, replace(part, chosen=leaf.chosen), at)
    return tuple(sorted(done, key=lambda leaf: ordered(-leaf.value)))


def all_plans(market: Market) -> Part:
    """Return the part that is the whole: every column open, no row that must be filled."""
    everything = np.ones(len(market.columns), dtype=np.bool_)
    nothing = np.zeros(len(market.rows.lower), dtype=np.bool_)
    return Part(everything, nothing, market.chosen)
