"""Weekends that may be the odd or the even ones, or are all of them: respite beside a placement.

A child that comes in one weekend of the two may be given either; one that comes in both keeps one
bed. Beside the five sums of `slots.py` two more say exactly whether all fit (ADR 0048): beds that
are free in both weekends hold all who come in both; and all weekends together are enough, one who
comes in both counting twice. Which weekend each child gets follows afterwards.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from app.kernel.words import RHYTHMS, Rhythm, SiblingWish

if TYPE_CHECKING:
    from app.matching.problem import Problem

AS_RHYTHM, EITHER, EVERY = range(3)
WEEKENDS = (Rhythm.ODD_WEEKENDS, Rhythm.EVEN_WEEKENDS)
ODD, EVEN = (RHYTHMS.index(rhythm) for rhythm in WEEKENDS)
# What a child takes: its rhythm's five columns, beds in both weekends, weekends in all.
_IN_BOTH, _IN_ALL = len(RHYTHMS), len(RHYTHMS) + 1
_FULL_TIME = 0
_APART = tuple(SiblingWish).index(SiblingWish.APART)


_NEEDED = {EITHER: "om het weekend, even of oneven", EVERY: "elk weekend"}


@dataclass(frozen=True, slots=True)
class Weekends:
    """need: of each child, shape (n,): AS_RHYTHM, EITHER or EVERY; the rhythm of the last two is
    that of the odd weekends, and means nothing. both: how many beds of each family, shape (m,),
    are free in odd and even weekends, among those that its part_places count.
    """

    need: NDArray[np.int64]
    both: NDArray[np.int64]


def check_weekends_of(problem: "Problem") -> None:
    """Raise ValueError where the two sums would not be exact, or do not fit the tables."""
    weekends = problem.weekends
    if weekends is None:
        return
    if len(problem.beds) or len(problem.begun) or np.any(problem.placed_siblings.wish != _APART):
        raise ValueError("free weekends beside unlike beds, begun pairs or siblings asked first")
    if len(weekends.need) != len(problem.children) or len(weekends.both) != len(problem.families):
        raise ValueError("Weekends has another length than its children or families")
    part = problem.families.part_places[:, [ODD - 1, EVEN - 1]].min(axis=1)
    if np.any(weekends.both > part) or np.any(weekends.both < 0):
        raise ValueError("Weekends.both counts beds that part_places do not")


def free_in_weekends(problem: "Problem") -> NDArray[np.int64]:
    """Return beds free in both weekends, and weekends in all, shape (m, 2), or (m, 0) without."""
    if problem.weekends is None:
        return np.zeros((len(problem.families), 0), dtype=np.int64)
    whole, part = problem.families.free_places, problem.families.part_places
    in_all = 2 * whole + part[:, ODD - 1] + part[:, EVEN - 1]
    return np.stack([whole + problem.weekends.both, in_all], axis=1)


def uses_of_weekends(problem: "Problem") -> NDArray[np.int64]:
    """Return what each child takes of every column, shape (n, 7); only where there are weekends."""
    weekends, rhythm = problem.weekends, problem.children.rhythm
    if weekends is None:
        raise ValueError("this problem has no free weekends")
    uses = np.zeros((len(rhythm), _IN_ALL + 1), dtype=np.int64)
    told = weekends.need == AS_RHYTHM
    uses[np.flatnonzero(told), rhythm[told]] = 1
    uses[told & (rhythm == _FULL_TIME), : _IN_BOTH + 1] = 1
    uses[np.ix_(weekends.need == EVERY, [ODD, EVEN, _IN_BOTH])] = 1
    uses[:, _IN_ALL] = uses[:, ODD] + uses[:, EVEN] + (weekends.need == EITHER)
    return uses


def needed_when(problem: "Problem", child: int) -> str:
    """Return in words when a child needs a place."""
    need = AS_RHYTHM if problem.weekends is None else int(problem.weekends.need[child])
    return str(_NEEDED.get(need, RHYTHMS[problem.children.rhythm[child]].value))
