"""A plan for more children than can be proved best: a price loop, and how far it can be from best.

A flow with the groups taken apart gives prices and a bound; a small model over the groups at those
prices gives each a family; an exact flow gives the other children the places that are left, and new
prices; halfway between the old prices and the new ones the groups choose again.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from app.matching.bundles import Bundles, best_alone
from app.matching.flow import Arcs, best_flow, find_prices
from app.matching.model import solve_whole
from app.matching.problem import Bools, Ints
from app.matching.rows import Rows

_ROUNDS = 6  # a limit on work, not on time
_CHOICES = 8  # families of a group in the model over the groups
_NEAR = 16  # families of a child in the flows after the first; the bound knows all of them
_LARGEST = 10**9  # of a worth in the model over the groups, which only steers


Faults = Callable[[Bools], Ints]
"""Which of these chosen columns must go, so that the others keep what a flow does not know."""


@dataclass(frozen=True, slots=True)
class Found:
    """The best plan of the loop: which columns, shape (v,), what it is worth, and the bound.

    seen: columns that the plan of any round chose.
    """

    chosen: Bools
    value: int
    bound: int
    seen: Bools

    def improved(self, worth: Ints, chosen: Bools) -> "Found":
        """Return the same with this plan, if it is worth more."""
        value = int(worth[chosen].sum())
        return replace(self, chosen=chosen, value=value) if value > self.value else self


def find_plan(bundles: Bundles, worth: Ints, faults: Faults, seed: int) -> Found:
    """Return a plan of much worth without faults, and a bound on every plan; worth: per column.

    Raises FlowTooLarge when the worths do not fit.
    """
    price, bound = relax_by_flow(bundles, worth)
    allowed = np.ones(len(bundles.single), dtype=np.bool_)
    nobody = np.zeros(len(worth), dtype=np.bool_)
    best = Found(nobody, 0, bound, nobody)
    for _ in range(_ROUNDS):
        taken = _place_groups(bundles, worth, price, seed)
        near = _near(bundles, worth, price)
        chosen, own = _place_rest(bundles, worth, allowed & near, taken)
        wrong = faults(chosen)
        if len(wrong):
            allowed[np.isin(bundles.single, wrong)] = False
            chosen, own = _place_rest(bundles, worth, allowed & near, taken)
            while len(wrong := faults(chosen)):
                chosen[wrong] = False
        price = (price + own) // 2
        bound = min(best.bound, bundles.bound(worth, own), bundles.bound(worth, price))
        best = replace(best, bound=bound, seen=best.seen | chosen).improved(worth, chosen)
        if best.value >= best.bound:
            break
    return best


def relax_by_flow(bundles: Bundles, worth: Ints) -> tuple[Ints, int]:
    """Return the prices of the flow in which groups go apart, and the bound that they prove."""
    arcs = bundles.arcs_as_if_single(worth)
    children, homes = len(bundles.group_of), len(bundles.places)
    price = find_prices(arcs, best_flow(arcs, children, bundles.places), children, homes)
    return price, bundles.bound(worth, price)


def _place_groups(bundles: Bundles, worth: Ints, price: Ints, seed: int) -> Ints:
    """Return the bundles, positions, that add most at these prices and leave no family too full."""
    alone = best_alone(bundles, worth, price)
    groups = bundles.groups()
    others = np.zeros(groups, dtype=np.int64)
    in_group = bundles.group_of >= 0
    np.add.at(others, bundles.group_of[in_group], alone[in_group])
    cost = bundles.bundle_use * price[bundles.bundle_family]
    gain = worth[bundles.bundle] - cost - others[bundles.bundle_group]
    # A group that gains nothing now may still be needed whole: prices pull too hard in one round.
    at = _best_of(bundles.bundle_group, gain, np.ones(len(gain), dtype=np.bool_), _CHOICES)
    at = at[gain[at] > 0]
    if not len(at):
        return at
    solved = solve_whole(_group_rows(bundles, at), _small(gain[at]), seed)
    return at[solved.chosen] if solved is not None else at[:0]


def _small(gain: Ints) -> Ints:
    return np.maximum(gain // max(1, int(gain.max()) // _LARGEST), 1)


def _group_rows(bundles: Bundles, at: Ints) -> Rows:
    """Return the rows of the model over the groups: a family each, and the places."""
    group, family = bundles.bundle_group[at], bundles.bundle_family[at]
    number = np.arange(len(at))
    row = np.concatenate([group, bundles.groups() + family])
    places = bundles.places.astype(np.float64)
    upper = np.concatenate([np.ones(bundles.groups()), places])
    used, row = np.unique(row, return_inverse=True)
    return Rows(
        row=row.astype(np.int64),
        column=np.concatenate([number, number]),
        coefficient=np.concatenate([np.ones_like(number), bundles.bundle_use[at]]),
        lower=np.full(len(used), -np.inf),
        upper=upper[used],
    )


def _place_rest(bundles: Bundles, worth: Ints, allowed: Bools, taken: Ints) -> tuple[Bools, Ints]:
    """Return the columns of a plan with these bundles and the best flow beside them; its prices."""
    is_free = np.ones(len(bundles.group_of), dtype=np.bool_)
    is_free[bundles.member[np.isin(bundles.member_bundle, taken)]] = False
    places = bundles.places.copy()
    np.subtract.at(places, bundles.bundle_family[taken], bundles.bundle_use[taken])
    open_arcs = allowed & is_free[bundles.child] & (worth[bundles.single] > 0)
    column = bundles.single[open_arcs]
    arcs = Arcs(bundles.child[open_arcs], bundles.family[open_arcs], worth[column])
    flow = best_flow(arcs, len(is_free), places)
    chosen = np.zeros(len(worth), dtype=np.bool_)
    chosen[column[flow]] = True
    chosen[bundles.bundle[taken]] = True
    return chosen, find_prices(arcs, flow, len(is_free), len(places))


def _near(bundles: Bundles, worth: Ints, price: Ints) -> Bools:
    """Return the single choices nearest to the prices, shape (a,)."""
    gain = worth[bundles.single] - price[bundles.family]
    near = np.zeros(len(gain), dtype=np.bool_)
    near[_best_of(bundles.child, gain, np.ones(len(gain), dtype=np.bool_), _NEAR)] = True
    return near


def _best_of(group: Ints, score: Ints, allowed: Bools, count: int) -> Ints:
    """Return the positions of the `count` allowed entries of each group with the highest score."""
    at = np.flatnonzero(allowed)
    at = at[np.lexsort((-score[at], group[at]))]
    begins = np.append(True, group[at][1:] != group[at][:-1]) if len(at) else np.zeros(0, np.bool_)
    rank = np.arange(len(at)) - np.maximum.accumulate(np.where(begins, np.arange(len(at)), 0))
    return np.sort(at[rank < count])
