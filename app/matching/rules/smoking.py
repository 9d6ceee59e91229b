"""A child that needs a smoke-free home does not go to smokers."""

import numpy as np

from app.matching.policy import Policy
from app.matching.problem import Bools, Ints, Problem
from app.matching.rules.rule import Basis, Rule


def _conflicts(problem: Problem, _policy: Policy, child: Ints, family: Ints) -> Bools:
    return np.asarray(problem.children.needs_smoke_free[child] & problem.families.smokes[family])


def _alike(problem: Problem, _policy: Policy) -> Ints:
    return problem.children.needs_smoke_free.astype(np.int64)


def _sentence(_problem: Problem, _child: int, _family: int) -> str:
    return "Het kind heeft een rookvrij huis nodig en in het gezin wordt gerookt."


RULE = Rule(
    code="rookvrij",
    label="er wordt gerookt",
    basis=Basis.SAFETY,
    source="Gezondheid van het kind",
    conflicts=_conflicts,
    sentence=_sentence,
    alike=_alike,
    concern_for_network=True,
)
