"""A part of all plans with prices that bound it: what a plan of this part loses, choice by choice.

For every plan of the part, in steps of 1/SCALE of the ladder, exactly:
    loss against the best plan = sum of cost of its columns + price x slack of the rows - gap.
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.matching.certificate import Certificate, certify_at
from app.matching.face import Face, first_face
from app.matching.optimise import close_gap, nearest, try_near
from app.matching.pricing import Priced, relax_priced
from app.matching.problem import Bools, Floats, Ints
from app.matching.rows import Rows
from app.matching.swaps.ladder import GRID, SCALE, Ranked, sum_by
from app.matching.swaps.lookup import Lookup
from app.matching.swaps.market import Market

_EXACT = 2.0**52
_BROKEN = 1e-6
_ROUNDS = 5
_MARGIN = 1_000  # steps of the last goals: a thousandth of a breakdown
_LESS = 24


@dataclass(frozen=True, slots=True)
class Leaf:
    """A part of the plans. open: the columns that it may use, shape (v,). must: which rows of the
    market (of children) every plan of it fills, shape (r,). chosen: a good plan.

    price: per row, 0 or more; rows: those of the market and cuts. cost: per column, 0 or more where
    open. gap, value: what the bound of the part and its plan are above the best plan of all; below
    0 where they are worse. broken: the values of the relaxation where it left a gap, else None.
    """

    open: Bools
    must: Bools
    chosen: Bools
    rows: Rows
    lookup: Lookup
    price: Ranked
    cost: Ranked
    gap: complex
    value: complex
    broken: Floats | None


@dataclass(frozen=True, slots=True)
class Part:
    """Plans that use these columns only and fill these rows; chosen: one of them to begin with."""

    open: Bools
    must: Bools
    chosen: Bools


def price_leaf(market: Market, part: Part, seed: int) -> Leaf | None:
    """Return a part of the plans with its prices; None where numbers do not fit.

    The plan of the part is improved unless it is the market's own, which is the best.
    """
    walk = _Walk(market, part, seed)
    last = market.ladder.stretches[-1]
    for stretch in market.ladder.stretches:
        if not walk.take(stretch.worth, stretch.step, is_last=stretch is last):
            break
    return walk.leaf()


class _Walk:
    """Down the stretches of the ladder, each on the face that the one before left."""

    def __init__(self, market: Market, part: Part, seed: int) -> None:
        self.market, self.part, self.seed = market, part, seed
        self.is_best = bool(np.array_equal(part.chosen, market.chosen))
        face = replace(first_face(market.couplings), incumbent=part.chosen)
        self.face: Face = face.keep(part.open, face.rows.tightened(part.must))
        self.rows, self.price = market.rows, np.zeros(len(market.rows.lower), np.complex128)
        self.broken: Floats | None = None

    def take(self, worth: Ints, step: complex, *, is_last: bool) -> bool:
        """Price one stretch; False when the relaxation stays above the best plan."""
        mine = worth[self.face.column]
        if not mine.any():
            return True
        unit = int(np.gcd.reduce(mine))
        mine = mine // unit
        priced = relax_priced(self.face, mine, self.seed)
        self._take_cuts(priced.face)
        found = certify_at(priced.face.rows, mine, priced.price, priced.face.child_row, scale=GRID)
        before = self.price
        self.price = before + step * unit * 2 * found.price
        face = self._improved(priced, mine, found, is_last=is_last)
        value = int(mine[face.incumbent].sum())
        if found.gap(value):
            self.broken = np.zeros(len(worth))
            self.broken[face.column] = priced.value
            self.face = face
            return False
        if is_last:
            self.face = face
            price = self._tell_apart(priced, mine, found.price)
            size = len(self.price)
            self.price = _padded(before, size) + step * unit * 2 * _padded(price, size)
            return True
        kept = found.may_hold(value)
        self.face = face.keep(kept, face.rows.tightened(found.is_tight(value)))
        return True

    def _tell_apart(self, priced: Priced, worth: Ints, price: Ints) -> Ints:
        """Return prices at which choices beside the plan cost a margin, as many as can.

        The plan stays the best when each of those is made a little more attractive, so that prices
        exist at which they lose at least that. What is used nevertheless gets less of a margin.
        """
        face, columns = self.face, self.market.columns
        chosen = face.column[face.incumbent]
        keep = np.zeros(len(self.market.row_of_child), dtype=np.int64)
        keep[columns.child[np.isin(columns.column, chosen)]] = _MARGIN
        margin = np.where(face.incumbent, 0, _MARGIN)
        row = self.market.row_of_child
        for _ in range(_ROUNDS):
            many = np.zeros(len(columns), dtype=np.int64)
            np.add.at(many, columns.column, keep[columns.child])
            raised = worth + margin - many[face.column]
            priced = relax_priced(face, raised, self.seed, before=priced)
            self._take_cuts(priced.face)
            face = replace(face, rows=priced.face.rows)
            found = certify_at(face.rows, raised, priced.price, face.child_row, scale=GRID)
            if not found.gap(int(raised[face.incumbent].sum())):
                price = found.price.copy()
                placed = np.flatnonzero(keep)
                price[row[placed]] += GRID * keep[placed]
                return price
            used = (priced.value > _BROKEN) & ~face.incumbent
            margin[used] //= _LESS
            value = np.zeros(len(columns))
            value[face.column] = priced.value
            held = np.bincount(columns.child, value[columns.column], minlength=len(keep))
            keep[held < 1 - _BROKEN] //= _LESS
        return price

    def _improved(self, priced: Priced, worth: Ints, found: Certificate, *, is_last: bool) -> Face:
        face = priced.face
        if self.is_best:
            return face
        if is_last:
            return try_near(priced, worth, nearest(priced, found), self.seed)
        return close_gap(priced, worth, found, self.seed)[0]

    def _take_cuts(self, face: Face) -> None:
        fresh = face.rows.row >= len(self.rows.lower)
        more = len(face.rows.lower) - len(self.rows.lower)
        if not more:
            return
        self.rows = Rows(
            row=np.append(self.rows.row, face.rows.row[fresh]),
            column=np.append(self.rows.column, face.column[face.rows.column[fresh]]),
            coefficient=np.append(self.rows.coefficient, face.rows.coefficient[fresh]),
            lower=np.append(self.rows.lower, face.rows.lower[-more:]),
            upper=np.append(self.rows.upper, face.rows.upper[-more:]),
        )
        self.price = np.append(self.price, np.zeros(more, np.complex128))

    def leaf(self) -> Leaf | None:
        """Return the part with its prices made valid for all of its columns."""
        market, rows = self.market, self.rows
        must = np.append(self.part.must, np.zeros(len(rows.lower) - len(self.part.must), np.bool_))
        price = np.where((self.price < 0) & ~must, 0, self.price)
        cost = reduced_cost(rows, market.ladder.worth, price)
        rise = np.zeros_like(price)
        low = np.flatnonzero(self.part.open & (cost < 0))
        np.maximum.at(rise, market.child_row[low], -cost[low])
        if len(low):
            price = price + rise
            cost = reduced_cost(rows, market.ladder.worth, price)
        if not _is_exact(rows, price):
            return None
        bound = complex((price * rows.upper).sum())
        chosen = np.zeros(len(cost), dtype=np.bool_)
        chosen[self.face.column[self.face.incumbent]] = True
        worth = market.ladder.worth
        best = complex(worth[market.chosen].sum())
        gap, value = bound - SCALE * best, SCALE * (complex(worth[chosen].sum()) - best)
        return Leaf(
            self.part.open,
            self.part.must,
            chosen,
            rows,
            Lookup(rows, len(cost)),
            price,
            cost,
            gap,
            value,
            self.broken,
        )


def _padded(price: NDArray[Any], size: int) -> NDArray[Any]:
    return np.append(price, np.zeros(size - len(price), price.dtype))


def reduced_cost(rows: Rows, worth: Ranked, price: Ranked) -> Ranked:
    """Return what each column pays to the rows less what it is worth, shape (v,)."""
    paid = price[rows.row] * rows.coefficient
    return sum_by(rows.column, paid, len(worth)) - SCALE * worth


def _is_exact(rows: Rows, price: Ranked) -> bool:
    paid = np.abs(rows.coefficient)
    for word in (price.real, price.imag):
        if np.abs(word) @ np.abs(rows.upper) >= _EXACT:
            return False
        if np.bincount(rows.column, paid * np.abs(word[rows.row])).max(initial=0) >= _EXACT / 4:
            return False
    return True


def pick_split(leaf: Leaf, sizes: Ints) -> int | None:
    """Return the column to split a part on: broken in its relaxation, large ones first."""
    if leaf.broken is None:
        return None
    value = leaf.broken
    broken = np.flatnonzero((value > _BROKEN) & (value < 1 - _BROKEN))
    if not len(broken):
        return None
    order = np.lexsort((np.abs(value[broken] - 0.5), -sizes[broken]))
    return int(broken[order[0]])


def split(market: Market, part: Part, column: int) -> tuple[Part, Part]:
    """Return the plans of a part that hold a column, and those that do not."""
    columns = market.columns
    members = columns.child[columns.column == column]
    theirs = np.zeros(len(columns), dtype=np.bool_)
    theirs[columns.column[np.isin(columns.child, members)]] = True
    held, bare, must = part.open & ~theirs, part.open.copy(), part.must.copy()
    held[column], bare[column] = True, False
    must[market.row_of_child[members]] = True
    chosen = part.chosen & held
    if not part.chosen[column]:
        chosen &= ~_beside(market.rows, column)
        chosen[column] = True
    return Part(held, must, chosen), Part(bare, part.must, part.chosen & bare)


def _beside(rows: Rows, column: int) -> Bools:
    """Return which columns share a row with this one, shape (v,)."""
    found = np.zeros(int(rows.column.max()) + 1, dtype=np.bool_)
    found[rows.column[np.isin(rows.row, rows.row[rows.column == column])]] = True
    return found
