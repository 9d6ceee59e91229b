"""The choices a plan is made of: one child, or one whole sibling group, with one family."""

from dataclasses import dataclass

import numpy as np

from app.kernel.words import SiblingWish
from app.matching.placements import Placements
from app.matching.policy import Policy
from app.matching.problem import Bools, Ints, Problem
from app.matching.scored import ScoredPairs
from app.matching.siblings import Siblings, find_siblings


@dataclass(frozen=True, slots=True)
class Columns:
    """Choices, shape (v,): family, and the sibling group it places whole (-1: a single child).

    Of the children in them, shape (e,), sorted by column: column, child, and the placements.
    """

    family: Ints
    whole_group: Ints
    column: Ints
    child: Ints
    placements: Placements

    def __len__(self) -> int:
        return len(self.family)

    def sizes(self) -> Ints:
        """Return how many children each column places, shape (v,)."""
        return np.bincount(self.column, minlength=len(self)).astype(np.int64)

    def most(self, worth: Ints, children: int) -> int:
        """Return what no plan can exceed: each child by the choice that counts most for it."""
        share = -(-worth // self.sizes())  # of each child in a column, rounded up
        best = np.zeros(children, dtype=np.int64)
        np.maximum.at(best, self.child, share[self.column])
        return int(best.sum())


def list_columns(problem: Problem, pairs: ScoredPairs, policy: Policy) -> Columns:
    """Return every choice that by itself keeps places, sibling limits and the policy's cap.

    A group `samen` has whole columns only; `samen, tenzij` has whole columns, and single ones at
    the chance of a split group.
    """
    siblings = find_siblings(problem)
    single = np.flatnonzero(_fits_single(problem, pairs, policy, siblings))
    split = siblings.children_with_wish(SiblingWish.TOGETHER_UNLESS)[pairs.child[single]]
    member, whole = _whole_members(problem, pairs, policy, siblings)
    key, first, column = np.unique(whole, return_index=True, return_inverse=True)
    lone = np.full(len(single), -1, dtype=np.int64)
    order = np.argsort(column, kind="stable")
    pair = np.concatenate([single, member[order]])
    return Columns(
        family=np.concatenate([pairs.family[single], pairs.family[member[first]]]),
        whole_group=np.concatenate([lone, key // max(len(problem.families), 1)]),
        column=np.concatenate([np.arange(len(single)), column[order] + len(single)]),
        child=pairs.child[pair],
        placements=Placements(pair, np.append(split, np.zeros(len(member), dtype=np.bool_))),
    )


def _fits_single(problem: Problem, pairs: ScoredPairs, policy: Policy, siblings: Siblings) -> Bools:
    homes = problem.families
    unless = siblings.children_with_wish(SiblingWish.TOGETHER_UNLESS)[pairs.child]
    together = siblings.children_with_wish(SiblingWish.TOGETHER)[pairs.child]
    has_siblings = siblings.of_child[pairs.child] >= 0
    chance = np.where(unless, pairs.chance_split, pairs.chance)
    takes = ~has_siblings | (homes.max_siblings[pairs.family] >= 1)
    room = homes.free_places[pairs.family] >= 1
    return np.asarray(~together & takes & room & (chance <= policy.max_breakdown))


def _whole_members(
    problem: Problem, pairs: ScoredPairs, policy: Policy, siblings: Siblings
) -> tuple[Ints, Ints]:
    """Return the pairs of every group with a family that can take it whole, and group x family."""
    homes = problem.families
    group = siblings.of_child[pairs.child]
    whole = siblings.children_with_wish(SiblingWish.TOGETHER, SiblingWish.TOGETHER_UNLESS)
    broken = _groups_kept_apart(problem, siblings)
    fits = whole[pairs.child] & (pairs.chance <= policy.max_breakdown) & ~broken[group]
    member = np.flatnonzero(fits)
    key = group[member] * len(homes) + pairs.family[member]
    _, inverse, count = np.unique(key, return_inverse=True, return_counts=True)
    size = siblings.size[group[member]]
    family = pairs.family[member]
    limit = np.minimum(homes.max_siblings, homes.free_places)[family]
    kept = (count[inverse] == size) & (size <= limit)
    return member[kept], key[kept]


def _groups_kept_apart(problem: Problem, siblings: Siblings) -> Bools:
    """Return which groups hold two children who may not live together, shape (g + 1,)."""
    broken = np.zeros(len(problem.groups) + 1, dtype=np.bool_)
    one, other = siblings.of_child[problem.kept_apart].T
    broken[one[(one == other) & (one >= 0)]] = True
    return broken
