"""The limits of a policy: plans equal trying every plan, pass the checker, and say so in words."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.matching import large as large_module
from app.matching.check import check_plan
from app.matching.limits import HardGroup, Limits
from app.matching.plan import Proof
from app.matching.policy import Policy
from app.matching.problem import Problem, PublishedPairs
from app.matching.scored import ScoredPairs
from app.matching.solve import PlanRefused, refuse_faults, solve
from tests.cases import cases
from tests.matching.brute_force import best_families, is_valid
from tests.matching.build import build_problem
from tests.matching.placing import families, place
from tests.matching.regions import MAXIMAAL, PLACED, ZORGVULDIG, all_pairs, draw_region, shuffle
from tests.matching.rich_regions import draw_rich_region

HARD = HardGroup(age_from=9, siblings_from=3)
HARDEST = ("moeilijkst_geplaatst", *MAXIMAAL.goals)
POLICIES = (
    replace(PLACED, limits=Limits(most_new=1)),
    replace(MAXIMAAL, limits=Limits(most_new=2)),
    replace(PLACED, limits=Limits(move_price=0.05)),
    replace(MAXIMAAL, limits=Limits(move_price=0.3, most_new=1)),
    replace(ZORGVULDIG, limits=Limits(support_above=0.2, move_price=1.0)),
    replace(MAXIMAAL, goals=HARDEST, limits=Limits(hard_group=HARD)),
)


def with_history(problem: Problem, pairs: ScoredPairs, seed: int) -> Problem:
    """The same region with ages, and a published proposal for about half of its children."""
    rng = np.random.default_rng(seed)
    days = rng.integers(0, 15 * 365, len(problem.children))
    kids = replace(problem.children, born_on=problem.snapshot_day - days)
    at = np.flatnonzero(rng.random(len(pairs)) < 0.4)
    child, first = np.unique(pairs.child[at], return_index=True)
    published = PublishedPairs(child, pairs.family[at][first])
    return replace(problem, children=kids, published=published)


@cases(27, soak=80)
@given(st.integers(0, 10**6), st.integers(2, 5), st.integers(1, 4), st.sampled_from(POLICIES))
def test_plan_equals_brute_force(seed: int, kids: int, homes: int, policy: Policy) -> None:
    """On small regions full of ties the plan is the one that trying every plan finds."""
    problem, pairs = draw_region(seed, kids, homes)
    problem = with_history(problem, pairs, seed)
    plan = solve(problem, pairs, policy)
    assert families(plan) == best_families(problem, pairs, policy)
    assert plan.proof in {Proof.OPTIMAL, Proof.EMPTY}


@example(68, 4, 3, POLICIES[0])  # two children bound to a third whom people have begun with
@cases(20, soak=60)
@given(st.integers(0, 10**6), st.integers(2, 5), st.integers(1, 3), st.sampled_from(POLICIES))
def test_beside_what_is_settled_too(seed: int, kids: int, homes: int, policy: Policy) -> None:
    """The same with begun pairs, placed siblings, bonds and rhythms."""
    problem, pairs = draw_rich_region(seed, kids, homes)
    problem = with_history(problem, pairs, seed)
    assert families(solve(problem, pairs, policy)) == best_families(problem, pairs, policy)


@cases(5, soak=15)
@given(st.integers(0, 10**6), st.integers(10, 40), st.sampled_from(POLICIES))
def test_order_of_rows_never_chooses(seed: int, kids: int, policy: Policy) -> None:
    """Shuffled rows and another seed give the same children in the same families."""
    problem, pairs = draw_region(seed, kids, max(1, kids // 3))
    problem = with_history(problem, pairs, seed)
    moved, moved_pairs, old_kid, old_home = shuffle(problem, pairs, seed)
    plan = solve(problem, pairs, policy, seed=1)
    other = solve(moved, moved_pairs, policy, seed=77)
    back = np.full(len(problem.children), -1)
    back[old_kid] = np.where(other.family >= 0, old_home[other.family], -1)
    assert families(plan) == tuple(back)
    # A drawn region may hold nothing that can be placed; then both say so.
    is_empty = plan.proof is Proof.EMPTY and set(families(plan)) == {-1}
    assert plan.proof is other.proof
    assert plan.proof is Proof.OPTIMAL or is_empty


@cases(14, soak=40)
@given(st.integers(0, 10**6), st.integers(2, 40), st.sampled_from(POLICIES))
def test_beyond_what_is_proved_limits_hold_too(seed: int, kids: int, policy: Policy) -> None:
    """The way of prices keeps every limit (the checker runs), and its bounds hold."""
    problem, pairs = draw_region(seed, kids, max(1, kids // 4))
    problem = with_history(problem, pairs, seed)
    best = solve(problem, pairs, policy)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(large_module, "EXACT_UP_TO", 0)
        plan = solve(problem, pairs, policy)
    sign = 1 if best.goals[0].sense == "meeste" else -1
    assert sign * (plan.goals[0].bound - best.goals[0].value) >= 0


@cases(20, soak=60)
@given(st.integers(0, 10**6), st.integers(2, 6), st.integers(1, 2))
def test_the_checker_counts_as_the_judge_does(seed: int, kids: int, most: int) -> None:
    """A plan made without the limit is refused exactly when the judge says so."""
    problem, pairs = draw_region(seed, kids, 2)
    limited = replace(PLACED, limits=Limits(most_new=most))
    plan = solve(problem, pairs, PLACED)
    said = check_plan(problem, pairs, limited, plan)
    assert bool(said) == (not is_valid(problem, pairs, limited, families(plan)))
    assert all("nieuwe kinderen tegelijk" in sentence for sentence in said)


def test_a_family_is_not_asked_for_all_its_places_at_once() -> None:
    """Four places and a limit of two: two children, the others where there is room."""
    policy = replace(PLACED, limits=Limits(most_new=2))
    homes: list[dict[str, Any]] = [{"free_places": 4}, {"free_places": 1}]
    where = place([{}] * 4, homes, policy=policy, chance=[0.1, 0.3] * 4)
    assert sorted(where) == [-1, 0, 0, 1]


def test_a_whole_group_that_is_larger_goes_alone() -> None:
    """Three brothers and sisters together are one question to a family, and fill its limit."""
    policy = replace(PLACED, limits=Limits(most_new=2))
    kids = [{"siblings": ("BZ", "samen")}] * 3 + [{}]
    homes = [{"free_places": 4, "max_siblings": 3}]
    assert place(kids, homes, policy=policy) == (0, 0, 0, -1)


def test_a_published_proposal_moves_only_for_more_than_its_price() -> None:
    """At a price of 0.05 a gain of 0.04 does not move a child, one of 0.06 does."""
    problem = build_problem(children=[{}], families=[{}, {}])
    problem = replace(problem, published=PublishedPairs(np.array([0]), np.array([1])))
    policy = replace(PLACED, limits=Limits(move_price=0.05))
    for better, home in ((0.16, 1), (0.14, 0)):
        assert families(solve(problem, all_pairs(problem, [better, 0.2]), policy)) == (home,)
    assert families(solve(problem, all_pairs(problem, [0.19, 0.2]), PLACED)) == (0,)


def test_a_published_proposal_never_costs_a_placement() -> None:
    """A child moves at any price where another one can only be placed by that."""
    problem = build_problem(children=[{}, {}], families=[{}, {}])
    problem = replace(problem, published=PublishedPairs(np.array([0]), np.array([0])))
    pairs = all_pairs(problem, [0.1, 0.9, 0.1, 0.1])
    only_first = ScoredPairs(*(column[:3] for column in _columns(pairs)))
    policy = replace(PLACED, limits=Limits(move_price=1.0))
    assert families(solve(problem, only_first, policy)) == (1, 0)


def test_withdrawing_is_no_way_around_the_price() -> None:
    """One place: the published child keeps it although the other one would do a little better."""
    problem = build_problem(children=[{}, {}], families=[{}])
    problem = replace(problem, published=PublishedPairs(np.array([0]), np.array([0])))
    policy = replace(PLACED, limits=Limits(move_price=0.05))
    assert families(solve(problem, all_pairs(problem, [0.2, 0.16]), policy)) == (0, -1)
    assert families(solve(problem, all_pairs(problem, [0.2, 0.14]), policy)) == (-1, 0)


def test_the_hardest_group_goes_first_where_the_policy_ranks_it() -> None:
    """A child of twelve and over gets the one place, a younger one in crisis does not."""
    kids = [{"urgency": "crisis", "born_on": "2020-01-01"}, {"born_on": "2012-01-01"}]
    limits = Limits(hard_group=HardGroup(age_from=12))
    policy = replace(MAXIMAAL, goals=HARDEST, limits=limits)
    assert place(kids, [{}], policy=policy) == (-1, 0)
    assert place(kids, [{}], policy=MAXIMAAL) == (0, -1)


def test_a_group_is_known_by_severity_and_by_siblings() -> None:
    """Each of the three marks is enough; the edge counts."""
    kids: list[dict[str, Any]] = [{"severity": {"hechting": 2}}, {"severity": {"hechting": 1}}]
    kids += [{"siblings": ("BZ", "samen")}] * 2
    problem = build_problem(children=kids)
    found = HardGroup(severity_from=2, siblings_from=2).members(problem)
    assert found.tolist() == [True, False, True, True]
    assert not HardGroup(siblings_from=3).members(problem).any()


def test_a_plan_beyond_the_limit_is_refused() -> None:
    """A plan made without the limit does not pass the checker of a policy with one."""
    problem = build_problem(children=[{}, {}], families=[{"free_places": 2}])
    pairs = all_pairs(problem)
    plan = solve(problem, pairs, PLACED)
    with pytest.raises(PlanRefused, match="2 nieuwe kinderen tegelijk; het beleid zegt 1"):
        refuse_faults(problem, pairs, replace(PLACED, limits=Limits(most_new=1)), plan)


def _columns(pairs: ScoredPairs) -> list[Any]:
    return [pairs.child, pairs.family, pairs.chance, pairs.chance_split, pairs.km]
