"""A family without a free place is not asked."""

import numpy as np

from app.matching.policy import Policy
from app.matching.problem import Bools, Ints, Problem
from app.matching.rules.rule import Basis, Rule


def _conflicts(problem: Problem, _policy: Policy, _child: Ints, family: Ints) -> Bools:
    return np.asarray(problem.families.free_places[family] < 1)


def _sentence(_problem: Problem, _child: int, _family: int) -> str:
    return "Het gezin heeft geen vrije plaats."


RULE = Rule(
    code="plaats",
    label="geen vrije plaats",
    basis=Basis.POLICY,
    source="Opgave van de aanbieder",
    conflicts=_conflicts,
    sentence=_sentence,
)
