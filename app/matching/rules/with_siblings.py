"""Where a brother or sister is settled who must stay together, the child goes there or nowhere."""

import numpy as np

from app.kernel.words import SiblingWish
from app.matching.policy import Policy
from app.matching.problem import Bools, Ints, Problem
from app.matching.rules.alike import alone_where
from app.matching.rules.rule import Basis, Rule
from app.matching.settled import find_settled


def _conflicts(problem: Problem, _policy: Policy, child: Ints, family: Ints) -> Bools:
    bound = find_settled(problem).with_wish(SiblingWish.TOGETHER)
    there = bound.has(child, family, len(problem.families))
    return np.asarray(bound.concerns(child) & ~there)


def _alike(problem: Problem, _policy: Policy) -> Ints:
    bound = find_settled(problem).with_wish(SiblingWish.TOGETHER)
    return alone_where(bound.concerns(np.arange(len(problem.children))))


def _sentence(_problem: Problem, _child: int, _family: int) -> str:
    return (
        "Een broer of zus met wie het kind samen moet blijven, woont al in een ander gezin of "
        "daar loopt de vraag al."
    )


RULE = Rule(
    code="bij_broer_of_zus",
    label="broer of zus woont in een ander gezin",
    basis=Basis.POLICY,
    source="Wens van het kind en de ouders, zoals aangemeld",
    conflicts=_conflicts,
    sentence=_sentence,
    alike=_alike,
)
