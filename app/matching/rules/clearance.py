"""Carers need a valid clearance (verklaring van geen bezwaar, VGB)."""

import numpy as np

from app.matching.policy import Policy
from app.matching.problem import Bools, Floats, Ints, Problem
from app.matching.rules.alike import everyone
from app.matching.rules.phrases import in_words
from app.matching.rules.rule import Basis, Change, Rule


def _conflicts(problem: Problem, _policy: Policy, _child: Ints, family: Ints) -> Bools:
    # Written as "not valid", so that an unknown day (NaT) refuses too.
    return np.asarray(~(problem.families.clearance_until[family] >= problem.snapshot_day))


def _sentence(problem: Problem, _child: int, family: int) -> str:
    until = problem.families.clearance_until[family]
    if np.isnat(until):
        return "Het is niet bekend of het gezin een geldige VGB heeft."
    return f"De VGB van het gezin was geldig tot en met {in_words(until)} en is verlopen."


def _gap(problem: Problem, policy: Policy, child: Ints, family: Ints) -> Floats:
    return np.asarray(_conflicts(problem, policy, child, family), dtype=np.float64)


RULE = Rule(
    code="vgb",
    label="geen geldige VGB",
    basis=Basis.LAW,
    source="Jeugdwet art. 5.1: verklaring van geen bezwaar",
    conflicts=_conflicts,
    sentence=_sentence,
    alike=everyone,
    concern_for_network=True,
    # Renewing is an action, not a way around screening: until it is done the family stays refused.
    change=Change(gap=_gap, burden=3.0, clause=lambda _gap: "de VGB van het gezin is vernieuwd"),
)
