"""A family without a free place is not asked."""

import numpy as np

from app.matching.policy import Policy
from app.matching.problem import Bools, Floats, Ints, Problem
from app.matching.rules.phrases import count_places
from app.matching.rules.rule import Basis, Change, Rule


def _conflicts(problem: Problem, _policy: Policy, _child: Ints, family: Ints) -> Bools:
    return np.asarray(problem.families.free_places[family] < 1)


def _sentence(_problem: Problem, _child: int, _family: int) -> str:
    return "Het gezin heeft geen vrije plaats."


def _gap(problem: Problem, _policy: Policy, _child: Ints, family: Ints) -> Floats:
    short = 1 - problem.families.free_places[family]
    return np.asarray(np.maximum(short, 0), dtype=np.float64)


RULE = Rule(
    code="plaats",
    label="geen vrije plaats",
    basis=Basis.POLICY,
    source="Opgave van de aanbieder",
    conflicts=_conflicts,
    sentence=_sentence,
    # A question to the provider: until the place is really offered, the family stays full.
    change=Change(
        gap=_gap,
        burden=4.0,
        clause=lambda gap: f"het gezin {count_places(gap)} meer kan bieden",
    ),
)
