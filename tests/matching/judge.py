"""What the rules say of one child and one family, for tests."""

from datetime import date

import numpy as np

from app.matching.pairs import refusals_of
from app.matching.policy import Policy
from app.matching.problem import Problem
from app.matching.rules import RULES
from app.matching.rules.rule import Rule
from tests.matching.build import build_problem
from tests.matching.rows import Row

POLICY = Policy(
    name="proef",
    version="1",
    valid_from=date(2026, 1, 1),
    goals=("geplaatst",),
    max_breakdown=0.45,
    leave_within_days=14,
    slack_days=(0, 7, 28),
    text="",
)


def pair(child: Row, family: Row) -> Problem:
    """Return a problem of one child and one family."""
    return build_problem(children=[child], families=[family])


def refusing(problem: Problem, child: int = 0, family: int = 0) -> set[str]:
    """Return the codes of the rules that refuse a pair."""
    found = refusals_of(problem, POLICY, child)[:, family]
    return {rule.code for rule, refuses in zip(RULES, found, strict=True) if refuses}


def rule(code: str) -> Rule:
    """Return a rule by its code."""
    return next(rule for rule in RULES if rule.code == code)


def concerns(problem: Problem, code: str) -> bool:
    """Return whether a rule is a concern of the first pair."""
    first = np.zeros(1, dtype=np.int64)
    return bool(rule(code).concerns(problem, POLICY, first, first).any())


def sentence(problem: Problem, code: str) -> str:
    """Return what a rule says of the first pair."""
    return rule(code).sentence(problem, 0, 0)
