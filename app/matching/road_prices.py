"""What one place less costs in every family at once: the shortest road from each to what is free.

At these prices the road that makes room has no length, so that a search for it hardly looks around.
"""

from dataclasses import dataclass, replace

import numpy as np

from app.matching.problem import Ints
from app.matching.roads import Roads

_FAR = 2**61
_MOST_PASSES = 2_000  # a limit on work: any prices on the way are valid ones


def raise_prices(roads: Roads) -> Roads:
    """Return the roads with the highest good prices: what the plan loses with one place less.

    Bellman and Ford over all families, lengths not below 0 as in `detours.py`. Families that no
    road leads from get the highest rise of all, so that no road leads through them.
    """
    edges = _list_edges(roads)
    far = _nearest_ends(roads)
    homes, first = np.unique(edges.start, return_index=True)
    for _ in range(_MOST_PASSES if len(homes) else 0):
        found = np.minimum.reduceat(edges.length + far[edges.end], first)
        if not (found < far[homes]).any():
            break
        far[homes] = np.minimum(far[homes], found)
    leads = far < _FAR
    far[~leads] = far[leads].max(initial=0)
    return replace(roads, price=roads.price + far)


@dataclass(frozen=True, slots=True)
class _Edges:
    """Moves of children from family to family, sorted by the one they leave."""

    start: Ints
    end: Ints
    length: Ints


def _list_edges(roads: Roads) -> _Edges:
    now = roads.at[roads.child]
    moves = np.flatnonzero((now >= 0) & (now != np.arange(len(now))))
    now = now[moves]
    start, end = roads.family[now], roads.family[moves]
    lost = roads.worth[now] - roads.price[start] - roads.worth[moves] + roads.price[end]
    order = np.argsort(start, kind="stable")
    return _Edges(start[order], end[order], np.maximum(lost, 0)[order])


def _nearest_ends(roads: Roads) -> Ints:
    """Return what it costs to make room without a move: a free place, or somebody goes without."""
    far = np.full(len(roads.price), _FAR, dtype=np.int64)
    held = roads.at[roads.at >= 0]
    home = roads.family[held]
    np.minimum.at(far, home, np.maximum(roads.worth[held] - roads.price[home], 0))
    far[roads.free > 0] = 0
    return far
