"""The best plan that holds a pair among all that lose no more than a budget, by a small model.

What a search one by one is too narrow for: at the prices of a forced pair most choices cost more
than the budget, so that no plan within it holds them. The model of the others is solved as a plan
is: goal by goal, then the ties, each with its proof. A plan that is found within the budget is
the best of all; one that is found beyond it says how large the budget has to be.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from app.matching.face import Face
from app.matching.optimise import optimise
from app.matching.problem import Bools, Ints, Problem
from app.matching.rows import Rows
from app.matching.swaps.ladder import Ranked, ordered
from app.matching.swaps.leaf import Leaf
from app.matching.swaps.market import Market
from app.matching.swaps.offer import Offer
from app.matching.ties import settle_ties

_FIRST, _WIDER = 1_000, 3  # choices of the first model, and how often as many in each next one


@dataclass(frozen=True, slots=True)
class Bounded:
    """At least what a plan loses that holds the forced column and another one, shape (v,).

    column: the forced one, of child. low: that any plan of the part loses with it. with_column:
    infinite for what cannot be beside it.
    """

    child: int
    column: int
    low: complex
    with_column: Ranked


def bound_losses(offer: Offer, market: Market, leaf: Leaf) -> Bounded:
    """Return what every choice loses at least, beside a forced column in a part of the plans.

    A group of siblings that has to leave the family for it goes elsewhere, which costs at least
    the cheapest of its other choices; that holds for whatever else is in the plan.
    """
    inside = market.children_of(offer.column)
    usable = leaf.open & ~_with_any(market, inside)
    leaving = leaving_groups(market, offer.column).tolist()
    usable[leaving] = False
    extra = np.zeros(len(offer.cost), dtype=np.complex128)
    total = 0j
    for group in leaving:
        members = [kid for kid in market.children_of(group) if kid not in inside]
        theirs = usable & _with_any(market, members)
        least = _cheapest(offer, market, theirs, (members, leaf.must))
        extra[theirs] = -least
        total += least
    low = complex(offer.cost[offer.column]) - offer.gap + total
    loss = np.where(usable, low + extra + offer.cost, _NEVER)
    return Bounded(offer.child, offer.column, low, loss)


_NEVER = complex(np.inf, np.inf)


def leaving_groups(market: Market, column: int) -> Ints:
    """Return the plan's groups that cannot stay beside a column: of the same children, or in its
    family and too large."""
    columns, sizes = market.columns, market.columns.sizes()
    joint = market.chosen & (sizes > 1)
    gone = joint & _with_any(market, market.children_of(column))
    row = market.place_row[columns.family[column]]
    if row >= 0:
        full = market.use + market.use[column] > market.rows.upper[row]
        gone |= joint & full & (columns.family == columns.family[column])
    gone[column] = False
    return np.flatnonzero(gone)


def _with_any(market: Market, kids: list[int]) -> Bools:
    """Return the columns of these children, shape (v,)."""
    columns = market.columns
    found = np.zeros(len(columns), dtype=np.bool_)
    found[columns.column[np.isin(columns.child, kids)]] = True
    return found


def _without_idle_rows(face: Face) -> Face:
    """Return the face without the rows that these columns cannot break, but for those of children.

    Rows say at most, so one that has room for all of its columns says nothing.
    """
    rows = face.rows
    total = np.bincount(rows.row, np.maximum(rows.coefficient, 0), minlength=len(rows.upper))
    binds = (total > rows.upper) | np.isfinite(rows.lower)
    binds[face.child_row] = True
    number, entry = np.cumsum(binds) - 1, binds[rows.row]
    few = Rows(
        number[rows.row[entry]],
        rows.column[entry],
        rows.coefficient[entry],
        rows.lower[binds],
        rows.upper[binds],
    )
    return replace(face, rows=few, child_row=number[face.child_row])


def _cheapest(
    offer: Offer, market: Market, theirs: Bools, parted: tuple[list[int], Bools]
) -> complex:
    """Return the least that a group's other choices cost: one for several, or each by itself."""
    members, must = parted
    sizes = market.columns.sizes()
    several = offer.cost[theirs & (sizes > 1)].tolist()
    alone = 0j
    for kid in members:
        own = theirs & (sizes == 1) & _with_any(market, [kid])
        ways = offer.cost[own].tolist()
        number = market.row_of_child[kid]
        if number >= 0 and not must[number]:
            ways.append(complex(offer.without[kid]))
        alone += min(ways, key=ordered, default=_FAR)
    least: complex = min([*several, alone], key=ordered)
    return least


_FAR = complex(2.0**52, 0)


class Budget:
    """Finds the best plan with one of some columns of a child, from what choices lose at least."""

    def __init__(self, market: Market, problem: Problem, seed: int) -> None:
        self.market, self.problem, self.seed = market, problem, seed

    def best(self, bounds: list[Bounded]) -> Bools | None:
        """Return the columns of the best plan, shape (v,); None where that is not proved."""
        loss = bounds[0].with_column
        for one in bounds[1:]:
            loss = np.minimum(loss, one.with_column)
        for one in bounds:
            loss[one.column] = min(complex(loss[one.column]), one.low, key=ordered)
        ranked, count = np.sort(loss), _FIRST
        nearest = min(bounds, key=lambda one: ordered(one.low))
        # Less than the least of the forced ones would leave no forced column in the model.
        most = max(complex(ranked[min(count, len(loss) - 1)]), nearest.low, key=ordered)
        found = self._begin(nearest.column)
        while found is not None:
            kept = np.asarray((loss <= most) & np.isfinite(loss.real))
            within = [one for one in bounds if ordered(one.low) <= ordered(most)]
            face = self._rank(
                self._face(kept, within, found),
                [stretch.worth for stretch in self.market.ladder.stretches],
            )
            if face is None:
                return None
            found = self._chosen(face)
            lost = self.market.loss_of(found)
            if ordered(lost) <= ordered(most) or count >= len(loss):
                return self._settle(face)
            count *= _WIDER
            wider = max(complex(ranked[min(count, len(loss) - 1)]), nearest.low, key=ordered)
            most = min(lost, wider, key=ordered)
        return None

    def _face(self, kept: Bools, bounds: list[Bounded], begin: Bools) -> Face:
        """Return the plans with these columns and one of the forced ones; begin: one of them."""
        market, child = self.market, bounds[0].child
        kept = kept | begin
        kept[market.columns.column[market.columns.child == child]] = False
        kept[[one.column for one in bounds]] = True
        kept |= begin
        tight = np.zeros(len(market.rows.lower), dtype=np.bool_)
        tight[market.row_of_child[child]] = True
        whole = market.face
        rows = whole.rows.tightened(tight)
        return _without_idle_rows(replace(whole, incumbent=begin).keep(kept, rows))

    def _rank(self, face: Face, worths: Sequence[Ints]) -> Face | None:
        """Return the face of the best plans by these worths in turn, None where not proved."""
        for worth in worths:
            best = optimise(face, worth[face.column], self.seed)
            if not best.is_proved:
                return None
            face = best.face
        return face

    def _settle(self, face: Face) -> Bools | None:
        """Return the plan of a face that is best by what the ladder does not hold, and by ties."""
        market = self.market
        ranked = self._rank(face, list(market.table[market.ladder.goals :]))
        if ranked is None:
            return None
        ranked, is_proved = settle_ties(ranked, self.problem, market.columns, self.seed)
        chosen = self._chosen(ranked)
        return chosen if is_proved and market.rows.holds(chosen) else None

    def _chosen(self, face: Face) -> Bools:
        chosen = np.zeros(len(self.market.columns), dtype=np.bool_)
        chosen[face.column[face.incumbent]] = True
        return chosen

    def _begin(self, column: int) -> Bools | None:
        """Return the plan with a column put in, without whatever shares a row with it."""
        market = self.market
        chosen = market.chosen.copy()
        beside = np.zeros(len(chosen), dtype=np.bool_)
        rows = market.rows
        shared = np.isin(rows.row, rows.row[rows.column == column])
        beside[rows.column[shared]] = True
        chosen &= ~beside
        chosen[column] = True
        return chosen if market.rows.holds(chosen) else None
