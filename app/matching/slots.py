"""Beds and the rhythm in which they are used: what each child needs and what families have free.

A family has whole beds and beds for one rhythm only. Two children may share a whole bed in
different rhythms, and nobody changes beds. Five sums say exactly whether that fits: whole beds
hold all who come full time; and in each of the four rhythms whole beds and those of that rhythm
together hold all who come full time or in it. Hence five columns, those of RHYTHMS. Where the beds
of a family are unlike, more columns follow (`bed_sums.py`), and a child needs those that count it.
Where a child may come in either weekend two other columns follow (`weekends.py`).
"""

from dataclasses import dataclass
from typing import Self

import numpy as np

from app.kernel.words import RHYTHMS
from app.matching.bed_kinds import accepted, pin
from app.matching.bed_sums import BedSums, find_sums
from app.matching.policy import Policy
from app.matching.problem import Bools, Ints, Problem
from app.matching.weekends import free_in_weekends, uses_of_weekends

FULL_TIME = 0  # position in RHYTHMS; its column counts whole beds

_USES = np.eye(len(RHYTHMS), dtype=np.bool_)
_USES[FULL_TIME] = True
_NO_LIMIT = 1_000_000


@dataclass(frozen=True, slots=True)
class Slots:
    """What is free in each column, shape (m, c), and which columns a child needs in a family."""

    problem: Problem
    policy: Policy
    sums: BedSums
    free: Ints

    @classmethod
    def of(cls, problem: Problem, policy: Policy) -> Self:
        """Return what is free beside the pairs that are begun."""
        sums, begun = find_sums(problem), problem.begun
        more = (free_in_weekends(problem), sums.limit)
        whole = cls(problem, policy, sums, np.concatenate([_told(problem), *more], axis=1))
        held = begun.takes_place & (begun.family >= 0)
        return whole.keep(begun.child[held], begun.family[held])

    def needs(self, child: Ints, family: Ints) -> Bools | Ints:
        """Return what each pair needs of the columns, shape (..., c); positions that broadcast.

        Once where it needs a column; twice, as a number, only of weekends.
        """
        shape = np.broadcast_shapes(child.shape, family.shape)
        if self.problem.weekends is not None:
            uses = uses_of_weekends(self.problem)[child]
            return np.broadcast_to(uses, (*shape, uses.shape[-1]))
        rhythm = self.problem.children.rhythm[child]
        five = np.broadcast_to(_USES[rhythm], (*shape, len(RHYTHMS)))
        if not self.sums.limit.shape[1]:
            return five
        mask = self._counted(child, family, rhythm)[..., None]
        at = np.arange(self.sums.limit.shape[1])
        sets = self.sums.kinds[family[..., None], at, rhythm[..., None]]
        return np.concatenate([five, (mask != 0) & (mask & ~sets == 0)], axis=-1)

    def _counted(self, child: Ints, family: Ints, rhythm: Ints) -> Ints:
        """Return the kinds of bed that each pair counts for: all, where people settled on none."""
        kinds, mask = self.sums.of_kinds, self.uses(child, family)
        every = pin(kinds, (1 << kinds.count[family]) - 1, is_part=rhythm > 0, family=family)
        return np.where(mask == 0, every, mask)

    def uses(self, child: Ints, family: Ints) -> Ints:
        """Return the kinds of bed that each pair may use as bits; 0 where beds have no kinds."""
        return accepted(self.problem, self.policy, self.sums.of_kinds, (child, family))

    def has_bed(self, child: int, family: int) -> bool:
        """Return whether any bed, free or not, is of a kind that the child may use."""
        one, other = np.array([child]), np.array([family])
        return not self.sums.of_kinds.count[family] or bool(self.uses(one, other)[0])

    def keep(self, child: Ints, family: Ints) -> Self:
        """Return what is free besides these children, shape (k,).

        Where beds are unlike and these do not all fit, nobody else has a place.
        """
        free = self.free.copy()
        np.subtract.at(free, family, self.needs(child, family).astype(np.int64))
        too_many = (self.sums.of_kinds.count > 0) & (free < 0).any(axis=1)
        free[too_many] = 0
        return type(self)(self.problem, self.policy, self.sums, np.maximum(free, 0))

    def fitting(self, child: Ints, family: Ints, free: Ints | None = None) -> Ints:
        """Return how many children like this one fit in each family, for positions that broadcast.

        free: as self.free, which it is when left out.
        """
        room, needs = self.free if free is None else free, self.needs(child, family)
        if self.problem.weekends is not None:
            return _fit(room[family], np.asarray(needs, dtype=np.int64))
        return np.asarray(np.where(needs, room[family], _NO_LIMIT).min(axis=-1))

    def count_like(self, child: int, family: int) -> int:
        """Return how many children like this one fit in a family: `fitting` of one pair."""
        if self.sums.limit.shape[1]:
            return int(self.fitting(np.array([child]), np.array([family]))[0])
        room: list[int] = self.free[family].tolist()
        rhythm = int(self.problem.children.rhythm[child])
        return min(room) if rhythm == FULL_TIME else room[rhythm]

    def left(self, family: Ints) -> Ints:
        """Return what a plan leaves in each column, shape (m, c); below 0 where it asks more.

        family: position of each child's family, shape (n,), or -1.
        """
        left, child = self.free.copy(), np.flatnonzero(family >= 0)
        np.subtract.at(left, family[child], self.needs(child, family[child]).astype(np.int64))
        return left


def _fit(room: Ints, use: Ints) -> Ints:
    return np.asarray(np.where(use > 0, room // np.maximum(use, 1), _NO_LIMIT).min(axis=-1))


def open_slots(problem: Problem) -> Ints:
    """Return what is free in each of the five columns beside the begun pairs, shape (m, 5)."""
    free, begun = _told(problem), problem.begun
    held = begun.takes_place & (begun.family >= 0)
    needs = _USES[problem.children.rhythm[begun.child[held]]].astype(np.int64)
    np.subtract.at(free, begun.family[held], needs)
    return np.asarray(np.maximum(free, 0), dtype=np.int64)


def _told(problem: Problem) -> Ints:
    homes = problem.families
    whole = homes.free_places[:, None]
    return np.concatenate([whole, whole + homes.part_places], axis=1)


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
    if problem.weekends is not None:
        free = np.concatenate([_told(problem), free_in_weekends(problem)], axis=1)
        return _fit(free[family], uses_of_weekends(problem)[child])
    return np.asarray(by_rhythm(open_slots(problem))[family, problem.children.rhythm[child]])


def count_open(problem: Problem) -> Ints:
    """Return how many beds are open in at least one rhythm, shape (m,)."""
    return np.asarray(open_slots(problem).max(axis=1, initial=0), dtype=np.int64)
