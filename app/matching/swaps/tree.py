"""All plans in a few parts, so that the prices of each leave nothing open at the best plan."""

from collections.abc import Collection, Sequence
from dataclasses import replace

import numpy as np

from app.matching.swaps.ladder import FINE, SCALE, ordered
from app.matching.swaps.leaf import Leaf, Part, pick_split, price_leaf, split
from app.matching.swaps.market import Market

MOST_LEAVES = 8
_FEW_LEAVES = 3  # of a part that few questions are about
_NEAR = 1j * FINE * SCALE * 10_000  # parts so much worse are rarely as good with a pair forced


def grow_leaves(market: Market, whole: Part, seed: int) -> tuple[Leaf, ...] | None:
    """Return parts that together are a part of the plans.

    The part of the best of those plans comes first; its bound is the value of that plan, and no
    bound of the others is above it. None where numbers do not fit or it takes too many parts.
    """
    sizes = market.columns.sizes()
    waiting = [whole]
    is_all = bool(whole.open.all())
    done: list[Leaf] = []
    best: complex | None = None
    while waiting:
        part = waiting.pop()
        leaf = price_leaf(market, part, seed)
        if leaf is None:
            return None
        if best is None or ordered(leaf.value) > ordered(best):
            best = leaf.value
        near = ordered(leaf.gap) > ordered(best - (_NEAR if is_all else 0))
        at = pick_split(leaf, sizes) if near else None
        if at is None or len(done) + len(waiting) >= (MOST_LEAVES if is_all else _FEW_LEAVES):
            done.append(leaf)
        else:
            waiting += split(market, replace(part, chosen=leaf.chosen), at)
    return tuple(sorted(done, key=lambda leaf: ordered(-leaf.value)))


def begin_part(market: Market, held: Sequence[int], without: Collection[int]) -> Part:
    """Return the plans that hold some columns and are without some others."""
    open_ = np.ones(len(market.columns), dtype=np.bool_)
    open_[sorted(without)] = False
    nothing = np.zeros(len(market.rows.lower), dtype=np.bool_)
    part = Part(open_, nothing, market.chosen & open_, not held and not without)
    for column in held:
        part, _ = split(market, part, column)
    return part
