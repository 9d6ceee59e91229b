"""Placed without the brothers and sisters with whom the child should be."""

import numpy as np

from app.kernel.words import SiblingWish
from app.matching.problem import Bools, Ints, Problem
from app.matching.risk.at_scale import ByKind, every_child, every_family
from app.matching.risk.factor import Factor, Level, Measure, known
from app.matching.settled import find_settled
from app.matching.siblings import find_siblings

CODE = "broers_zussen_gesplitst"


def can_be_split(problem: Problem) -> Bools:
    """Return per child whether it has siblings, waiting or settled, `samen, tenzij`, shape (n,)."""
    waiting = find_siblings(problem).children_with_wish(SiblingWish.TOGETHER_UNLESS)
    settled = find_settled(problem).with_wish(SiblingWish.TOGETHER_UNLESS)
    return np.asarray(waiting | settled.concerns(np.arange(len(waiting))))


def _split(_problem: Problem, child: Ints, _family: Ints) -> Measure:
    # Zero: the group is whole. The score of a split group adds the whole weight (see score.py).
    return known(np.zeros(len(child)))


def _say_split(_problem: Problem, _child: int, _family: int, _value: float) -> str:
    return "Het kind komt niet bij al zijn broers en zussen te wonen."


FACTORS = (
    Factor(CODE, Level.PAIR, _split, _say_split, at_scale=ByKind(every_child, every_family)),
)
