"""What is left to choose: not for children that people have begun for, and siblings asked first.

Where a brother or sister is placed, that family is asked first, also without a free place (a
request). So such a child has that one choice until it is answered, and a place there is kept for
it; it never takes a place that the family does not have.
"""

from collections import defaultdict

import numpy as np

from app.matching.policy import Policy
from app.matching.problem import Bools, Ints, Problem
from app.matching.scored import ScoredPairs
from app.matching.settled import NEAR, find_settled
from app.matching.slots import Slots


def open_choices(problem: Problem, pairs: ScoredPairs, policy: Policy) -> ScoredPairs:
    """Return the pairs that a plan may choose from."""
    first = first_asked(problem, pairs, policy)[pairs.child]
    kept = ~problem.is_begun()[pairs.child] & ((first < 0) | (first == pairs.family))
    if kept.all():
        return pairs
    return pairs.kept(kept)


def first_asked(problem: Problem, pairs: ScoredPairs, policy: Policy) -> Ints:
    """Return the family of a placed sibling that each child is asked for first, -1 none, (n,).

    Only within the policy's limit. Of several the one that is open to most of the group, then by
    chance, provider and number.
    """
    first = np.full(len(problem.children), -1, dtype=np.int64)
    asks = asks_siblings(problem, pairs.child, pairs.family)
    at = np.flatnonzero(asks & (pairs.chance <= policy.max_breakdown))
    at = at[~problem.is_begun()[pairs.child[at]]]
    for child, home in _in_order(problem, pairs, at):
        if first[child] < 0:
            first[child] = home
    return first


def _in_order(problem: Problem, pairs: ScoredPairs, at: Ints) -> list[tuple[int, int]]:
    """Return child and family of these pairs, what most of a group can ask in front."""
    group, homes = problem.children.sibling_group, problem.families
    own = np.where(group >= 0, group, -1 - np.arange(len(group)))  # alone is a group too
    asked: dict[tuple[int, int], list[int]] = defaultdict(list)
    for pair in at.tolist():
        asked[int(own[pairs.child[pair]]), int(pairs.family[pair])].append(pair)

    def rank(key: tuple[int, int]) -> tuple[int, float, str, str]:
        chance = float(pairs.chance[asked[key]].sum())
        return -len(asked[key]), chance, homes.provider[key[1]], homes.reference[key[1]]

    return [(int(pairs.child[p]), key[1]) for key in sorted(asked, key=rank) for p in asked[key]]


def asks_siblings(problem: Problem, child: Ints, family: Ints) -> Bools:
    """Return which pairs bring a child to a placed sibling, in the shape of the positions."""
    near = find_settled(problem).placed().with_wish(*NEAR)
    return near.has(child, family, len(problem.families))


def may_ask_siblings(problem: Problem) -> Bools:
    """Return which children have a placed sibling near whom they should live, shape (n,)."""
    near = find_settled(problem).placed().with_wish(*NEAR)
    return near.concerns(np.arange(len(problem.children), dtype=np.int64))


def room_for_others(problem: Problem, pairs: ScoredPairs, policy: Policy) -> Slots:
    """Return what is open to children who do not come to a placed sibling."""
    first = first_asked(problem, pairs, policy)
    asked = np.flatnonzero(first >= 0)
    return Slots.of(problem, policy).keep(asked, first[asked])


def find_requests(problem: Problem, policy: Policy, family: Ints) -> Bools:
    """Return which children of a plan are asked for without a free place, shape (n,).

    Of several who come to placed siblings in one family those who wait longest get its places.
    """
    children = np.arange(len(family), dtype=np.int64)
    asks = asks_siblings(problem, children, family)
    slots = Slots.of(problem, policy)
    left = slots.left(np.where(asks, -1, family))
    days, number = problem.waiting_days(), problem.children.number
    requests = np.zeros(len(family), dtype=np.bool_)
    for child in sorted(np.flatnonzero(asks).tolist(), key=lambda c: (-days[c], number[c])):
        home = family[child]
        needs = slots.needs(children[[child]], family[[child]])[0]
        requests[child] = bool(np.any(left[home] < needs)) or not slots.has_bed(child, home)
        if not requests[child]:
            left[home] -= needs
    return requests
