"""A finished match for tests: a small problem with a plan given by hand."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from app.matching.explain import Case
from app.matching.pairs import find_pairs
from app.matching.plan import Plan, Proof
from app.matching.problem import Problem
from app.matching.risk.score import score
from app.matching.risk.weights import load_weights
from tests.matching.judge import POLICY

NOBODY = -1


def match(
    problem: Problem,
    family: Sequence[int],
    *,
    split: Sequence[int] = (),
    max_breakdown: float = 0.45,
) -> Case:
    """Return the case in which child c goes to family[c]; split lists children of split groups."""
    policy = replace(POLICY, max_breakdown=max_breakdown)
    pairs = find_pairs(problem, policy)
    plan = Plan(
        family=np.array(family, dtype=np.int64),
        split=tuple(child in split for child in range(len(family))),
        goals=(),
        proof=Proof.BOUNDED,
        solver="met de hand",
    )
    return Case(problem, pairs, score(problem, pairs, load_weights()), plan, policy)
