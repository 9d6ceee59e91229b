"""A child in a wheelchair needs a home where it can move."""

import numpy as np

from app.matching.policy import Policy
from app.matching.problem import Bools, Ints, Problem
from app.matching.rules.rule import Basis, Rule


def _conflicts(problem: Problem, _policy: Policy, child: Ints, family: Ints) -> Bools:
    needed = problem.children.needs_wheelchair[child]
    return np.asarray(needed & ~problem.families.wheelchair[family])


def _alike(problem: Problem, _policy: Policy) -> Ints:
    return problem.children.needs_wheelchair.astype(np.int64)


def _sentence(_problem: Problem, _child: int, _family: int) -> str:
    return "Het kind gebruikt een rolstoel en het huis is daar niet geschikt voor."


RULE = Rule(
    code="rolstoel",
    label="huis niet geschikt voor een rolstoel",
    basis=Basis.SAFETY,
    source="Toegankelijkheid van het huis volgens de aanbieder",
    conflicts=_conflicts,
    sentence=_sentence,
    alike=_alike,
    concern_for_network=True,
)
