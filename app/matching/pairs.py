"""From problem to eligible pairs: every child with every family that no hard rule refuses."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from app.matching.policy import Policy
from app.matching.problem import Bools, Ints, Problem
from app.matching.rules import RULES
from app.matching.rules.rule import Rule
from app.matching.scale.open_pairs import find_open_pairs

# Cells of one block of children × families: a mask of one megabyte, whatever the region's size.
BLOCK_CELLS = 1_000_000
# Children × families up to which asking every rule for every pair is as quick: some milliseconds.
FEW_CELLS = 50_000


@dataclass(frozen=True, slots=True)
class EligiblePairs:
    """Pairs that no hard rule refuses, and how often each rule refused.

    child, family: positions, shape (k,), sorted by (child, family). refused: shape
    (n children, n rules): how many families each rule refuses for each child; a family that
    several rules refuse counts for each of them. rules: the columns of refused.
    """

    child: Ints
    family: Ints
    refused: Ints
    rules: tuple[Rule, ...]

    def __len__(self) -> int:
        return len(self.child)

    def families_of(self, child: int) -> Ints:
        """Return the positions of the families open to one child, ascending."""
        first, last = np.searchsorted(self.child, [child, child + 1])
        return self.family[first:last]


def find_pairs(
    problem: Problem,
    policy: Policy,
    *,
    rules: Sequence[Rule] = RULES,
    within_km: float | None = None,
) -> EligiblePairs:
    """Return the eligible pairs of a problem: each rule is asked once for all it treats alike.

    within_km: a shortlist without pairs that are known to lie further apart. Distance is no hard
    rule, so a plan over a shortlist must be priced against the others.
    """
    if within_km is None and len(problem.children) * len(problem.families) <= FEW_CELLS:
        return find_pairs_by_rule(problem, policy, rules=rules)
    child, family, refused = find_open_pairs(problem, policy, rules, within_km=within_km)
    return EligiblePairs(child, family, refused, tuple(rules))


def find_pairs_by_rule(
    problem: Problem, policy: Policy, *, rules: Sequence[Rule] = RULES
) -> EligiblePairs:
    """Return the same, every rule asked for every child and family: what find_pairs must equal."""
    refused = np.zeros((len(problem.children), len(rules)), dtype=np.int64)
    pairs = [np.zeros((0, 2), dtype=np.int64)]
    for block in _blocks(problem):
        is_open = np.ones((len(block), len(problem.families)), dtype=np.bool_)
        for column, rule in enumerate(rules):
            mask = _refused(problem, policy, rule, block)
            refused[block, column] = mask.sum(axis=1)
            is_open &= ~mask
        row, family = np.nonzero(is_open)
        pairs.append(np.column_stack([block[row], family]))
    found = np.concatenate(pairs)
    return EligiblePairs(found[:, 0].copy(), found[:, 1].copy(), refused, tuple(rules))


def refusals_of(
    problem: Problem, policy: Policy, child: int, *, rules: Sequence[Rule] = RULES
) -> Bools:
    """Return which rules refuse which families for one child, shape (n rules, m families)."""
    block = np.array([child], dtype=np.int64)
    return np.concatenate([_refused(problem, policy, rule, block) for rule in rules])


def _blocks(problem: Problem) -> Iterator[Ints]:
    size = max(1, BLOCK_CELLS // max(1, len(problem.families)))
    for first in range(0, len(problem.children), size):
        yield np.arange(first, min(first + size, len(problem.children)), dtype=np.int64)


def _refused(problem: Problem, policy: Policy, rule: Rule, block: Ints) -> Bools:
    """Return the mask of one rule over a block, shape (block, m), as a view where it can be."""
    families = np.arange(len(problem.families), dtype=np.int64)
    found = rule.refuses(problem, policy, block[:, None], families[None, :])
    return np.broadcast_to(found, (len(block), len(families)))
