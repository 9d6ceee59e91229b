"""A family that was missing from its provider's last full export waits for confirmation."""

import numpy as np

from app.matching.policy import Policy
from app.matching.problem import Bools, Floats, Ints, Problem
from app.matching.rules.alike import everyone
from app.matching.rules.rule import Basis, Change, Rule


def _conflicts(problem: Problem, _policy: Policy, _child: Ints, family: Ints) -> Bools:
    return problem.families.needs_confirmation[family]


def _sentence(_problem: Problem, _child: int, _family: int) -> str:
    return "Het gezin stond niet in de laatste opgave; de aanbieder moet het eerst bevestigen."


def _gap(problem: Problem, policy: Policy, child: Ints, family: Ints) -> Floats:
    return np.asarray(_conflicts(problem, policy, child, family), dtype=np.float64)


RULE = Rule(
    code="navragen",
    label="aanbieder moet het gezin eerst bevestigen",
    basis=Basis.POLICY,
    source="Afspraak van de gezamenlijke toegang over volledige opgaven",
    conflicts=_conflicts,
    sentence=_sentence,
    alike=everyone,
    change=Change(
        gap=_gap, burden=0.5, clause=lambda _gap: "de aanbieder bevestigt dat het gezin er nog is"
    ),
)
