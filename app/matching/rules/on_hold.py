"""A sibling group with an open question is not proposed until a person has answered it."""

import numpy as np

from app.matching.policy import Policy
from app.matching.problem import Bools, Ints, Problem
from app.matching.rules.rule import Basis, Rule


def is_on_hold(problem: Problem) -> Bools:
    """Return per child whether its sibling group waits for an answer, shape (n,)."""
    group = problem.children.sibling_group
    # The extra last entry is what position -1 (no group) looks up.
    held = np.append(problem.groups.on_hold, False)
    return np.asarray(held[group])


def _conflicts(problem: Problem, _policy: Policy, child: Ints, _family: Ints) -> Bools:
    return is_on_hold(problem)[child]


def _sentence(_problem: Problem, _child: int, _family: int) -> str:
    return "Over de broers en zussen moet eerst een vraag worden beantwoord."


RULE = Rule(
    code="broers_zussen_navragen",
    label="vraag over broers en zussen staat open",
    basis=Basis.POLICY,
    source="Wens van het kind en de ouders, zoals aangemeld",
    conflicts=_conflicts,
    sentence=_sentence,
)
