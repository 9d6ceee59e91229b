"""A proof in whole numbers that no plan is better, from the prices of a linear relaxation."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from app.matching.problem import Bools, Floats, Ints
from app.matching.rows import Rows

# Prices of such a model are whole numbers or small fractions, so a multiple of 1 .. 10 hits
# most of them exactly; what is no small fraction gets the finer grid.
COARSE = 5040
_LARGEST = 2.0**61


@dataclass(frozen=True, slots=True)
class Certificate:
    """Weak duality: value of any plan x scale <= bound + reduced . x - price x slack.

    Numbers are in steps of 1/scale of the goal. reduced: shape (v,), never above 0. price: shape
    (rows,). It holds for any prices at all, so the solver's tolerances cannot spoil the proof.
    """

    bound: int
    reduced: Ints
    price: Ints
    scale: int

    def gap(self, value: int) -> int:
        """Return what the bound leaves above a value, in steps of 1/scale."""
        return self.bound - value * self.scale

    def may_hold(self, value: int) -> Bools:
        """Return the columns that a plan of at least this value may use, shape (v,)."""
        return -self.reduced <= self.gap(value)

    def is_tight(self, value: int) -> Bools:
        """Return the rows that have no slack in any plan of at least this value."""
        return np.abs(self.price) > self.gap(value)  # slack is a whole number, so 1 or more


def certify(rows: Rows, worth: Ints, dual: Floats, child_row: Ints) -> Certificate:
    """Return the certificate with the least bound that these prices give."""
    found = [
        certify_at(rows, worth, dual, child_row, scale=scale)
        for scale in _scales(rows, worth, dual)
    ]
    return min(found, key=lambda c: (c.bound / c.scale, c.scale))


def _scales(rows: Rows, worth: Ints, dual: Floats) -> Iterator[int]:
    """Yield the coarse grid, and the finest that keeps every sum within 64 bits."""
    yield COARSE
    limit = np.where(np.isfinite(rows.upper), np.abs(rows.upper), np.abs(rows.lower))
    size = float(np.abs(dual) @ limit) + float(np.abs(worth).sum()) + 1.0
    size += float(np.abs(dual[rows.row]) @ np.abs(rows.coefficient))
    doublings = int(np.log2(_LARGEST / (size * COARSE)))
    if doublings > 0:
        yield COARSE << min(doublings, 30)


def certify_at(
    rows: Rows, worth: Ints, dual: Floats, child_row: Ints, *, scale: int
) -> Certificate:
    """Return the certificate of these prices, rounded to fractions of 1/scale."""
    price = np.rint(dual * scale).astype(np.int64)
    price[(price > 0) & np.isinf(rows.upper)] = 0
    price[(price < 0) & np.isinf(rows.lower)] = 0
    reduced = _reduced(rows, worth * scale, price)
    # A positive remainder is rounding: the child's own row takes it, which keeps the proof valid.
    rise = np.zeros_like(price)
    np.maximum.at(rise, child_row, np.maximum(reduced, 0))
    lifted = price + rise
    limit = np.where(lifted > 0, rows.upper, rows.lower)
    used = lifted != 0
    bound = int((lifted[used] * limit[used].astype(np.int64)).sum())
    return Certificate(bound, _reduced(rows, worth * scale, lifted), lifted, scale)


def _reduced(rows: Rows, worth: Ints, price: Ints) -> Ints:
    cost = np.zeros_like(worth)
    np.add.at(cost, rows.column, rows.coefficient * price[rows.row])
    return np.asarray(worth - cost, dtype=np.int64)
