"""Carers may prefer a boy or a girl; a child with gender x then does not fit either."""

import numpy as np

from app.kernel.words import GENDERS, GenderPreference
from app.matching.policy import Policy
from app.matching.problem import Bools, Floats, Ints, Problem
from app.matching.rules.rule import Basis, Change, Rule

PREFERENCES = tuple(GenderPreference)
# The gender (position in GENDERS) that each preference asks for; -1 asks for nothing.
WANTED = np.array(
    [-1 if p is GenderPreference.NONE else [g.value for g in GENDERS].index(p) for p in PREFERENCES]
)


def _conflicts(problem: Problem, _policy: Policy, child: Ints, family: Ints) -> Bools:
    wanted = WANTED[problem.families.gender_preference][family]
    return np.asarray((wanted >= 0) & (wanted != problem.children.gender[child]))


def _alike(problem: Problem, _policy: Policy) -> Ints:
    return problem.children.gender


def _sentence(problem: Problem, _child: int, family: int) -> str:
    wanted = PREFERENCES[problem.families.gender_preference[family]]
    return f"Het gezin heeft aangegeven alleen een {wanted} op te vangen."


def _gap(problem: Problem, policy: Policy, child: Ints, family: Ints) -> Floats:
    return np.asarray(_conflicts(problem, policy, child, family), dtype=np.float64)


RULE = Rule(
    code="geslacht",
    label="voorkeur van het gezin voor jongen of meisje",
    basis=Basis.POLICY,
    source="Opgave van het gezin",
    conflicts=_conflicts,
    sentence=_sentence,
    alike=_alike,
    concern_for_network=True,
    change=Change(
        gap=_gap,
        burden=2.0,
        clause=lambda _gap: "het gezin zijn voorkeur voor een jongen of meisje loslaat",
    ),
)
