"""A child with an allergy does not go where that animal lives."""

import numpy as np

from app.matching.policy import Policy
from app.matching.problem import Bools, Ints, Problem
from app.matching.rules.bits import pack
from app.matching.rules.phrases import enumerate_words
from app.matching.rules.rule import Basis, Rule


def _conflicts(problem: Problem, _policy: Policy, child: Ints, family: Ints) -> Bools:
    allergic = pack(problem.children.allergies)[child]
    kept = pack(problem.families.pets)[family]
    return np.asarray(allergic & kept != 0)


def _alike(problem: Problem, _policy: Policy) -> Ints:
    return pack(problem.children.allergies)


def _sentence(problem: Problem, child: int, family: int) -> str:
    clash = problem.children.allergies[child] & problem.families.pets[family]
    named = enumerate_words([problem.pets[i] for i in np.flatnonzero(clash)])
    return f"Het kind is allergisch en er is een huisdier in het gezin ({named})."


RULE = Rule(
    code="allergie",
    label="allergie voor een huisdier van het gezin",
    basis=Basis.SAFETY,
    source="Gezondheid van het kind",
    conflicts=_conflicts,
    sentence=_sentence,
    alike=_alike,
    concern_for_network=True,
)
