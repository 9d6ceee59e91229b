"""Brothers and sisters who are settled: placed already, or begun with a family.

Their family is a fact, so what it means for those who wait can be said per child and family.
"""

from dataclasses import dataclass

import numpy as np

from app.kernel.words import SiblingWish
from app.matching.problem import Bools, Ints, Problem

_WISHES = tuple(SiblingWish)
NEAR = (SiblingWish.TOGETHER, SiblingWish.TOGETHER_UNLESS)


@dataclass(frozen=True, slots=True)
class Settled:
    """One row a waiting child and a settled sibling (or other child to keep apart), shape (k,).

    family: where that one is. wish: position in SiblingWish. is_placed: it lives there; else
    people have begun with it.
    """

    child: Ints
    family: Ints
    wish: Ints
    is_placed: Bools

    def with_wish(self, *wishes: SiblingWish) -> "Settled":
        """Return the rows with one of these wishes."""
        kept = np.isin(self.wish, [_WISHES.index(wish) for wish in wishes])
        return Settled(self.child[kept], self.family[kept], self.wish[kept], self.is_placed[kept])

    def placed(self) -> "Settled":
        """Return the rows of those who are placed."""
        kept = self.is_placed
        return Settled(self.child[kept], self.family[kept], self.wish[kept], kept[kept])

    def concerns(self, child: Ints) -> Bools:
        """Return which of these children have a row, shape of child."""
        return np.isin(child, self.child)

    def has(self, child: Ints, family: Ints, homes: int) -> Bools:
        """Return for which pairs there is a row, in a shape that broadcasts to the positions.

        homes: how many families there are; family may be -1 for none.
        """
        if not len(self.child):  # as nearly always: then a country's pairs cost nothing here
            return np.zeros((1,) * max(child.ndim, family.ndim), dtype=np.bool_)
        keys = self.child * homes + self.family
        return np.asarray(np.isin(child * homes + family, keys) & (family >= 0))


def find_settled(problem: Problem) -> Settled:
    """Return all rows of a problem; children that people have begun for have none themselves."""
    placed = problem.placed_siblings
    if not len(placed) and not len(problem.begun):
        return Settled(placed.child, placed.family, placed.wish, placed.child.astype(np.bool_))
    rows = [
        np.column_stack([placed.child, placed.family, placed.wish, np.ones_like(placed.child)]),
        *_beside_begun(problem),
    ]
    found = np.concatenate(rows)
    child, family, wish, is_placed = found[~problem.is_begun()[found[:, 0]]].T
    return Settled(child, family, wish, is_placed.astype(np.bool_))


def is_away(problem: Problem, child: Ints, family: Ints) -> Bools:
    """Return where a child `samen, tenzij` would be away from its settled siblings.

    child, family: positions that broadcast; no family (-1) is away too.
    """
    near = find_settled(problem).with_wish(*NEAR)
    unless = near.with_wish(SiblingWish.TOGETHER_UNLESS)
    at_home = near.has(child, family, len(problem.families))
    return np.asarray(unless.concerns(child) & ~at_home)


def open_bonds(problem: Problem) -> Ints:
    """Return the pairs that may not be parted and for whom nobody has begun, shape (k, 2).

    Who is bound to a child that has a family goes there or nowhere, also when another bound to
    that child cannot.
    """
    return problem.kept_together[~problem.is_begun()[problem.kept_together].any(axis=1)]


def bound_units(problem: Problem, bonds: Ints) -> Ints:
    """Return for each child the first position of those that bonds tie it to, shape (n,)."""
    unit = np.arange(len(problem.children), dtype=np.int64)
    changed = True
    while changed:
        before = unit.copy()
        for one, other in bonds:
            unit[[one, other]] = min(unit[one], unit[other])
        changed = bool(np.any(unit != before))
    return unit


def _beside_begun(problem: Problem) -> list[Ints]:
    begun, group = problem.begun, problem.children.sibling_group
    unit = bound_units(problem, problem.kept_together)
    rows = [np.zeros((0, 4), dtype=np.int64)]
    for child, family in zip(begun.child.tolist(), begun.family.tolist(), strict=True):
        if family < 0:
            continue
        others = np.flatnonzero((group == group[child]) & (group >= 0))
        wish = np.full(len(others), problem.groups.wish[group[child]] if len(others) else 0)
        wish[unit[others] == unit[child]] = _WISHES.index(SiblingWish.TOGETHER)
        rows.append(_rows(others, family, wish))
        apart = np.append(
            problem.kept_apart[problem.kept_apart[:, 0] == child, 1],
            problem.kept_apart[problem.kept_apart[:, 1] == child, 0],
        )
        rows.append(_rows(apart, family, np.full(len(apart), _WISHES.index(SiblingWish.APART))))
    return rows


def _rows(child: Ints, family: int, wish: Ints) -> Ints:
    return np.column_stack([child, np.full_like(child, family), wish, np.zeros_like(child)])
