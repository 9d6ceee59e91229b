"""Beds of a family more, fewer, or offered for more than they were: what a question supposes."""

import numpy as np

from app.kernel.words import RHYTHMS
from app.matching.beds import Beds
from app.matching.problem import Bools, Problem

_NAT = np.datetime64("NaT", "D")


def slots_of(rhythm: int) -> Bools:
    """Return the columns that a bed of one rhythm (position in RHYTHMS) is free in, shape (4,)."""
    at = np.arange(1, len(RHYTHMS))
    return np.asarray((at == rhythm) | (rhythm == 0))


def add_beds(problem: Problem, family: int, number: int, rhythm: int) -> Beds:
    """Return the beds with so many more, open to all forms of the family and without days."""
    more = Beds(
        np.full(number, family, dtype=np.int64),
        np.tile(problem.families.forms[family], (number, 1)),
        np.tile(slots_of(rhythm), (number, 1)),
        np.full(number, _NAT),
        np.full(number, _NAT),
    )
    return problem.beds.add(more)


def hold_back(beds: Beds, family: int, number: int, rhythm: int) -> Beds | None:
    """Return the beds without so many of one rhythm, those that offer most; None: too few."""
    free = (beds.slots == slots_of(rhythm)).all(axis=1)
    rows = np.flatnonzero((beds.family == family) & free).tolist()
    if len(rows) < number:
        return None

    def offers(row: int) -> tuple[int, bool, bool, int]:
        is_endless, is_open = np.isnat(beds.until[row]), np.isnat(beds.since[row])
        return int(beds.forms[row].sum()), bool(is_endless), bool(is_open), row

    gone = sorted(rows, key=offers)[len(rows) - number :]
    return beds.take(np.setdiff1d(np.arange(len(beds)), gone))


def open_bed(problem: Problem, family: int, child: int) -> Beds:
    """Return the beds with one of the family, the one that is free most, fit for this child too."""
    beds, kids = problem.beds, problem.children
    rows = np.flatnonzero(beds.family == family)
    row = rows[[int(np.argmax(beds.slots[rows].sum(axis=1)))]]
    forms, slots = beds.forms[row].copy(), beds.slots[row] | slots_of(int(kids.rhythm[child]))
    forms[:, kids.care_form[child]] = True
    return beds.change(row, forms=forms, slots=slots, since=_NAT, until=_NAT)
