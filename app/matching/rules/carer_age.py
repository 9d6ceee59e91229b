"""Every carer is at least 21; only birth years are known, so the year of turning 21 passes."""

import numpy as np

from app.matching.policy import Policy
from app.matching.problem import Bools, Ints, Problem
from app.matching.rules.alike import everyone
from app.matching.rules.rule import Basis, Rule

LEAST_AGE = 21


def _conflicts(problem: Problem, _policy: Policy, _child: Ints, family: Ints) -> Bools:
    year = problem.snapshot_day.astype("datetime64[Y]").astype(np.int64) + 1970
    return np.asarray(problem.families.youngest_carer_born[family] > year - LEAST_AGE)


def _sentence(problem: Problem, _child: int, family: int) -> str:
    born = problem.families.youngest_carer_born[family]
    return f"Een pleegouder is geboren in {born} en is nog geen {LEAST_AGE} jaar."


RULE = Rule(
    code="leeftijd_pleegouder",
    label="pleegouder jonger dan 21",
    basis=Basis.LAW,
    source="Jeugdwet art. 5.1: pleegouders zijn ten minste 21 jaar",
    conflicts=_conflicts,
    sentence=_sentence,
    alike=everyone,
)
