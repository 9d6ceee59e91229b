"""An explicit no to a problem that the child has clearly or severely is respected."""

import numpy as np

from app.kernel.words import WILLINGNESS, Willingness
from app.matching.policy import Policy
from app.matching.problem import Bools, Ints, Problem
from app.matching.rules.bits import pack
from app.matching.rules.phrases import name_problems
from app.matching.rules.rule import Basis, Rule

UNWILLING = WILLINGNESS.index(Willingness.NO)
CLEAR = 2  # severity from which a no is hard; against a light problem it is a concern


def _conflicts(problem: Problem, _policy: Policy, child: Ints, family: Ints) -> Bools:
    need = pack(problem.children.severity >= CLEAR)[child]
    refused = pack(problem.families.willingness == UNWILLING)[family]
    return np.asarray(need & refused != 0)


def _alike(problem: Problem, _policy: Policy) -> Ints:
    return pack(problem.children.severity >= CLEAR)


def _sentence(problem: Problem, child: int, family: int) -> str:
    clash = (problem.children.severity[child] >= CLEAR) & (
        problem.families.willingness[family] == UNWILLING
    )
    named = name_problems(np.flatnonzero(clash).tolist())
    return f"Het gezin heeft nee gezegd tegen {named}, en dat speelt bij dit kind."


RULE = Rule(
    code="bereidheid",
    label="gezin zegt nee tegen een probleem van het kind",
    basis=Basis.POLICY,
    source="Opgave van het gezin; Strijker & Knorth 2018 over bereidheid van pleegouders",
    conflicts=_conflicts,
    sentence=_sentence,
    alike=_alike,
)
