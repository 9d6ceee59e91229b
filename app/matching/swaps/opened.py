"""What a budget leaves open in a part at the prices of a forced pair."""

from dataclasses import dataclass

import numpy as np

from app.matching.problem import Bools, Ints
from app.matching.swaps.around import Around
from app.matching.swaps.offer import Offer
from app.matching.swaps.paths import FREE

MOST_CHILDREN = 60
MOST_STEPS = 2_000  # of one search: a limit on work, so that the same question goes the same way
_SHIFT = 1 << 60


class TooWide(Exception):
    """More is left open than may be looked at one by one."""


def as_whole(value: complex) -> int:
    """Return a ranked value as one whole number of Python's, in the same order."""
    return int(value.real) * _SHIFT + int(value.imag)


@dataclass(frozen=True, slots=True)
class Opened:
    """What a budget leaves open. kept: columns beside the part's plan, positions. loose: which
    children may lose their place, shape (n,)."""

    kept: Ints
    loose: Bools


def open_within(around: Around, offer: Offer, most: complex) -> Opened:
    """Return what a plan may do that costs no more than what is left beside the forced column.

    Who leaves a family whose place may not stay empty needs someone to come; who comes to a full
    family needs someone to leave. What finds nobody is taken out, until all find somebody.
    """
    market, leaf, graph = around.market, around.leaf, around.graph
    columns, left = market.columns, np.complex128(most)
    kept = np.flatnonzero(leaf.open & ~leaf.chosen & ~offer.others & (offer.cost <= left))
    loose = (offer.without <= left) & graph.placed
    loose[market.row_of_child < 0] = False
    loose &= ~leaf.must[market.row_of_child]
    binds = offer.price > left
    binds[FREE] = False
    size, forced = len(graph.row), graph.into[offer.column]
    leaving = (leaf.chosen & offer.others)[columns.column]
    given_up = np.append(columns.child[leaving], market.children_of(offer.column))
    given_up = graph.at[given_up]
    member, home = market.members_of(kept)
    while True:
        comes = np.zeros(size, dtype=np.bool_)
        comes[graph.into[kept]] = comes[forced] = comes[FREE] = True
        goes = np.zeros(size, dtype=np.bool_)
        goes[graph.at[home]] = goes[given_up] = goes[FREE] = True
        goes[graph.at[loose]] = True
        stuck = binds & ~comes
        fits = goes[graph.into[kept]]
        fits[member[stuck[graph.at[home]]]] = False
        firm = loose & stuck[graph.at]
        if fits.all() and not firm.any():
            return Opened(kept, loose)
        kept, loose = kept[fits], loose & ~firm
        member, home = market.members_of(kept)
