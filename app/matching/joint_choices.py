"""Choices of several children at once: a whole sibling group, or siblings who may not be parted."""

from dataclasses import dataclass

import numpy as np

from app.kernel.words import SiblingWish
from app.matching.choices import asks_siblings
from app.matching.policy import Policy
from app.matching.problem import Bools, Ints, Problem
from app.matching.scored import ScoredPairs
from app.matching.settled import bound_units, open_bonds
from app.matching.siblings import Siblings, find_siblings
from app.matching.slots import Slots

_MANY = 1_000_000  # more of one group than any family could take: no limit at all


@dataclass(frozen=True, slots=True)
class JointChoices:
    """Choices, shape (b,): family, and the group that each places whole (-1: part of a group).

    Of the children in them, shape (e,): column (position of the choice) and pair.
    """

    family: Ints
    whole_group: Ints
    column: Ints
    pair: Ints


def find_joint_choices(
    problem: Problem, pairs: ScoredPairs, policy: Policy, room: Slots
) -> JointChoices:
    """Return every choice that by itself keeps places, sibling limits and the policy's cap.

    room: places for children who do not come to a placed sibling.
    """
    siblings, groups = find_siblings(problem), len(problem.groups)
    found = [
        _complete(problem, pairs, room, of_child=label, is_within=chance <= policy.max_breakdown)
        for label, chance in (
            (_groups(problem, siblings), pairs.chance),
            (_units(problem, siblings), pairs.chance_split),
        )
    ]
    key = np.concatenate([found[0][1], found[1][1] + groups * len(problem.families)])
    keys, column = np.unique(key, return_inverse=True)
    label, family = np.divmod(keys, max(len(problem.families), 1))
    return JointChoices(
        family=family,
        whole_group=np.where(label < groups, label, -1),
        column=column.astype(np.int64),
        pair=np.concatenate([found[0][0], found[1][0]]),
    )


def is_bound(problem: Problem) -> Bools:
    """Return which children may not be parted from another waiting child, shape (n,)."""
    return np.asarray(np.isin(np.arange(len(problem.children)), open_bonds(problem)))


def siblings_room(problem: Problem, child: Ints, family: Ints) -> Ints:
    """Return how many of the child's group each family takes beside those begun there."""
    begun, group = problem.begun, problem.children.sibling_group
    size = max(len(problem.families), 1)
    there = (begun.family >= 0) & (group[begun.child] >= 0)
    keys, count = np.unique(
        group[begun.child[there]] * size + begun.family[there], return_counts=True
    )
    key = group[child] * size + family
    at = np.searchsorted(keys, key)
    known = np.append(keys, -1)[at] == key
    begun_there = np.where(known & (group[child] >= 0), np.append(count, 0)[at], 0)
    counts = (find_siblings(problem).of_child[child] >= 0) | (begun_there > 0)
    most = problem.families.max_siblings[family] - begun_there
    return np.asarray(np.where(counts, most, _MANY), dtype=np.int64)


def _groups(problem: Problem, siblings: Siblings) -> Ints:
    """Return each child's group where it may go whole, else -1, shape (n,)."""
    whole = siblings.children_with_wish(SiblingWish.TOGETHER, SiblingWish.TOGETHER_UNLESS)
    return _unbroken(problem, np.where(whole, siblings.of_child, -1))


def _units(problem: Problem, siblings: Siblings) -> Ints:
    """Return the unit of each child that may not be parted from another, else -1, shape (n,)."""
    bound = is_bound(problem) & (siblings.of_child >= 0)
    return _unbroken(problem, np.where(bound, bound_units(problem, open_bonds(problem)), -1))


def _unbroken(problem: Problem, label: Ints) -> Ints:
    """Return the labels without those under which two children may not live together."""
    one, other = label[problem.kept_apart].T
    return np.where(np.isin(label, one[one == other]), -1, label)


def _complete(
    problem: Problem, pairs: ScoredPairs, room: Slots, *, of_child: Ints, is_within: Bools
) -> tuple[Ints, Ints]:
    """Return the pairs of all who go together with a family that takes them, and label x family."""
    size = np.bincount(of_child[of_child >= 0], minlength=1)
    label = of_child[pairs.child]
    member = np.flatnonzero((label >= 0) & is_within)
    child, family, label = pairs.child[member], pairs.family[member], label[member]
    key = label * len(problem.families) + family
    _, bundle, count = np.unique(key, return_inverse=True, return_counts=True)
    needs = room.needs(child, family) * ~asks_siblings(problem, child, family)[:, None]
    use = np.zeros((len(count), needs.shape[1]), dtype=np.int64)
    np.add.at(use, bundle, needs.astype(np.int64))
    kept = count[bundle] == size[label]
    kept &= np.all((use[bundle] <= room.free[family]) | (use[bundle] == 0), axis=1)
    kept &= count[bundle] <= siblings_room(problem, child, family)
    return member[kept], key[kept]
