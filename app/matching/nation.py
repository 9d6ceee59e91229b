"""A plan for more children than can be proved best, and how far it can be from best.

A flow with the groups taken apart says which choices are near; a linear model over those, with the
rows that whole numbers keep and priced back over all choices, gives prices and a bound; the groups
go where it says and an exact flow places the others; where that plan loses by the prices, it is
solved again with a few children around it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from app.matching.bundles import Bundles, best_alone
from app.matching.certificate import Certificate, certify_at, finest_scale
from app.matching.cuts import Cut
from app.matching.face import Face
from app.matching.flow import Arcs, best_flow, find_prices
from app.matching.pricing import Priced, relax_priced
from app.matching.problem import Bools, Floats, Ints
from app.matching.repair import Ground, repair
from app.matching.stretches import HEAVIEST

_NEAR = 2.6  # choices a child in the first linear model: prices tell the rest apart
_MOST_OF_A_CHILD = 12
_OF_A_GROUP = 4
_IN_THE_FLOW = 16  # choices a child in the flow beside the groups

Faults = Callable[[Bools], Ints]
"""Which of these chosen columns must go, so that the others keep what a flow does not know."""


@dataclass(frozen=True, slots=True)
class Nation:
    """A large problem: its bundles, and a face over its columns in an order of their own.

    The columns of the face are first bundles.single, then bundles.bundle: numbered by children and
    families, so that nothing depends on rows. faults: of chosen columns in the problem's numbers.
    """

    bundles: Bundles
    face: Face
    faults: Faults
    order: Ints = field(init=False)

    def __post_init__(self) -> None:
        order = np.concatenate([self.bundles.single, self.bundles.bundle])
        object.__setattr__(self, "order", order)

    @property
    def singles(self) -> int:
        """Return how many columns place one child; they are the first."""
        return len(self.bundles.single)

    def key(self) -> Ints:
        """Return the child or group that each column of the face is of, shape (v,)."""
        groups = len(self.bundles.group_of) + self.bundles.bundle_group
        return np.concatenate([self.bundles.child, groups])

    def whole(self, chosen: Bools) -> Bools:
        """Return columns of the face as columns of the problem."""
        found = np.zeros_like(chosen)
        found[self.order[chosen]] = True
        return found


@dataclass(frozen=True, slots=True)
class Found:
    """A plan as columns of the face, shape (v,), what it is worth, the bound, and its prices.

    priced: the linear model at its end; None where the flow alone proved the plan.
    """

    chosen: Bools
    value: int
    bound: int
    priced: Priced | None


def find_plan(nation: Nation, worth: Ints, seed: int) -> Found:
    """Return a plan of much worth without faults, and a bound on every plan.

    worth: per column of the face, whole numbers of which the sum fits in 64 bits. Raises
    FlowTooLarge when they do not fit the flow.
    """
    price, bound, _ = relax_by_flow(nation, worth)
    near = _near(nation, worth, price)
    face = nation.face.with_cuts(_one_large(nation))
    priced = relax_priced(face, _light(worth), seed, near, is_lean=True)
    certificate = certify_lightly(priced, worth)
    chosen = _follow(nation, worth, priced, certificate)
    ground = Ground(nation.bundles, priced.face.rows, worth, certificate)
    chosen = repair(ground, chosen, seed)
    bound = min(bound, certificate.bound // certificate.scale)
    return Found(chosen, int(worth[chosen].sum()), bound, priced)


def find_by_flow(nation: Nation, worth: Ints) -> Found | None:
    """Return the best plan, proved, where a flow knows all: None with groups, or with faults."""
    if len(nation.bundles.bundle):
        return None
    _, bound, chosen = relax_by_flow(nation, worth)
    chosen = _without_faults(nation, chosen)
    return Found(chosen, bound, bound, None) if int(worth[chosen].sum()) == bound else None


def bound_again(nation: Nation, priced: Priced | None, worth: Ints, seed: int) -> int:
    """Return what no plan can exceed of another worth, from where the prices ended."""
    if priced is None:
        return relax_by_flow(nation, worth)[1]
    again = relax_priced(priced.face, _light(worth), seed, before=priced, is_lean=True)
    certificate = certify_lightly(again, worth)
    return certificate.bound // certificate.scale


def certify_lightly(priced: Priced, worth: Ints) -> Certificate:
    """Return the certificate that prices of a lighter worth give for the worth itself."""
    rows, dual = priced.face.rows, priced.price * _weight(worth)
    child_row = priced.face.child_row
    return certify_at(
        rows, worth, dual, child_row, scale=finest_scale(rows, worth, dual, child_row)
    )


def relax_by_flow(nation: Nation, worth: Ints) -> tuple[Ints, int, Bools]:
    """Return the prices of the flow in which groups go apart, the bound that they prove, and the
    choices of one child that it takes, as columns of the face.
    """
    bundles, by_column = nation.bundles, np.zeros_like(worth)
    by_column[nation.order] = worth
    arcs = bundles.arcs_as_if_single(by_column)
    children, homes = len(bundles.group_of), len(bundles.places)
    taken = best_flow(arcs, children, bundles.places)
    price = find_prices(arcs, taken, children, homes)
    chosen = np.zeros(len(worth), dtype=np.bool_)
    alone = np.flatnonzero(worth[: nation.singles] > 0)
    chosen[alone[taken[: len(alone)]]] = True
    return price, bundles.bound(by_column, price), chosen


def _weight(worth: Ints) -> int:
    return max(1, int(np.abs(worth).max(initial=0)) // HEAVIEST)


def _light(worth: Ints) -> Ints:
    """Return a worth that a linear solver computes with, the last digits rounded away."""
    return worth // _weight(worth)


def _near(nation: Nation, worth: Ints, price: Ints) -> Bools:
    """Return the choices that lose least by the flow's prices, shape (v,)."""
    bundles, first = nation.bundles, nation.singles
    by_column = np.zeros_like(worth)
    by_column[nation.order] = worth
    alone = best_alone(bundles, by_column, price)
    together = np.zeros(bundles.groups(), dtype=np.int64)
    in_group = bundles.group_of >= 0
    np.add.at(together, bundles.group_of[in_group], alone[in_group])
    net = worth[first:] - bundles.bundle_use * price[bundles.bundle_family]
    np.maximum.at(together, bundles.bundle_group, net)
    single = worth[:first] - price[bundles.family] - alone[bundles.child]
    lost = -np.concatenate([single, net - together[bundles.bundle_group]])
    count = min(int(_NEAR * len(bundles.group_of)), len(lost) - 1)
    near = lost <= np.partition(lost, count)[count]
    near &= best_of(nation.key(), -lost, near, _MOST_OF_A_CHILD)
    every = np.arange(len(lost)) >= first
    return np.asarray(near | best_of(nation.key(), -lost, every, _OF_A_GROUP))


def _one_large(nation: Nation) -> list[Cut]:
    """Return for each family that one group at most fills more than half of it."""
    bundles = nation.bundles
    places = bundles.places[bundles.bundle_family]
    large = np.flatnonzero((2 * bundles.bundle_use > places) & (places >= 2))
    large = large[np.argsort(bundles.bundle_family[large], kind="stable")]
    bounds = np.flatnonzero(np.diff(bundles.bundle_family[large])) + 1
    sets = np.split(large + nation.singles, bounds)
    return [Cut(columns, 1) for columns in sets if len(columns) > 1]


def _follow(nation: Nation, worth: Ints, priced: Priced, certificate: Certificate) -> Bools:
    """Return the plan with the groups where the linear model has them, the others by a flow."""
    bundles, first = nation.bundles, nation.singles
    taken = _whole_groups(bundles, priced.value[first:])
    is_free = np.ones(len(bundles.group_of), dtype=np.bool_)
    is_free[bundles.member[np.isin(bundles.member_bundle, taken)]] = False
    places = bundles.places.copy()
    np.subtract.at(places, bundles.bundle_family[taken], bundles.bundle_use[taken])
    may = is_free[bundles.child] & (worth[:first] > 0)
    at = np.flatnonzero(best_of(bundles.child, certificate.reduced[:first], may, _IN_THE_FLOW))
    chosen = _place(nation, worth, at, places)
    wrong = np.isin(nation.order[:first], nation.faults(nation.whole(_with(chosen, taken, first))))
    if wrong.any():
        chosen = _place(nation, worth, at[~wrong[at]], places)
    return _without_faults(nation, _with(chosen, taken, first))


def _with(chosen: Bools, taken: Ints, first: int) -> Bools:
    both = chosen.copy()
    both[first + taken] = True
    return both


def _place(nation: Nation, worth: Ints, at: Ints, places: Ints) -> Bools:
    """Return the best of these single choices in these places, as columns of the face."""
    bundles = nation.bundles
    arcs = Arcs(bundles.child[at], bundles.family[at], worth[at])
    chosen = np.zeros(len(worth), dtype=np.bool_)
    chosen[at[best_flow(arcs, len(bundles.group_of), places)]] = True
    return chosen


def _whole_groups(bundles: Bundles, value: Floats) -> Ints:
    """Return the bundles, positions, that a linear model takes for half or more and that fit."""
    left, has = bundles.places.copy(), np.zeros(bundles.groups(), dtype=np.bool_)
    taken = []
    half = np.flatnonzero(value > 0.499)  # halves in exact numbers are not so in a solver's
    for at in half[np.argsort(-np.rint(value[half] * 1000), kind="stable")].tolist():
        group, family = bundles.bundle_group[at], bundles.bundle_family[at]
        if not has[group] and left[family] >= bundles.bundle_use[at]:
            has[group] = True
            left[family] -= bundles.bundle_use[at]
            taken.append(at)
    return np.array(sorted(taken), dtype=np.int64)


def _without_faults(nation: Nation, chosen: Bools) -> Bools:
    kept = chosen.copy()
    while len(wrong := nation.faults(nation.whole(kept))):
        kept[np.isin(nation.order, wrong)] = False
    return kept


def best_of(group: Ints, score: Ints, allowed: Bools, count: int) -> Bools:
    """Return the `count` allowed entries of each group with the highest score, ties by position."""
    at = np.flatnonzero(allowed)
    at = at[np.lexsort((-score[at], group[at]))]
    begins = np.append(True, group[at][1:] != group[at][:-1]) if len(at) else np.zeros(0, np.bool_)
    rank = np.arange(len(at)) - np.maximum.accumulate(np.where(begins, np.arange(len(at)), 0))
    best = np.zeros(len(score), dtype=np.bool_)
    best[at[rank < count]] = True
    return best
