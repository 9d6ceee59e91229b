"""A finished match of a drawn region, ready for questions: chances as drawn, not as scored."""

from dataclasses import replace

import numpy as np

from app.matching.explain.case import Case
from app.matching.pairs import EligiblePairs
from app.matching.plan import Plan
from app.matching.policy import Policy
from app.matching.problem import Problem
from app.matching.risk.score import score
from app.matching.risk.weights import load_weights
from app.matching.rules import RULES
from app.matching.scored import ScoredPairs
from app.matching.solve import solve


def case_of(problem: Problem, pairs: ScoredPairs, policy: Policy, plan: Plan | None = None) -> Case:
    """The case of a problem with these scored pairs, solved unless a plan is given."""
    refused = np.zeros((len(problem.children), len(RULES)), dtype=np.int64)
    eligible = EligiblePairs(pairs.child, pairs.family, refused, RULES)
    scores = replace(score(problem, eligible, load_weights()), scored=pairs)
    made = solve(problem, pairs, policy) if plan is None else plan
    return Case(problem, eligible, scores, made, policy)
