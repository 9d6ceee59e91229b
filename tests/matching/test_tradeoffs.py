"""What one more child costs and what other orders change: equal to trying every plan."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.matching.limits import Limits, Order
from app.matching.policy import Policy
from app.matching.problem import Problem
from app.matching.scored import ScoredPairs
from app.matching.solve import solve
from app.matching.tradeoffs import frontier as frontier_module
from app.matching.tradeoffs import orders as orders_module
from app.matching.tradeoffs.frontier import Frontier, find_frontier
from app.matching.tradeoffs.orders import find_other_plans, orders_beside
from tests.cases import cases
from tests.matching.brute_force import best_families, fewest_breakdowns
from tests.matching.build import build_problem
from tests.matching.placing import families
from tests.matching.regions import MAXIMAAL, PLACED, ZORGVULDIG, all_pairs, draw_region, shuffle
from tests.matching.rich_regions import draw_rich_region

CAREFUL = replace(MAXIMAAL, limits=Limits(most_new=1, move_price=0.1))
PRICED = replace(
    PLACED,
    goals=("crisis_geplaatst", "geplaatst_tegen_prijs"),
    limits=Limits(placing_price=0.35),
)
POLICIES = (MAXIMAAL, ZORGVULDIG, PLACED, CAREFUL, PRICED)


def _frontier(problem: Problem, pairs: ScoredPairs, policy: Policy) -> Frontier:
    return find_frontier(problem, pairs, policy, solve(problem, pairs, policy))


@cases(20, soak=60)
@given(st.integers(0, 10**6), st.integers(2, 5), st.integers(1, 4), st.sampled_from(POLICIES))
def test_every_point_equals_brute_force(seed: int, kids: int, homes: int, policy: Policy) -> None:
    """The most children, and for each number the fewest breakdowns and what the last one costs."""
    draw = draw_region if seed % 2 else draw_rich_region
    problem, pairs = draw(seed, kids, homes)
    found, best = _frontier(problem, pairs, policy), fewest_breakdowns(problem, pairs, policy)
    assert found.most == max(best)
    for point in found.points:
        assert round(point.breakdowns * 1_000_000) == best[point.placed]
        assert point.bound == point.breakdowns
        if point.placed:
            extra = best[point.placed] - best[point.placed - 1]
            assert round((point.extra or 0) * 1_000_000) == extra
        else:
            assert point.extra is None


@cases(14, soak=40)
@given(st.integers(0, 10**6), st.integers(2, 40), st.sampled_from(POLICIES))
def test_the_points_lie_around_the_plan(seed: int, kids: int, policy: Policy) -> None:
    """Three on either side where there are so many; the plan never lies below the frontier."""
    problem, pairs = draw_region(seed, kids, max(1, kids // 2))
    found = _frontier(problem, pairs, policy)
    numbers = [point.placed for point in found.points]
    first, last = max(found.placed - 3, 0), min(found.placed + 3, found.most or 0)
    assert numbers == list(range(first, last + 1))
    here = next(point for point in found.points if point.placed == found.placed)
    assert found.breakdowns >= here.breakdowns - 1e-9
    assert all(point.extra is None or point.extra >= 0 for point in found.points)


@cases(4, soak=10)
@given(st.integers(0, 10**6), st.integers(2, 30), st.sampled_from(POLICIES))
def test_order_of_rows_never_chooses(seed: int, kids: int, policy: Policy) -> None:
    """Shuffled rows give the same points and the same differences, by number."""
    problem, pairs = draw_region(seed, kids, max(1, kids // 2))
    moved, moved_pairs, _, _ = shuffle(problem, pairs, seed)
    assert _frontier(problem, pairs, policy) == _frontier(moved, moved_pairs, policy)
    told = [
        [
            [one.children.number[child] for child in where.tolist()]
            for other in find_other_plans(one, its, policy, solve(one, its, policy))
            for where in (other.gained, other.lost, other.moved)
        ]
        for one, its in ((problem, pairs), (moved, moved_pairs))
    ]
    assert told[0] == told[1]


@cases(14, soak=40)
@given(st.integers(0, 10**6), st.integers(2, 5), st.integers(1, 4))
def test_a_price_of_placing_equals_brute_force(seed: int, kids: int, homes: int) -> None:
    """The goal `geplaatst_tegen_prijs`, behind children in crisis and alone."""
    problem, pairs = draw_region(seed, kids, homes)
    for goals in (PRICED.goals, PRICED.goals[1:]):
        policy = replace(PRICED, goals=goals)
        assert families(solve(problem, pairs, policy)) == best_families(problem, pairs, policy)


def test_a_child_that_costs_more_than_the_price_is_not_placed() -> None:
    """At 0.35 the child with 0.3 is placed and the one with 0.4 is not; one in crisis always is."""
    problem = build_problem(children=[{}, {}, {"urgency": "crisis"}], families=[{}] * 3)
    pairs = all_pairs(problem, [0.3] * 3 + [0.4] * 3 + [0.9] * 3)
    where = families(solve(problem, pairs, PRICED))
    assert (where[0] >= 0, where[1], where[2] >= 0) == (True, -1, True)


@cases(14, soak=40)
@given(st.integers(0, 10**6), st.integers(2, 5), st.integers(1, 4), st.sampled_from(POLICIES))
def test_other_orders_equal_brute_force(seed: int, kids: int, homes: int, policy: Policy) -> None:
    """Who gains, loses and moves under each other order is what trying every plan says."""
    problem, pairs = draw_region(seed, kids, homes)
    here = best_families(problem, pairs, policy)
    others = find_other_plans(problem, pairs, policy, solve(problem, pairs, policy))
    assert len(others) == 2
    for other in others:
        there = best_families(problem, pairs, replace(policy, goals=other.order.goals))
        both = list(enumerate(zip(here, there, strict=True)))
        assert other.gained.tolist() == [c for c, (a, b) in both if a < 0 <= b]
        assert other.lost.tolist() == [c for c, (a, b) in both if b < 0 <= a]
        assert other.moved.tolist() == [c for c, (a, b) in both if a >= 0 <= b and a != b]
        assert other.placed == sum(family >= 0 for family in there)


def test_a_policy_may_name_the_orders() -> None:
    """Its own two, else placed with fewest breakdowns in front, and whole groups in front."""
    named = (Order("een", ("geplaatst",)), Order("twee", ("breakdowns",)))
    assert orders_beside(replace(MAXIMAAL, limits=Limits(other_orders=named))) == named
    first, second = orders_beside(ZORGVULDIG)
    assert first.goals[:3] == ("geplaatst", "breakdowns", "netwerk_eerst")
    assert second.goals[:2] == ("groepen_heel", "netwerk_eerst")
    assert len(first.goals) == len(second.goals) == len(ZORGVULDIG.goals)


def test_both_are_left_out_of_what_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Then there are no points and no orders; what the plan itself comes to is still said."""
    monkeypatch.setattr(frontier_module, "MOST_CHILDREN", 1)
    monkeypatch.setattr(orders_module, "MOST_PROVED", 1)
    problem = build_problem(children=[{}, {}], families=[{}])
    pairs = all_pairs(problem)
    plan = solve(problem, pairs, PLACED)
    assert find_frontier(problem, pairs, PLACED, plan) == Frontier(1, 0.2, None, ())
    assert find_other_plans(problem, pairs, PLACED, plan) == ()


def test_a_gap_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """A point that is not proved has a bound below it."""
    problem, pairs = draw_region(7, 20, 10)
    plan = solve(problem, pairs, PLACED)
    real = frontier_module.Search.descend

    def unproved(*given: object) -> object:
        return (replace(point, bound=point.breakdowns - 1) for point in real(*given))

    monkeypatch.setattr(frontier_module.Search, "descend", unproved)
    points = find_frontier(problem, pairs, PLACED, plan).points
    assert points
    assert all(np.isclose(point.breakdowns - point.bound, 1e-6) for point in points)


def test_a_price_of_looking_ahead_is_no_breakdown() -> None:
    """The plan follows the price of a place; what is told are breakdowns, and those alone."""
    problem = build_problem(children=[{}], families=[{}, {}])
    pairs = replace(all_pairs(problem, [0.1, 0.2]), price=np.array([0.5, 0.0]))
    plan = solve(problem, pairs, PLACED)
    assert families(plan) == (1,)
    found = find_frontier(problem, pairs, PLACED, plan)
    assert (found.breakdowns, found.points[-1].breakdowns) == (0.2, 0.1)
    assert [other.breakdowns for other in find_other_plans(problem, pairs, PLACED, plan)] == [
        0.2
    ] * 2
