"""Forcing a pair into a plan: the very plan of a full forced solve, or an honest "not proved"."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.matching.floors import Floor
from app.matching.limits import Limits
from app.matching.plan import Plan
from app.matching.policy import Policy
from app.matching.problem import Problem
from app.matching.resolve import CannotBeForced, resolve_with
from app.matching.scored import ScoredPairs
from app.matching.solve import solve
from app.matching.swaps.forcing import Forcer, make_forcer
from benchmarks.national import draw_problem
from tests.cases import cases
from tests.matching.regions import MAXIMAAL, PLACED, ZORGVULDIG, draw_region
from tests.matching.rich_regions import draw_rich_region

POLICIES = (MAXIMAAL, ZORGVULDIG, PLACED)


def check_every_pair(problem: Problem, pairs: ScoredPairs, policy: Policy) -> tuple[int, int]:
    """Compare every pair with a full forced solve; return how many were proved, and not."""
    base = solve(problem, pairs, policy)
    forcer = make_forcer(problem, pairs, policy, base.family, seed=0)
    if forcer is None:
        return 0, len(pairs)
    proved = 0
    for child, family in zip(pairs.child.tolist(), pairs.family.tolist(), strict=True):
        proved += check_pair(forcer, (problem, pairs, policy), base, (child, family))
    return proved, len(pairs) - proved


def check_pair(
    forcer: Forcer,
    asked: tuple[Problem, ScoredPairs, Policy],
    base: Plan,
    pair: tuple[int, int],
) -> bool:
    """Compare one pair; return whether it was proved."""
    try:
        found = forcer.force(*pair)
    except CannotBeForced:
        with pytest.raises(CannotBeForced):
            resolve_with(*asked, base, forced=[pair])
        return True
    if found is None:
        return False
    plan = resolve_with(*asked, base, forced=[pair])
    assert found.family.tolist() == plan.family.tolist(), pair
    return True


@cases(14, soak=40)
@given(st.integers(0, 10**6), st.integers(2, 14), st.integers(1, 8), st.sampled_from(POLICIES))
def test_a_forced_plan_is_that_of_a_full_solve(
    seed: int, kids: int, homes: int, policy: Policy
) -> None:
    """Of every pair: siblings of all wishes, wishes of pairs, more places, begun pairs, ties."""
    problem, pairs = (draw_rich_region if seed % 2 else draw_region)(seed, kids, homes)
    if len(pairs):
        check_every_pair(problem, pairs, policy)


def test_a_region_that_was_once_answered_wrong() -> None:
    """Narrowing what proves a plan after a pair is fixed lost the best one here."""
    problem, pairs = draw_rich_region(366, 14, 8)
    check_every_pair(problem, pairs, MAXIMAAL)


@pytest.mark.lang
def test_most_pairs_need_no_solve() -> None:
    """In a region with hardly any ties nine in ten are proved without one."""
    problem, pairs = draw_problem(40, 10, seed=3)
    proved, left = check_every_pair(problem, pairs, MAXIMAAL)
    assert proved >= 9 * left


def test_floors_are_left_to_a_full_solve() -> None:
    """Beyond what a floor asks more is no better, so that choices do not add up."""
    problem, pairs = draw_region(1, 9, 5)
    policy = replace(MAXIMAAL, limits=Limits(floors=(Floor("rolstoel", number=1),)))
    base = solve(problem, pairs, policy)
    assert make_forcer(problem, pairs, policy, base.family, seed=0) is None
