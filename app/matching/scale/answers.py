"""What one rule says, packed: one row for all children that it treats alike, one bit a family."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.matching.policy import Policy
from app.matching.problem import Bools, Ints, Problem
from app.matching.rules.alike import each_alone, everyone
from app.matching.rules.rule import Rule
from app.matching.scale.threads import chunks

Bytes = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Alike:
    """The children that a rule tells apart: one of each kind, and the kind of every child, (n,)."""

    first: Ints
    kind: Ints

    def __len__(self) -> int:
        return len(self.first)


@dataclass(frozen=True, slots=True)
class Answers:
    """What one rule says of each kind. open: a bit per column that is 1 where there is no
    conflict, shape (kinds, bytes). conflicts: number of families, shape (kinds,).
    """

    open: Bytes
    conflicts: Ints


def tell_apart(problem: Problem, policy: Policy, rule: Rule) -> Alike:
    """Return one child of each kind that the rule knows, and which kind every child is."""
    number = (rule.alike or each_alone)(problem, policy)
    if rule.alike is everyone or (number == number[0]).all():  # as with most rules on most days
        return Alike(np.zeros(1, dtype=np.int64), np.zeros_like(number))
    _, first, kind = np.unique(number, return_index=True, return_inverse=True)
    return Alike(first.astype(np.int64), kind.astype(np.int64))


def ask(problem: Problem, policy: Policy, rule: Rule, *, alike: Alike, columns: Ints) -> Answers:
    """Return what the rule's own code says of one child of each kind, with every family.

    columns: the families that still count, for which a bit is kept. An own network family is no
    exception here: see `open_pairs.py`.
    """
    kept, counts = [], []
    for part in chunks(len(alike), len(problem.families)):
        mask = conflicts_of(problem, policy, rule, alike.first[part])
        counts.append(np.count_nonzero(mask, axis=1))
        kept.append(np.packbits(~mask[:, columns], axis=1))
    return Answers(np.concatenate(kept), np.concatenate(counts).astype(np.int64))


def conflicts_of(problem: Problem, policy: Policy, rule: Rule, child: Ints) -> Bools:
    """Return the rule's conflicts of some children with every family, shape (children, m)."""
    families = np.arange(len(problem.families), dtype=np.int64)
    found = rule.conflicts(problem, policy, child[:, None], families[None, :])
    return fill(found, (len(child), len(families)))


def fill(found: Bools, shape: tuple[int, ...]) -> Bools:
    """Return an answer for positions that broadcast in its full shape, as a view."""
    return found if found.shape == shape else np.broadcast_to(found, shape)
