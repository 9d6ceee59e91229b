"""Plans beside what people have settled: equal to trying every plan, on small regions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.matching.check import check_plan
from app.matching.choices import open_choices
from app.matching.plan import Proof
from app.matching.policy import Policy
from app.matching.solve import solve
from tests.cases import cases
from tests.matching.brute_force import best_families
from tests.matching.placing import families
from tests.matching.regions import MAXIMAAL, PLACED, ZORGVULDIG, make_policy
from tests.matching.rich_regions import draw_rich_region

POLICIES = (MAXIMAAL, ZORGVULDIG, PLACED, make_policy("groepen_heel", "breakdowns"))


@cases(50, soak=150)
@given(st.integers(0, 10**6), st.integers(2, 5), st.integers(1, 4), st.sampled_from(POLICIES))
def test_plan_equals_brute_force(seed: int, kids: int, homes: int, policy: Policy) -> None:
    """With begun pairs, placed siblings, bonds and rhythms: what trying every plan finds."""
    problem, pairs = draw_rich_region(seed, kids, homes)
    plan = solve(problem, pairs, policy)
    assert families(plan) == best_families(problem, pairs, policy)
    assert plan.proof in {Proof.OPTIMAL, Proof.EMPTY}


@pytest.mark.parametrize("seed", range(60))
def test_fixed_small_regions_equal_brute_force(seed: int) -> None:
    """The same for a fixed list of regions."""
    problem, pairs = draw_rich_region(seed, 3 + seed % 3, 1 + seed % 4)
    for policy in POLICIES[seed % 2 :: 2]:
        assert families(solve(problem, pairs, policy)) == best_families(problem, pairs, policy)


@cases(5, soak=15)
@given(st.integers(0, 10**6), st.integers(20, 40), st.sampled_from(POLICIES))
def test_larger_plans_pass_the_checker(seed: int, kids: int, policy: Policy) -> None:
    """Plans too large for brute force are proved and keep every rule, also seen with all pairs."""
    problem, pairs = draw_rich_region(seed, kids, kids // 2)
    plan = solve(problem, pairs, policy)
    assert check_plan(problem, open_choices(problem, pairs, policy), policy, plan) == ()
    assert check_plan(problem, pairs, policy, plan) == ()
    assert plan.proof is Proof.OPTIMAL
