"""The place must begin in time: not later than the day of need plus the slack of the policy."""

import numpy as np

from app.matching.days import day_of_need, latest_start
from app.matching.policy import Policy
from app.matching.problem import Bools, Floats, Ints, Problem
from app.matching.rules.phrases import count_days, in_words
from app.matching.rules.rule import Basis, Change, Rule


def _gap(problem: Problem, policy: Policy, child: Ints, family: Ints) -> Floats:
    late = problem.families.available_from[family] - latest_start(problem, policy)[child]
    days = np.where(np.isnat(late), 0, late.astype(np.int64))
    return np.asarray(np.maximum(days, 0), dtype=np.float64)


def _conflicts(problem: Problem, policy: Policy, child: Ints, family: Ints) -> Bools:
    # A family that gives no day (NaT) is not later than anything.
    late = problem.families.available_from[family] > latest_start(problem, policy)[child]
    return np.asarray(late)


def _alike(problem: Problem, policy: Policy) -> Ints:
    return latest_start(problem, policy).astype(np.int64)


def _sentence(problem: Problem, child: int, family: int) -> str:
    start = in_words(problem.families.available_from[family])
    return (
        f"De plaats is pas vrij op {start}; "
        f"het kind heeft die nodig op {in_words(day_of_need(problem)[child])}."
    )


RULE = Rule(
    code="beschikbaar_vanaf",
    label="plaats komt te laat vrij",
    basis=Basis.POLICY,
    source="Speling per urgentie in het beleid",
    conflicts=_conflicts,
    sentence=_sentence,
    alike=_alike,
    concern_for_network=True,
    change=Change(
        gap=_gap,
        burden=1 / 30,
        clause=lambda gap: f"de plaats {count_days(gap)} eerder vrijkomt of het kind zo lang wacht",
    ),
)
