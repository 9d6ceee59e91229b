"""A child does not go where someone is settled with whom it may not live."""

from app.kernel.words import SiblingWish
from app.matching.policy import Policy
from app.matching.problem import Bools, Ints, Problem
from app.matching.rules.rule import Basis, Rule
from app.matching.settled import find_settled


def _conflicts(problem: Problem, _policy: Policy, child: Ints, family: Ints) -> Bools:
    apart = find_settled(problem).with_wish(SiblingWish.APART)
    return apart.has(child, family, len(problem.families))


def _listed(problem: Problem) -> tuple[Ints, Ints]:
    apart = find_settled(problem).with_wish(SiblingWish.APART)
    known = apart.family >= 0
    return apart.child[known], apart.family[known]


def _sentence(_problem: Problem, _child: int, _family: int) -> str:
    return "In dit gezin woont of komt al een kind met wie dit kind niet samen mag wonen."


RULE = Rule(
    code="apart_van_kind",
    label="daar is al een kind dat apart moet wonen",
    basis=Basis.SAFETY,
    source="Wens van het kind en de ouders, zoals aangemeld",
    conflicts=_conflicts,
    sentence=_sentence,
    listed=_listed,
)
