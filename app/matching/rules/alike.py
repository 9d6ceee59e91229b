"""Which children a rule treats alike: what lets a rule be asked once for all of them.

Two children with one number get the same answer from `conflicts` with every family. So a rule is
asked for one child of each number; whoever wrote the rule says here what it looks at.
"""

import numpy as np

from app.matching.policy import Policy
from app.matching.problem import Bools, Ints, Problem


def everyone(problem: Problem, _policy: Policy) -> Ints:
    """Return one number for all: the rule looks at the family only."""
    return np.zeros(len(problem.children), dtype=np.int64)


def each_alone(problem: Problem, _policy: Policy) -> Ints:
    """Return a number for each child by itself: right for every rule, and the slowest."""
    return np.arange(len(problem.children), dtype=np.int64)


def alone_where(concerned: Bools) -> Ints:
    """Return 0 for all children but those concerned, who count by themselves, shape (n,)."""
    return np.where(concerned, np.arange(1, len(concerned) + 1), 0)
