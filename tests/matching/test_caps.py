"""What a cap costs: equal to trying every plan with and without it, and a known child named."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.matching.caps import Cap, lift_caps, tell_cap
from app.matching.limits import Limits
from app.matching.policy import LookAhead, Policy
from app.matching.solve import solve
from app.matching.tradeoffs import caps as caps_module
from app.matching.tradeoffs.caps import find_caps
from tests.cases import cases
from tests.matching.brute_force import best_families
from tests.matching.build import build_problem
from tests.matching.regions import MAXIMAAL, PLACED, ZORGVULDIG, draw_region, make_pairs
from tests.matching.rich_regions import draw_rich_region

ONE_AT_ONCE = replace(MAXIMAAL, limits=Limits(most_new=1))
BOTH = replace(ZORGVULDIG, limits=Limits(most_new=1, support_above=0.3))
CAUTIOUS = replace(PLACED, max_breakdown=0.4)


@cases(20, soak=60)
@given(
    st.integers(0, 10**6),
    st.integers(2, 5),
    st.integers(1, 4),
    st.sampled_from((ONE_AT_ONCE, BOTH, CAUTIOUS)),
)
def test_the_price_equals_trying_every_plan(
    seed: int, kids: int, homes: int, policy: Policy
) -> None:
    """Who gains, loses and moves without the cap, in all and by group, is what brute force says."""
    draw = draw_region if seed % 2 else draw_rich_region
    problem, pairs = draw(seed, kids, homes)
    here = best_families(problem, pairs, policy)
    found = find_caps(problem, pairs, policy, solve(problem, pairs, policy))
    lifted = dict(lift_caps(policy))
    assert [cost.cap for cost in found] == list(lifted)
    for cost in found:
        there = best_families(problem, pairs, lifted[cost.cap])
        both = list(enumerate(zip(here, there, strict=True)))
        assert cost.placed == sum(home >= 0 for home in here)
        assert cost.placed_without == sum(home >= 0 for home in there)
        assert sorted(cost.gained.tolist()) == [c for c, (a, b) in both if a < 0 <= b]
        assert sorted(cost.lost.tolist()) == [c for c, (a, b) in both if b < 0 <= a]
        assert sorted(cost.moved.tolist()) == [c for c, (a, b) in both if a >= 0 <= b and a != b]
        forms = [one for one in cost.groups if one.group.startswith("vorm ")]
        assert sum(one.placed for one in forms) == cost.placed
        assert sum(one.placed_without for one in forms) == cost.placed_without


def test_a_cap_on_the_chance_costs_one_known_child() -> None:
    """Only the teenager's chance is above 0.4: without the cap it has a place, at 0.55 more."""
    problem = build_problem(children=[{"age": 6}, {"age": 15}], families=[{}, {}])
    pairs = make_pairs([(0, 0), (1, 1)], [0.2, 0.55])
    (cost,) = find_caps(problem, pairs, CAUTIOUS, solve(problem, pairs, CAUTIOUS))
    assert cost.cap is Cap.CHANCE
    assert (cost.placed, cost.placed_without, cost.gained.tolist()) == (1, 2, [1])
    assert (cost.breakdowns, cost.breakdowns_without) == pytest.approx((0.2, 0.75))
    teens = next(one for one in cost.groups if one.group == "12 jaar en ouder")
    assert (teens.waiting, teens.placed, teens.placed_without) == (1, 0, 1)


def test_a_cap_on_children_at_once_costs_the_second_child() -> None:
    """One family with two places, one new child at once: the other child waits for the cap."""
    problem = build_problem(children=[{}, {}], families=[{"free_places": 2}])
    pairs = make_pairs([(0, 0), (1, 0)], [0.2, 0.3])
    (cost,) = find_caps(problem, pairs, ONE_AT_ONCE, solve(problem, pairs, ONE_AT_ONCE))
    assert cost.cap is Cap.NEW_AT_ONCE
    assert (cost.placed, cost.placed_without, len(cost.gained)) == (1, 2, 1)


def test_places_are_priced_again_without_the_cap() -> None:
    """A policy that looks ahead weighs the plan without its cap by prices without it."""
    problem, pairs = draw_region(5, 12, 6)
    policy = replace(CAUTIOUS, look_ahead=LookAhead(futures=3, days=30, worth=0.5))
    (cost,) = find_caps(problem, pairs, policy, solve(problem, pairs, policy))
    assert cost.placed_without >= cost.placed


def test_no_price_where_plans_are_not_proved_best(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two plans that are only near the best say nothing about the cap between them."""
    problem, pairs = draw_region(3, 5, 3)
    plan = solve(problem, pairs, CAUTIOUS)
    monkeypatch.setattr(caps_module, "MOST_PROVED", 4)
    assert find_caps(problem, pairs, CAUTIOUS, plan) == ()


def test_a_policy_without_a_cap_has_no_price() -> None:
    """Nothing is solved twice for it; and a cap says what it forbids."""
    problem, pairs = draw_region(3, 5, 3)
    assert find_caps(problem, pairs, PLACED, solve(problem, pairs, PLACED)) == ()
    assert tell_cap(Cap.CHANCE, replace(PLACED, max_breakdown=0.425)) == (
        "Boven een kans op een breakdown van 42,5% is er geen voorstel."
    )
    assert "hoogstens 1 nieuw kind tegelijk" in tell_cap(Cap.NEW_AT_ONCE, ONE_AT_ONCE)
