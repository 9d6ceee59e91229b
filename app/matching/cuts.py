"""Rows that every plan in whole numbers keeps and a fractional one may break: they tighten bounds.

A row of places, say a group of two and three single children in a family of three places, lets a
relaxation take half a group. Two families of rows forbid most of that, drawn from the row itself
and nothing else (cover inequalities; Wolsey, Integer Programming, 9.3):

- of the columns that fill more than half a row, one at most;
- a column that leaves room for s others, and any s + 1 of those others: s + 1 at most.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from app.matching.problem import Floats, Ints
from app.matching.rows import Rows

_BROKEN = 1e-6


@dataclass(frozen=True, slots=True)
class Cut:
    """The sum of these columns, positions in the model's rows, is at most limit."""

    column: Ints
    limit: int


def find_cuts(rows: Rows, value: Floats) -> list[Cut]:
    """Return the cuts that a fractional solution breaks; value has shape (v,)."""
    order = np.argsort(rows.row, kind="stable")
    first = np.searchsorted(rows.row[order], np.arange(len(rows.lower) + 1))
    cuts: list[Cut] = []
    for row in _suspects(rows, value):
        entry = order[first[row] : first[row + 1]]
        cuts += _cuts_of(rows.column[entry], rows.coefficient[entry], int(rows.upper[row]), value)
    return cuts


def _suspects(rows: Rows, value: Floats) -> Ints:
    """Return the rows with room for something, a large column and a fractional one."""
    broken = (value > _BROKEN) & (value < 1 - _BROKEN)
    has_broken = np.bincount(rows.row[broken[rows.column]], minlength=len(rows.lower)) > 0
    largest = np.zeros(len(rows.lower), dtype=np.int64)
    smallest = np.zeros(len(rows.lower), dtype=np.int64)
    np.maximum.at(largest, rows.row, rows.coefficient)
    np.minimum.at(smallest, rows.row, rows.coefficient)
    is_room = np.isfinite(rows.upper) & (rows.upper >= 2) & (smallest >= 0)
    return np.flatnonzero(has_broken & is_room & (largest >= 2))


def _cuts_of(column: Ints, size: Ints, room: int, value: Floats) -> Iterator[Cut]:
    taken = value[column]
    large = 2 * size > room
    if taken[large].sum() > 1 + _BROKEN:
        yield Cut(column[large], 1)
    for others in range(max(room - int(size.max()), 0), room - 1):
        filling = size >= room - others
        small = np.flatnonzero(~filling & (size > 0))
        most = small[np.argsort(-taken[small], kind="stable")][: others + 1]
        used = taken[filling].sum()
        if used > _BROKEN and used + taken[most].sum() > others + 1 + _BROKEN:
            yield Cut(np.concatenate([column[filling], column[most]]), others + 1)
