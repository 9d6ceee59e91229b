"""Beds and the rhythm in which they are used: what each child needs and what families have free.

A family has whole beds and beds for one rhythm only. Two children may share a whole bed in
different rhythms, and nobody changes beds. Five sums say exactly whether that fits: whole beds
hold all who come full time; and in each of the four rhythms whole beds and those of that rhythm
together hold all who come full time or in it. Hence five columns, those of RHYTHMS.
"""

import numpy as np

from app.kernel.words import RHYTHMS
from app.matching.problem import Bools, Ints, Problem

FULL_TIME = 0  # position in RHYTHMS; its column counts whole beds

_USES = np.eye(len(RHYTHMS), dtype=np.bool_)
_USES[FULL_TIME] = True


def slot_needs(problem: Problem) -> Bools:
    """Return which columns each child uses, shape (n, 5)."""
    return np.asarray(_USES[problem.children.rhythm], dtype=np.bool_)


def open_slots(problem: Problem) -> Ints:
    """Return what is free in each column beside the pairs that are begun, shape (m, 5)."""
    homes, begun = problem.families, problem.begun
    whole = homes.free_places[:, None]
    free = np.concatenate([whole, whole + homes.part_places], axis=1)
    held = begun.takes_place & (begun.family >= 0)
    needs = slot_needs(problem)[begun.child[held]].astype(np.int64)
    np.subtract.at(free, begun.family[held], needs)
    return np.asarray(np.maximum(free, 0), dtype=np.int64)


def by_rhythm(slots: Ints) -> Ints:
    """Return how many children of one rhythm fit in slots (m, 5), shape (m, 5)."""
    fit = slots.copy()
    fit[:, FULL_TIME] = slots.min(axis=1)
    return fit


def has_rhythms(problem: Problem) -> bool:
    """Return whether anybody comes, or any bed is free, in one rhythm only."""
    return bool(problem.children.rhythm.any() or problem.families.part_places.any())


def open_for(problem: Problem, child: Ints, family: Ints) -> Ints:
    """Return how many children of this child's rhythm fit, for positions that broadcast."""
    return np.asarray(by_rhythm(open_slots(problem))[family, problem.children.rhythm[child]])


def count_open(problem: Problem) -> Ints:
    """Return how many beds are open in at least one rhythm, shape (m,)."""
    return np.asarray(open_slots(problem).max(axis=1, initial=0), dtype=np.int64)


def room_left(problem: Problem, family: Ints) -> Ints:
    """Return what a plan leaves open in each column, shape (m, 5); below 0 where it asks more.

    family: position of each child's family, shape (n,), or -1.
    """
    left = open_slots(problem)
    placed = family >= 0
    np.subtract.at(left, family[placed], slot_needs(problem)[placed].astype(np.int64))
    return left
