"""A family that pauses or has stopped is not asked."""

import numpy as np

from app.kernel.words import FamilyStatus
from app.matching.policy import Policy
from app.matching.problem import Bools, Ints, Problem
from app.matching.rules.alike import everyone
from app.matching.rules.rule import Basis, Rule

STATUSES = tuple(FamilyStatus)
ACTIVE = STATUSES.index(FamilyStatus.ACTIVE)


def _conflicts(problem: Problem, _policy: Policy, _child: Ints, family: Ints) -> Bools:
    return np.asarray(problem.families.status[family] != ACTIVE)


def _sentence(problem: Problem, _child: int, family: int) -> str:
    if STATUSES[problem.families.status[family]] is FamilyStatus.STOPPED:
        return "Het gezin is gestopt met pleegzorg."
    return "Het gezin heeft nu pauze."


RULE = Rule(
    code="status",
    label="gezin heeft pauze of is gestopt",
    basis=Basis.POLICY,
    source="Opgave van de aanbieder",
    conflicts=_conflicts,
    sentence=_sentence,
    alike=everyone,
)
