"""A plan as the placements it is made of, read from who goes where and nothing else."""

from dataclasses import dataclass

import numpy as np

from app.kernel.words import SiblingWish
from app.matching.problem import Bools, Ints, Problem
from app.matching.scored import ScoredPairs
from app.matching.settled import is_away
from app.matching.siblings import Siblings, find_siblings


@dataclass(frozen=True, slots=True)
class Placements:
    """Children that go somewhere, shape (e,): the pair of each, and whether its group is split.

    pair is a position in ScoredPairs. Both the columns of the model and a finished plan are read
    as placements, so that a goal needs one definition only.
    """

    pair: Ints
    split: Bools


def find_pairs(problem: Problem, pairs: ScoredPairs, family: Ints) -> Ints:
    """Return each child's pair with the family it goes to, shape (n,); -1 where there is none.

    family: position of each child's family, shape (n,), or -1.
    """
    homes = max(len(problem.families), 1)
    key = pairs.child * homes + pairs.family
    order = np.argsort(key, kind="stable")
    wanted = np.arange(len(family)) * homes + family
    if not len(key):
        return np.full(len(family), -1, dtype=np.int64)
    at = np.minimum(np.searchsorted(key[order], wanted), len(key) - 1)
    found = order[at]
    return np.where((family >= 0) & (key[found] == wanted), found, -1).astype(np.int64)


def read_placements(problem: Problem, pairs: ScoredPairs, family: Ints) -> Placements:
    """Return the placements of a plan; a child in a family that is no pair of it is left out."""
    pair = find_pairs(problem, pairs, family)
    return Placements(pair[pair >= 0], find_split(problem, family)[pair >= 0])


def find_whole_groups(problem: Problem, family: Ints) -> Ints:
    """Return the groups of two or more waiting children that are all in one family."""
    siblings = find_siblings(problem)
    return np.flatnonzero(_is_whole(siblings, family))


def find_split(problem: Problem, family: Ints) -> Bools:
    """Return which children `samen, tenzij` are not with all their brothers and sisters, (n,).

    Those who wait too, in a group that is not whole, and those who are settled in another family.
    """
    siblings = find_siblings(problem)
    whole = np.append(_is_whole(siblings, family), False)
    unless = siblings.children_with_wish(SiblingWish.TOGETHER_UNLESS)
    away = is_away(problem, np.arange(len(family), dtype=np.int64), family)
    return np.asarray((unless & ~whole[siblings.of_child]) | away, dtype=np.bool_)


def _is_whole(siblings: Siblings, family: Ints) -> Bools:
    whole = np.zeros(len(siblings.size), dtype=np.bool_)
    for group in np.flatnonzero(siblings.size >= 2):
        homes = family[siblings.of_child == group]
        whole[group] = homes[0] >= 0 and bool(np.all(homes == homes[0]))
    return whole
