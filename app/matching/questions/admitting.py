"""What would have to change for one refused pair to become possible, rule by rule."""

from dataclasses import dataclass

import numpy as np

from app.matching.explain.case import Case
from app.matching.questions.asking import ASKED_OF_NO, name_refused
from app.matching.rules import RULES
from app.matching.rules.phrases import enumerate_words
from app.matching.rules.rule import Rule


@dataclass(frozen=True, slots=True)
class Admission:
    """The smallest change that would admit a pair: what must give way of every rule that refuses.

    rules: their codes. is_negotiable: people can bring all of it about.
    """

    rules: tuple[str, ...]
    sentence: str
    is_negotiable: bool


def find_admission(case: Case, child: int, family: int) -> Admission:
    """Return what would admit a pair that at least one rule refuses."""
    one, other = np.array([child], dtype=np.int64), np.array([family], dtype=np.int64)
    refusing = [r for r in RULES if r.refuses(case.problem, case.policy, one, other).any()]
    fixed = [rule.label for rule in refusing if not _gives_way(rule)]
    clauses = [f"als {_clause(case, rule, child, family)}" for rule in refusing if _gives_way(rule)]
    return Admission(
        rules=tuple(rule.code for rule in refusing),
        sentence=_sentence(clauses, fixed),
        is_negotiable=not fixed,
    )


def _gives_way(rule: Rule) -> bool:
    return rule.change is not None or rule.code == ASKED_OF_NO


def _clause(case: Case, rule: Rule, child: int, family: int) -> str:
    if rule.change is None:
        named = name_refused(case.problem, child, family)
        return f"het gezin, met steun, toch ja zegt tegen {named}"
    one, other = np.array([child], dtype=np.int64), np.array([family], dtype=np.int64)
    gap = rule.change.gap(case.problem, case.policy, one, other)
    return rule.change.clause(float(np.max(gap)))


def _sentence(clauses: list[str], fixed: list[str]) -> str:
    if not fixed:
        return f"Dit gezin komt in beeld, {enumerate_words(clauses)}."
    verb = "staat" if len(fixed) == 1 else "staan"
    blocked = f"Daarover valt niet te praten: in de weg {verb} {enumerate_words(fixed)}."
    if not clauses:
        return blocked
    return f"{blocked} Daarnaast moet het zo zijn dat: {enumerate_words(clauses)}."
