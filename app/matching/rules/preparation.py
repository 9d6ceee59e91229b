"""Carers must have completed their preparation."""

import numpy as np

from app.matching.policy import Policy
from app.matching.problem import Bools, Floats, Ints, Problem
from app.matching.rules.alike import everyone
from app.matching.rules.rule import Basis, Change, Rule


def _conflicts(problem: Problem, _policy: Policy, _child: Ints, family: Ints) -> Bools:
    return np.asarray(~problem.families.prepared[family])


def _sentence(_problem: Problem, _child: int, _family: int) -> str:
    return "Het gezin heeft de voorbereiding nog niet afgerond."


def _gap(problem: Problem, policy: Policy, child: Ints, family: Ints) -> Floats:
    return np.asarray(_conflicts(problem, policy, child, family), dtype=np.float64)


RULE = Rule(
    code="voorbereiding",
    label="voorbereiding niet afgerond",
    basis=Basis.LAW,
    source="Jeugdwet art. 5.1: voorbereiding van pleegouders",
    conflicts=_conflicts,
    sentence=_sentence,
    alike=everyone,
    concern_for_network=True,
    change=Change(
        gap=_gap, burden=3.0, clause=lambda _gap: "het gezin de voorbereiding heeft afgerond"
    ),
)
