"""The child's age must lie within the ages that the family takes."""

import numpy as np

from app.matching.policy import Policy
from app.matching.problem import Bools, Floats, Ints, Problem
from app.matching.rules.rule import Basis, Change, Rule


def _gap(problem: Problem, _policy: Policy, child: Ints, family: Ints) -> Floats:
    age = problem.age_in_years()[child]
    too_young = problem.families.min_age[family] - age
    too_old = age - problem.families.max_age[family]
    return np.asarray(np.maximum(np.maximum(too_young, too_old), 0), dtype=np.float64)


def _conflicts(problem: Problem, policy: Policy, child: Ints, family: Ints) -> Bools:
    return np.asarray(_gap(problem, policy, child, family) > 0)


def _alike(problem: Problem, _policy: Policy) -> Ints:
    return problem.age_in_years()


def _sentence(problem: Problem, child: int, family: int) -> str:
    families = problem.families
    return (
        f"Het gezin vangt kinderen op van {families.min_age[family]} tot en met "
        f"{families.max_age[family]} jaar; het kind is {problem.age_in_years()[child]} jaar."
    )


RULE = Rule(
    code="leeftijd",
    label="leeftijd past niet",
    basis=Basis.POLICY,
    source="Opgave van het gezin; de leeftijd wordt vooraf beoordeeld (Jeugdwet art. 5.1)",
    conflicts=_conflicts,
    sentence=_sentence,
    alike=_alike,
    concern_for_network=True,
    change=Change(
        gap=_gap, burden=1.0, clause=lambda gap: f"de leeftijdsgrens {gap:.0f} jaar ruimer mag"
    ),
)
