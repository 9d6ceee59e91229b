"""A network family is there for the one child that it names."""

import numpy as np

from app.matching.policy import Policy
from app.matching.problem import Bools, Ints, Problem
from app.matching.rules.alike import alone_where
from app.matching.rules.rule import NETWORK, Basis, Rule

NOBODY = -1


def _conflicts(problem: Problem, _policy: Policy, child: Ints, family: Ints) -> Bools:
    meant_for = problem.families.for_child[family]
    bound = (problem.families.kind[family] == NETWORK) | (meant_for != NOBODY)
    return np.asarray(bound & (meant_for != child))


def _alike(problem: Problem, _policy: Policy) -> Ints:
    meant_for = problem.families.for_child
    return alone_where(np.isin(np.arange(len(problem.children)), meant_for))


def _sentence(_problem: Problem, _child: int, _family: int) -> str:
    return "Dit netwerkgezin is er alleen voor een ander kind."


RULE = Rule(
    code="netwerk_ander_kind",
    label="netwerkgezin van een ander kind",
    basis=Basis.POLICY,
    source="Opgave van de aanbieder: een netwerkgezin is er voor één kind",
    conflicts=_conflicts,
    sentence=_sentence,
    alike=_alike,
)
