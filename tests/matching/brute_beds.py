"""The judge's part on unlike beds: every bed is tried for every child, in words of its own."""

from math import isnan

import numpy as np

from app.matching.policy import Policy
from app.matching.problem import Problem

ALWAYS = frozenset({1, 2, 3, 4})
Bed = tuple[int, frozenset[int]]


def may_have(problem: Problem, policy: Policy, child: int, bed: int) -> bool:
    kids, beds = problem.children, problem.beds
    need = max(kids.needed_from[child], problem.snapshot_day)
    if not beds.forms[bed, kids.care_form[child]]:
        return False
    latest = need + np.timedelta64(policy.slack_days[kids.urgency[child]], "D")
    if beds.since[bed] > latest:
        return False
    months = float(kids.expected_months[child])
    stay = 0 if isnan(months) else int(np.ceil(months * 365.25 / 12))
    return not beds.until[bed] < need + np.timedelta64(stay, "D")


def fits(
    problem: Problem, policy: Policy, home: int, *, fixed: list[int], others: list[int]
) -> bool:
    """Whether others have beds of their own beside those fixed, who may have any bed at need."""
    if not others:
        return True
    beds = np.flatnonzero(problem.beds.family == home).tolist()
    free = {bed: frozenset(np.flatnonzero(problem.beds.slots[bed]) + 1) for bed in beds}
    asks = []
    for child in [*fixed, *others]:
        rhythm = int(problem.children.rhythm[child])
        when = frozenset({rhythm}) if rhythm else ALWAYS
        mine = [b for b in beds if when <= free[b] and may_have(problem, policy, child, b)]
        asks.append((beds if child in fixed and not mine else mine, when))
    return _seat(free, asks)


def _seat(free: dict[int, frozenset[int]], asks: list[tuple[list[int], frozenset[int]]]) -> bool:
    if not asks:
        return True
    (mine, when), rest = asks[0], asks[1:]
    return any(when <= free[bed] and _seat({**free, bed: free[bed] - when}, rest) for bed in mine)
