"""Prices and regrets: what choosing a pair costs, beside every plan that there is."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.matching.explain.case import Case
from app.matching.policy import Policy
from app.matching.problem import Problem
from app.matching.questions.alternatives import find_alternatives
from app.matching.questions.difference import Difference
from app.matching.questions.price import Pricer
from app.matching.resolve import CannotBeForced, resolve_with
from app.matching.scored import ScoredPairs
from tests.cases import cases
from tests.matching.brute_fixed import Fixed
from tests.matching.brute_force import Families, is_valid, list_plans, rank_key
from tests.matching.build import build_problem
from tests.matching.questions.asked import case_of
from tests.matching.regions import MAXIMAAL, PLACED, ZORGVULDIG, all_pairs, draw_region
from tests.matching.rich_regions import draw_rich_region

POLICIES = (MAXIMAAL, ZORGVULDIG, PLACED)
STEPS = {"breakdowns": 1_000_000, "kilometers": 10}


def best_plan(
    problem: Problem, pairs: ScoredPairs, policy: Policy, forced: tuple[int, int] | None = None
) -> Families | None:
    """The best plan of all that hold a pair, by trying every plan."""
    fixed = Fixed(problem, pairs, policy)
    plans = [
        plan
        for plan in list_plans(problem, pairs)
        if (forced is None or plan[forced[0]] == forced[1])
        and is_valid(problem, pairs, policy, plan)
        and fixed.allows(plan)
    ]
    return min(plans, key=lambda plan: rank_key(problem, pairs, policy, plan), default=None)


def judged(case: Case, one: Families, other: Families) -> list[int]:
    """How much worse each goal of the second plan is, in whole steps, by the judge's numbers."""
    keys = [rank_key(case.problem, case.scores.scored, case.policy, plan) for plan in (one, other)]
    worse = [int(b) - int(a) for a, b in zip(keys[0][:-1], keys[1][:-1], strict=True)]
    goals = [goal.code for goal in case.plan.goals]
    # The judge counts waiting days once more where the policy has them as a goal already.
    twice = len(worse) > len(goals)
    return worse[:-2] + worse[-1:] if twice else worse


def steps(price: Difference) -> list[int]:
    """The losses in whole steps."""
    return [round(goal.loss * STEPS.get(goal.code, 1)) for goal in price.goals]


@cases(20, soak=60)
@given(st.integers(0, 10**6), st.integers(2, 5), st.integers(1, 4), st.sampled_from(POLICIES))
def test_a_price_equals_brute_force(seed: int, kids: int, homes: int, policy: Policy) -> None:
    """Goal by goal and child by child, of every pair, begun pairs and placed siblings included."""
    problem, pairs = (draw_rich_region if seed % 2 else draw_region)(seed, kids, homes)
    if not len(pairs):
        return
    case = case_of(problem, pairs, policy)
    base, pricer = tuple(case.plan.family.tolist()), Pricer(case)
    for child, home in zip(pairs.child.tolist(), pairs.family.tolist(), strict=True):
        best = best_plan(problem, pairs, policy, (child, home))
        if best is None:
            with pytest.raises(CannotBeForced):
                pricer.price(child, home)
            continue
        price = pricer.price(child, home)
        assert steps(price) == judged(case, base, best)
        assert {(m.child, m.before, m.after) for m in price.moves} == {
            (at, one, other)
            for at, (one, other) in enumerate(zip(base, best, strict=True))
            if one != other
        }
        assert not price.is_estimate


@cases(3, soak=8)
@given(st.integers(0, 10**6), st.sampled_from((MAXIMAAL, ZORGVULDIG)))
@pytest.mark.lang
def test_regrets_equal_forced_solves(seed: int, policy: Policy) -> None:
    """Of every alternative of every child; and they come in the order of their regrets."""
    problem, pairs = draw_rich_region(seed, 14, 8)
    case = case_of(problem, pairs, policy)
    pricer = Pricer(case)
    for child in range(len(problem.children)):
        found = find_alternatives(pricer, child)
        losses = [one.price.losses for one in found]
        assert losses == sorted(losses)
        for one in found:
            plan = resolve_with(
                problem, pairs, policy, case.plan, forced=[(child, one.option.family)]
            )
            forced = [goal.value for goal in plan.goals]
            assert [goal.after for goal in one.price.goals] == pytest.approx(forced, abs=1e-9)
            assert one.is_proposed == (case.plan.family[child] == one.option.family)


def test_begun_children_have_no_choice() -> None:
    """What people have begun is fixed: no alternative, and no plan that goes elsewhere."""
    problem = build_problem(children=[{}, {}], families=[{}, {}], begun=[{"child": 0, "family": 1}])
    case = case_of(problem, all_pairs(problem), PLACED)
    assert find_alternatives(Pricer(case), 0) == ()
    with pytest.raises(CannotBeForced):
        Pricer(case).price(0, 0)


def test_an_equal_choice_costs_nothing() -> None:
    """Two families that are the same for a child: the other one is free, and only it moves."""
    problem = build_problem(children=[{}], families=[{}, {}])
    case = case_of(problem, all_pairs(problem), PLACED)
    other = 1 - int(case.plan.family[0])
    price = Pricer(case).price(0, other)
    assert price.is_free
    assert [(move.child, move.after) for move in price.moves] == [(0, other)]
    assert np.all(np.array(price.losses) == 0)
