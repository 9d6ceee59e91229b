"""Brothers and sisters that wait at the same time: which groups couple the choices of a plan."""

from dataclasses import dataclass

import numpy as np

from app.kernel.words import SiblingWish
from app.matching.problem import Bools, Ints, Problem

WISHES = tuple(SiblingWish)


@dataclass(frozen=True, slots=True)
class Siblings:
    """Sibling groups of two or more waiting children; a lone member is an ordinary child.

    of_child: group of each child, shape (n,), -1 for an ordinary child. size: waiting members,
    and wish: position in SiblingWish, of each group, shape (g,).
    """

    of_child: Ints
    size: Ints
    wish: Ints

    def has_wish(self, *wishes: SiblingWish) -> Bools:
        """Return which groups have one of these wishes, shape (g,); never for a lone member."""
        wanted = np.isin(self.wish, [WISHES.index(wish) for wish in wishes])
        return np.asarray(wanted & (self.size >= 2), dtype=np.bool_)

    def children_with_wish(self, *wishes: SiblingWish) -> Bools:
        """Return which children have such a wish with another waiting child, shape (n,)."""
        in_group = self.of_child >= 0
        result = np.zeros(len(self.of_child), dtype=np.bool_)
        result[in_group] = self.has_wish(*wishes)[self.of_child[in_group]]
        return result


def find_siblings(problem: Problem) -> Siblings:
    """Return the groups of a problem, with groups of one waiting child left out.

    A child that people have begun for no longer waits: see `settled.py` for what it still means.
    """
    group = np.where(problem.is_begun(), -1, problem.children.sibling_group)
    size = np.bincount(group[group >= 0], minlength=len(problem.groups)).astype(np.int64)
    counts = np.append(size, 0)[group] >= 2  # position -1 reads the 0 at the end
    return Siblings(np.where(counts, group, -1), size, problem.groups.wish)
