"""What one place less costs in every family at once: the shortest road from each to what is free.

At these prices the road that makes room has no length, so that a search for it hardly looks around.
"""

from dataclasses import dataclass, replace

import numpy as np

from app.matching.problem import Bools, Ints
from app.matching.roads import END, Roads

_FAR = 2**61
_MOST_PASSES = 2_000  # a limit on work: any prices on the way are valid ones


def raise_prices(roads: Roads) -> Roads:
    """Return the roads with the highest good prices: what the plan loses with one place less.

    Bellman and Ford over all families, lengths not below 0 as in `detours.py`. Families that no
    road leads from get the highest rise of all, so that no road leads through them.
    """
    edges = _list_edges(roads)
    far, onward = _nearest_ends(roads)
    homes, first = np.unique(edges.start, return_index=True)
    for _ in range(_MOST_PASSES if len(homes) else 0):
        length = edges.length + far[edges.end]
        nearer = np.minimum.reduceat(length, first) < far[homes]
        if not nearer.any():
            break
        best = _first_of_least(length, first, nearer)
        far[homes[nearer]], onward[homes[nearer]] = length[best], edges.choice[best]
    leads = far < _FAR
    far[~leads] = far[leads].max(initial=0)
    return replace(roads, price=roads.price + far, onward=tuple(onward.tolist()))


def _first_of_least(value: Ints, first: Ints, wanted: Bools) -> Ints:
    """Return where the least of each wanted stretch is; first: where stretches begin."""
    last = np.append(first[1:], len(value))
    begins = zip(first[wanted].tolist(), last[wanted].tolist(), strict=True)
    return np.array([begin + int(value[begin:end].argmin()) for begin, end in begins])


@dataclass(frozen=True, slots=True)
class _Edges:
    """Moves of children from family to family, sorted by the one they leave."""

    start: Ints
    end: Ints
    length: Ints
    choice: Ints


def _list_edges(roads: Roads) -> _Edges:
    now = roads.at[roads.child]
    moves = np.flatnonzero((now >= 0) & (now != np.arange(len(now))))
    now = now[moves]
    start, end = roads.family[now], roads.family[moves]
    lost = roads.worth[now] - roads.price[start] - roads.worth[moves] + roads.price[end]
    order = np.argsort(start, kind="stable")
    return _Edges(start[order], end[order], np.maximum(lost, 0)[order], moves[order])


def _nearest_ends(roads: Roads) -> tuple[Ints, Ints]:
    """Return what it costs to make room without a move, and how: a place is free, or somebody who
    is there goes without."""
    far = np.full(len(roads.price), _FAR, dtype=np.int64)
    onward = np.full(len(far), END, dtype=np.int64)
    held = roads.at[roads.at >= 0]
    lost = np.maximum(roads.worth[held] - roads.price[roads.family[held]], 0)
    order = np.lexsort((lost, roads.family[held]))
    home, least = np.unique(roads.family[held][order], return_index=True)
    far[home] = lost[order][least]
    onward[home] = END - 1 - held[order][least]
    far[roads.free > 0], onward[roads.free > 0] = 0, END
    return far, onward
