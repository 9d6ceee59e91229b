"""Families with unlike beds: equal to trying every bed for every child in every plan."""

import pytest

from app.matching.check import check_plan
from app.matching.policy import Policy
from app.matching.solve import solve
from tests.matching.brute_force import best_families
from tests.matching.placing import families
from tests.matching.regions import MAXIMAAL, PLACED, ZORGVULDIG, make_policy
from tests.matching.unlike_regions import draw_unlike_region

POLICIES = (MAXIMAAL, ZORGVULDIG, PLACED, make_policy("groepen_heel", "breakdowns"))


@pytest.mark.parametrize("seed", range(60))
def test_plan_equals_brute_force(seed: int) -> None:
    """Full time, up to four kinds of bed in a family; with what people have settled."""
    policy = POLICIES[seed % 4]
    problem, pairs = draw_unlike_region(seed, 4 + seed % 3, 1 + seed % 3, policy=policy, kinds=4)
    plan = solve(problem, pairs, policy)
    assert families(plan) == best_families(problem, pairs, policy)


@pytest.mark.parametrize("seed", range(100, 160))
def test_rhythms_and_two_kinds_equal_brute_force(seed: int) -> None:
    """Two kinds of bed, and children who share whole beds in up to three rhythms."""
    policy = POLICIES[seed % 4]
    problem, pairs = draw_unlike_region(
        seed, 4 + seed % 3, 1 + seed % 3, policy=policy, kinds=2, parts=3
    )
    plan = solve(problem, pairs, policy)
    assert families(plan) == best_families(problem, pairs, policy)


@pytest.mark.parametrize("seed", range(200, 230))
def test_many_kinds_in_rhythms_keep_every_bed(seed: int) -> None:
    """With more kinds and rhythms than sums can tell apart the plan still fits, bed by bed."""
    policy: Policy = POLICIES[seed % 4]
    problem, pairs = draw_unlike_region(seed, 12, 3, policy=policy, kinds=6, parts=4)
    plan = solve(problem, pairs, policy)
    assert check_plan(problem, pairs, policy, plan) == ()
