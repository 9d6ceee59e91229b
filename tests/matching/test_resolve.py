"""Solving again with forced and forbidden pairs: the same exactness as solving from scratch."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.matching.plan import Proof
from app.matching.policy import Policy
from app.matching.problem import Problem
from app.matching.resolve import CannotBeForced, Pair, resolve_with, restrict
from app.matching.scored import ScoredPairs
from app.matching.solve import solve
from tests.cases import cases
from tests.matching.brute_fixed import Fixed
from tests.matching.brute_force import Families, is_valid, list_plans, rank_key
from tests.matching.build import build_problem
from tests.matching.placing import families
from tests.matching.regions import MAXIMAAL, PLACED, ZORGVULDIG, all_pairs, draw_region


def _best_with(
    problem: Problem, pairs: ScoredPairs, policy: Policy, *, forced: Pair
) -> Families | None:
    child, home = forced
    fixed = Fixed(problem, pairs, policy)
    plans = [
        plan
        for plan in list_plans(problem, pairs)
        if plan[child] == home and is_valid(problem, pairs, policy, plan) and fixed.allows(plan)
    ]
    return min(plans, key=lambda plan: rank_key(problem, pairs, policy, plan), default=None)


@cases(20, soak=60)
@given(
    st.integers(0, 10**6),
    st.integers(2, 5),
    st.integers(1, 4),
    st.sampled_from((MAXIMAAL, ZORGVULDIG, PLACED)),
)
def test_forced_pair_equals_brute_force(seed: int, kids: int, homes: int, policy: Policy) -> None:
    """The plan with a pair forced is the best of all plans that hold it, or there is none."""
    problem, pairs = draw_region(seed, kids, homes)
    if not len(pairs):
        return
    at = seed % len(pairs)
    forced = (int(pairs.child[at]), int(pairs.family[at]))
    base = solve(problem, pairs, policy)
    best = _best_with(problem, pairs, policy, forced=forced)
    if best is None:
        with pytest.raises(CannotBeForced):
            resolve_with(problem, pairs, policy, base, forced=[forced])
    else:
        plan = resolve_with(problem, pairs, policy, base, forced=[forced])
        assert families(plan) == best
        assert plan.proof is Proof.OPTIMAL
        assert tuple(goal.code for goal in plan.goals) == tuple(g.code for g in base.goals)


@cases(7, soak=20)
@given(st.integers(0, 10**6), st.integers(2, 30))
def test_forbidden_pair_is_solving_without_it(seed: int, kids: int) -> None:
    """Forbidding a pair gives the plan that solving without the pair gives."""
    problem, pairs = draw_region(seed, kids, kids // 2)
    base = solve(problem, pairs, MAXIMAAL)
    placed = np.flatnonzero(base.family >= 0)
    if not len(placed):
        return
    child = int(placed[seed % len(placed)])
    forbidden = [(child, int(base.family[child]))]
    plan = resolve_with(problem, pairs, MAXIMAAL, base, forbidden=forbidden)
    fresh = solve(problem, restrict(pairs, forbidden=forbidden), MAXIMAAL)
    assert families(plan) == families(fresh)
    assert plan.goals == fresh.goals


def test_what_holds_already_costs_nothing() -> None:
    """A forced pair of the plan itself gives that plan back."""
    problem = build_problem(children=[{}], families=[{}])
    pairs = all_pairs(problem)
    base = solve(problem, pairs, PLACED)
    assert resolve_with(problem, pairs, PLACED, base, forced=[(0, 0)]) is base


def test_forced_pairs_that_exclude_each_other_are_named() -> None:
    """Two children forced into one place: the error says which pair could not be held."""
    problem = build_problem(children=[{}, {}], families=[{}])
    pairs = all_pairs(problem)
    base = solve(problem, pairs, PLACED)
    with pytest.raises(CannotBeForced) as error:
        resolve_with(problem, pairs, PLACED, base, forced=[(0, 0), (1, 0)])
    assert len(error.value.pairs) == 1
