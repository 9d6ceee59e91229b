"""The family must offer the form of care that the child needs."""

import numpy as np

from app.kernel.words import CARE_FORMS
from app.matching.policy import Policy
from app.matching.problem import Bools, Ints, Problem
from app.matching.rules.bits import pack
from app.matching.rules.phrases import enumerate_words
from app.matching.rules.rule import Basis, Rule


def _conflicts(problem: Problem, _policy: Policy, child: Ints, family: Ints) -> Bools:
    need = np.left_shift(np.int64(1), problem.children.care_form)[child]
    offer = pack(problem.families.forms)[family]
    return np.asarray(need & ~offer != 0)


def _alike(problem: Problem, _policy: Policy) -> Ints:
    return problem.children.care_form


def _sentence(problem: Problem, child: int, family: int) -> str:
    need = CARE_FORMS[problem.children.care_form[child]]
    offered = [CARE_FORMS[i].value for i in np.flatnonzero(problem.families.forms[family])]
    return f"Het kind heeft {need} nodig; het gezin biedt {enumerate_words(offered) or 'niets'}."


RULE = Rule(
    code="vorm",
    label="gezin biedt deze vorm niet",
    basis=Basis.POLICY,
    source="Opgave van het gezin; de verwachte duur wordt vooraf beoordeeld (Jeugdwet art. 5.1)",
    conflicts=_conflicts,
    sentence=_sentence,
    alike=_alike,
)
