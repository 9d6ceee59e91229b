"""Placed without the brothers and sisters with whom the child should be."""

import numpy as np

from app.kernel.words import SiblingWish
from app.matching.problem import Bools, Ints, Problem
from app.matching.risk.factor import Factor, Level, Measure, known

CODE = "broers_zussen_gesplitst"
WISHES = tuple(SiblingWish)


def can_be_split(problem: Problem) -> Bools:
    """Return per child whether its group is `samen, tenzij`, shape (n,)."""
    unless = problem.groups.wish == WISHES.index(SiblingWish.TOGETHER_UNLESS)
    # The extra last entry is what position -1 (no group) looks up.
    return np.asarray(np.append(unless, False)[problem.children.sibling_group])


def _split(_problem: Problem, child: Ints, _family: Ints) -> Measure:
    # Zero: the group is whole. The score of a split group adds the whole weight (see score.py).
    return known(np.zeros(len(child)))


def _say_split(_problem: Problem, _child: int, _family: int, _value: float) -> str:
    return "Het kind komt niet bij al zijn broers en zussen te wonen."


FACTORS = (Factor(CODE, Level.PAIR, _split, _say_split),)
