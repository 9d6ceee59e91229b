"""A free place must be there in the rhythm in which the child needs it."""

import numpy as np

from app.kernel.words import RHYTHMS
from app.matching.choices import asks_siblings, may_ask_siblings
from app.matching.policy import Policy
from app.matching.problem import Bools, Floats, Ints, Problem
from app.matching.rules.alike import alone_where
from app.matching.rules.rule import Basis, Change, Rule
from app.matching.slots import count_open, has_rhythms, open_for
from app.matching.weekends import needed_when


def _conflicts(problem: Problem, _policy: Policy, child: Ints, family: Ints) -> Bools:
    if not has_rhythms(problem):
        return np.zeros((1, 1) if child.ndim > 1 else (1,), dtype=np.bool_)
    other = (open_for(problem, child, family) < 1) & (count_open(problem)[family] >= 1)
    return np.asarray(other & ~asks_siblings(problem, child, family))


def _alike(problem: Problem, _policy: Policy) -> Ints:
    alone = alone_where(may_ask_siblings(problem))
    rhythm = problem.children.rhythm
    if problem.weekends is not None:
        rhythm = np.where(problem.weekends.need > 0, len(RHYTHMS) + problem.weekends.need, rhythm)
    return alone * 2 * len(RHYTHMS) + rhythm


def _sentence(problem: Problem, child: int, _family: int) -> str:
    need = needed_when(problem, child)
    return f"Het gezin heeft wel een vrije plaats, maar niet in het ritme van het kind ({need})."


def _gap(problem: Problem, policy: Policy, child: Ints, family: Ints) -> Floats:
    return np.asarray(_conflicts(problem, policy, child, family), dtype=np.float64)


RULE = Rule(
    code="ritme",
    label="vrije plaats heeft een ander ritme",
    basis=Basis.POLICY,
    source="Opgave van de aanbieder en vraag bij de aanmelding",
    conflicts=_conflicts,
    sentence=_sentence,
    alike=_alike,
    # As with a place that is not there: a question to the provider, somewhat lighter.
    change=Change(
        gap=_gap, burden=3.0, clause=lambda _gap: "het gezin de plaats in dit ritme kan bieden"
    ),
)
