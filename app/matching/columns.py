"""The choices a plan is made of: one child, or one whole sibling group, with one family."""

from dataclasses import dataclass

import numpy as np

from app.kernel.words import SiblingWish
from app.matching.choices import asks_siblings, room_for_others
from app.matching.joint_choices import find_joint_choices, is_bound, siblings_room
from app.matching.placements import Placements
from app.matching.policy import Policy
from app.matching.problem import Bools, Ints, Problem
from app.matching.scored import ScoredPairs
from app.matching.siblings import Siblings, find_siblings
from app.matching.slots import Slots


@dataclass(frozen=True, slots=True)
class Columns:
    """Choices, shape (v,): family, and the sibling group it places whole (-1: a single child).

    Of the children in them, shape (e,), sorted by column: column, child, and the placements.
    use: places that each column takes per rhythm and set of beds (`Slots`), shape (v, c), none
    where it comes to a placed sibling. room: how many each family has, shape (m, c). most_new: how
    many children one family may get at once, None for no such limit.
    """

    family: Ints
    whole_group: Ints
    column: Ints
    child: Ints
    placements: Placements
    use: Ints
    room: Ints
    most_new: int | None = None

    def __len__(self) -> int:
        return len(self.family)

    def sizes(self) -> Ints:
        """Return how many children each column places, shape (v,)."""
        return np.bincount(self.column, minlength=len(self)).astype(np.int64)

    def new_children(self) -> Ints:
        """Return what each column counts for against most_new, shape (v,), most_new at most."""
        return np.minimum(self.sizes(), self.most_new or 0)

    def most(self, worth: Ints, children: int) -> int:
        """Return what no plan can exceed: each child by the choice that counts most for it."""
        share = -(-worth // self.sizes())  # of each child in a column, rounded up
        best = np.zeros(children, dtype=np.int64)
        np.maximum.at(best, self.child, share[self.column])
        return int(best.sum())


def list_columns(problem: Problem, pairs: ScoredPairs, policy: Policy) -> Columns:
    """Return every choice that by itself keeps places, sibling limits and the policy's cap.

    A group `samen` has whole columns only; `samen, tenzij` has whole columns, and single ones (or
    one for siblings who may not be parted) at the chance of a split group.
    """
    siblings, room = find_siblings(problem), room_for_others(problem, pairs, policy)
    single = np.flatnonzero(_fits_single(problem, pairs, policy, siblings, room=room))
    joint = find_joint_choices(problem, pairs, policy, room)
    order = np.argsort(joint.column, kind="stable")
    pair = np.concatenate([single, joint.pair[order]])
    unless = siblings.children_with_wish(SiblingWish.TOGETHER_UNLESS)[pairs.child[single]]
    column = np.concatenate([np.arange(len(single)), joint.column[order] + len(single)])
    lone = np.full(len(single), -1, dtype=np.int64)
    part = joint.whole_group[joint.column[order]] < 0
    return Columns(
        family=np.concatenate([pairs.family[single], joint.family]),
        whole_group=np.concatenate([lone, joint.whole_group]),
        column=column,
        child=pairs.child[pair],
        placements=Placements(pair, np.append(unless, part)),
        use=_use(room, pairs, pair, column),
        room=room.free,
        most_new=policy.limits.most_new,
    )


def _use(room: Slots, pairs: ScoredPairs, pair: Ints, column: Ints) -> Ints:
    child, family = pairs.child[pair], pairs.family[pair]
    needs = room.needs(child, family) * ~asks_siblings(room.problem, child, family)[:, None]
    use = np.zeros((int(column.max(initial=-1)) + 1, needs.shape[1]), dtype=np.int64)
    np.add.at(use, column, needs.astype(np.int64))
    return use


def _fits_single(
    problem: Problem, pairs: ScoredPairs, policy: Policy, siblings: Siblings, *, room: Slots
) -> Bools:
    unless = siblings.children_with_wish(SiblingWish.TOGETHER_UNLESS)[pairs.child]
    together = siblings.children_with_wish(SiblingWish.TOGETHER)[pairs.child]
    bound = is_bound(problem)[pairs.child] & (siblings.of_child[pairs.child] >= 0)
    chance = np.where(unless, pairs.chance_split, pairs.chance)
    takes = siblings_room(problem, pairs.child, pairs.family) >= 1
    fits = room.fitting(pairs.child, pairs.family) >= 1
    fits |= asks_siblings(problem, pairs.child, pairs.family)
    return np.asarray(~together & ~bound & takes & fits & (chance <= policy.max_breakdown))
