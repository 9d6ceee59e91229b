"""A sibling group with an open question is not proposed until a person has answered it."""

import numpy as np

from app.matching.policy import Policy
from app.matching.problem import Bools, Floats, Ints, Problem
from app.matching.rules.rule import Basis, Change, Rule


def is_on_hold(problem: Problem) -> Bools:
    """Return per child whether its sibling group waits for an answer, shape (n,)."""
    group = problem.children.sibling_group
    # The extra last entry is what position -1 (no group) looks up.
    held = np.append(problem.groups.on_hold, False)
    return np.asarray(held[group])


def _conflicts(problem: Problem, _policy: Policy, child: Ints, _family: Ints) -> Bools:
    return is_on_hold(problem)[child]


def _alike(problem: Problem, _policy: Policy) -> Ints:
    return is_on_hold(problem).astype(np.int64)


def _sentence(_problem: Problem, _child: int, _family: int) -> str:
    return "Over de broers en zussen moet eerst een vraag worden beantwoord."


def _gap(problem: Problem, policy: Policy, child: Ints, family: Ints) -> Floats:
    return np.asarray(_conflicts(problem, policy, child, family), dtype=np.float64)


RULE = Rule(
    code="broers_zussen_navragen",
    label="vraag over broers en zussen staat open",
    basis=Basis.POLICY,
    source="Wens van het kind en de ouders, zoals aangemeld",
    conflicts=_conflicts,
    sentence=_sentence,
    alike=_alike,
    # The awaited answer is the change; it is the lightest of all, and nobody can pass it by.
    change=Change(
        gap=_gap, burden=0.1, clause=lambda _gap: "de vraag over de broers en zussen is beantwoord"
    ),
)
