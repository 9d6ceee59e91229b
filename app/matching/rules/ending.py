"""A place that ends before the child needs it is no place."""

import numpy as np

from app.matching.days import day_of_need
from app.matching.policy import Policy
from app.matching.problem import Bools, Floats, Ints, Problem
from app.matching.rules.phrases import count_days, in_words
from app.matching.rules.rule import Basis, Change, Rule


def _gap(problem: Problem, _policy: Policy, child: Ints, family: Ints) -> Floats:
    short = day_of_need(problem)[child] - problem.families.available_until[family]
    days = np.where(np.isnat(short), 0, short.astype(np.int64))
    return np.asarray(np.maximum(days, 0), dtype=np.float64)


def _conflicts(problem: Problem, _policy: Policy, child: Ints, family: Ints) -> Bools:
    # A place without an end (NaT) does not stop before anything.
    return np.asarray(problem.families.available_until[family] < day_of_need(problem)[child])


def _alike(problem: Problem, _policy: Policy) -> Ints:
    return day_of_need(problem).astype(np.int64)


def _sentence(problem: Problem, child: int, family: int) -> str:
    end = in_words(problem.families.available_until[family])
    return (
        f"De plaats is er maar tot en met {end}; "
        f"het kind heeft die nodig vanaf {in_words(day_of_need(problem)[child])}."
    )


RULE = Rule(
    code="beschikbaar_tot",
    label="plaats stopt te vroeg",
    basis=Basis.POLICY,
    source="Opgave van de aanbieder",
    conflicts=_conflicts,
    sentence=_sentence,
    alike=_alike,
    concern_for_network=True,
    change=Change(
        gap=_gap, burden=1 / 30, clause=lambda gap: f"de plaats {count_days(gap)} langer blijft"
    ),
)
