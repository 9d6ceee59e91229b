"""A family without a free place is not asked, except for a child whose sibling lives there."""

import numpy as np

from app.matching.choices import asks_siblings, may_ask_siblings
from app.matching.policy import Policy
from app.matching.problem import Bools, Floats, Ints, Problem
from app.matching.rules.alike import alone_where
from app.matching.rules.phrases import count_places
from app.matching.rules.rule import Basis, Change, Rule
from app.matching.slots import count_open


def _conflicts(problem: Problem, _policy: Policy, child: Ints, family: Ints) -> Bools:
    full = count_open(problem)[family] < 1
    return np.asarray(full & ~asks_siblings(problem, child, family))


def _alike(problem: Problem, _policy: Policy) -> Ints:
    return alone_where(may_ask_siblings(problem))


def _sentence(_problem: Problem, _child: int, _family: int) -> str:
    return "Het gezin heeft geen vrije plaats."


def _gap(problem: Problem, policy: Policy, child: Ints, family: Ints) -> Floats:
    # Without an open bed it misses exactly one.
    return np.asarray(_conflicts(problem, policy, child, family), dtype=np.float64)


RULE = Rule(
    code="plaats",
    label="geen vrije plaats",
    basis=Basis.POLICY,
    source="Opgave van de aanbieder",
    conflicts=_conflicts,
    sentence=_sentence,
    alike=_alike,
    # A question to the provider: until the place is really offered, the family stays full.
    change=Change(
        gap=_gap,
        burden=4.0,
        clause=lambda gap: f"het gezin {count_places(gap)} meer kan bieden",
    ),
)
