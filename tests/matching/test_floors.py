"""Floors for a group: plans equal trying every plan, hold the floor, and say what is short."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.matching import large as large_module
from app.matching.check import check_plan
from app.matching.floors import GROUPS, Floor
from app.matching.limits import Limits
from app.matching.plan import Proof
from app.matching.policy import Policy
from app.matching.problem import Problem
from app.matching.resolve import CannotBeForced, resolve_with
from app.matching.solve import solve
from app.matching.tradeoffs.floors import find_floors
from tests.cases import cases
from tests.matching.brute_force import best_families
from tests.matching.brute_limits import missed_floors
from tests.matching.build import build_problem
from tests.matching.placing import families, place
from tests.matching.regions import (
    MAXIMAAL,
    PLACED,
    ZORGVULDIG,
    all_pairs,
    draw_region,
    make_pairs,
    shuffle,
)
from tests.matching.rich_regions import draw_rich_region

WHEELS, TEENS, KIN, THREE = "rolstoel", "12 jaar en ouder", "broers en zussen", "drie of meer samen"


def floored(policy: Policy, *floors: Floor, most_new: int | None = None) -> Policy:
    return replace(policy, limits=Limits(floors=floors, most_new=most_new))


POLICIES = (
    floored(MAXIMAAL, Floor(WHEELS, number=1)),
    floored(PLACED, Floor(TEENS, share=0.5)),
    floored(ZORGVULDIG, Floor(WHEELS, number=2), Floor(THREE, number=2)),
    floored(PLACED, Floor(KIN, share=1.0), Floor(TEENS, number=2), most_new=1),
)


def with_groups(problem: Problem, seed: int) -> Problem:
    """The same region, with ages, and about a third of its children in a wheelchair."""
    rng, n = np.random.default_rng(seed), len(problem.children)
    born = problem.snapshot_day - rng.integers(0, 18 * 365, n)
    kids = replace(problem.children, born_on=born, needs_wheelchair=rng.random(n) < 0.35)
    return replace(problem, children=kids)


@cases(27, soak=80)
@given(st.integers(0, 10**6), st.integers(2, 5), st.integers(1, 4), st.sampled_from(POLICIES))
def test_plan_equals_brute_force(seed: int, kids: int, homes: int, policy: Policy) -> None:
    """On small regions full of ties the plan is the one that trying every plan finds."""
    problem, pairs = draw_region(seed, kids, homes)
    problem = with_groups(problem, seed)
    plan = solve(problem, pairs, policy)
    assert families(plan) == best_families(problem, pairs, policy)
    assert plan.proof in {Proof.OPTIMAL, Proof.EMPTY}


@cases(14, soak=40)
@given(st.integers(0, 10**6), st.integers(2, 5), st.integers(1, 3), st.sampled_from(POLICIES))
def test_beside_what_is_settled_too(seed: int, kids: int, homes: int, policy: Policy) -> None:
    """The same with begun pairs, placed siblings, bonds and rhythms."""
    problem, pairs = draw_rich_region(seed, kids, homes)
    problem = with_groups(problem, seed)
    assert families(solve(problem, pairs, policy)) == best_families(problem, pairs, policy)


@cases(5, soak=15)
@given(st.integers(0, 10**6), st.integers(10, 40), st.sampled_from(POLICIES))
def test_in_larger_regions_floors_are_proved_and_order_never_chooses(
    seed: int, kids: int, policy: Policy
) -> None:
    """Proved; the first floor is short by what the judge counts; shuffled rows change nothing."""
    problem, pairs = draw_region(seed, kids, max(1, kids // 3))
    problem = with_groups(problem, seed)
    moved, moved_pairs, old_kid, old_home = shuffle(problem, pairs, seed)
    plan, other = (
        solve(problem, pairs, policy, seed=1),
        solve(moved, moved_pairs, policy, seed=77),
    )
    back = np.full(len(problem.children), -1)
    back[old_kid] = np.where(other.family >= 0, old_home[other.family], -1)
    assert families(plan) == tuple(back)
    assert plan.proof is other.proof is Proof.OPTIMAL
    asked = [floor.asked(problem) for floor in policy.limits.floors]
    short = [a - round(said.value) for a, said in zip(asked, plan.goals, strict=False)]
    assert short == missed_floors(problem, policy, families(plan))


@cases(9, soak=25)
@given(st.integers(0, 10**6), st.integers(3, 5), st.integers(2, 4), st.sampled_from(POLICIES[:2]))
def test_a_wish_goes_before_a_floor_and_is_priced_by_it(
    seed: int, kids: int, homes: int, policy: Policy
) -> None:
    """With a pair forced, the floor asks as much as is left: the best plan that holds the pair."""
    problem, pairs = draw_region(seed, kids, homes)
    problem = with_groups(problem, seed)
    base = solve(problem, pairs, policy)
    child, home = int(pairs.child[0]), int(pairs.family[0])
    try:
        plan = resolve_with(problem, pairs, policy, base, forced=[(child, home)])
    except CannotBeForced:
        return
    assert plan.family[child] == home
    own = pairs.kept((pairs.child != child) | (pairs.family == home))
    tried = best_families(problem, own, replace(policy, goals=("geplaatst", *policy.goals)))
    if tried[child] == home:  # where it is placed anyhow, it is the best of its plans too
        assert missed_floors(problem, policy, families(plan)) <= missed_floors(
            problem, policy, tried
        )


def test_a_floor_takes_no_more_than_it_asks() -> None:
    """Two of three places go to those who are best off there: the floor is no rank for all."""
    kids: list[dict[str, Any]] = [{"needs_wheelchair": True}] * 3 + [{"urgency": "crisis"}] * 3
    policy = floored(MAXIMAAL, Floor(WHEELS, number=1))
    where = place(kids, [{"free_places": 3, "wheelchair": True}], policy=policy)
    assert sum(home >= 0 for home in where[:3]) == 1
    assert sum(home >= 0 for home in where[3:]) == 2
    free = place(kids, [{"free_places": 3, "wheelchair": True}], policy=MAXIMAAL)
    assert sum(home >= 0 for home in free[:3]) == 0


def test_a_share_is_rounded_up_and_a_number_never_asks_for_who_is_not_there() -> None:
    """Half of three is two; five of three is three; of nobody it is none."""
    problem = build_problem(children=[{"needs_wheelchair": True}] * 3 + [{}])
    assert Floor(WHEELS, share=0.5).asked(problem) == 2
    assert Floor(WHEELS, share=1 / 3).asked(problem) == 1
    assert Floor(WHEELS, number=5).asked(problem) == 3
    assert Floor(THREE, number=5).asked(problem) == Floor(THREE, share=1.0).asked(problem) == 0


def test_every_group_finds_its_own() -> None:
    """Each name belongs to the children that it says, and to no others."""
    kids: list[dict[str, Any]] = [
        {"needs_wheelchair": True},
        {"born_on": "2014-10-30"},
        {"severity": {"externaliserend": 3}},
        {"severity": {"externaliserend": 2, "hechting": 3}},
        *[{"siblings": ("BZ-1", "samen")}] * 2,
        *[{"siblings": ("BZ-2", "apart")}] * 3,
        {"care_form": "crisis"},
    ]
    problem = build_problem(children=kids)
    found = {name: np.flatnonzero(of(problem)).tolist() for name, of in GROUPS.items()}
    assert found[WHEELS] == [0]
    assert found[TEENS] == [1]
    assert found["ernstig externaliserend"] == [2]
    assert found[KIN] == [4, 5, 6, 7, 8]
    assert found[THREE] == [6, 7, 8]
    assert found["vorm crisis"] == [9]
    assert found["vorm opvoeding"] == list(range(9))


def test_a_plan_that_gives_up_too_soon_is_refused() -> None:
    """It says that nobody more can be placed, and there is a bed for one of the group."""
    problem = build_problem(children=[{"needs_wheelchair": True}] * 2, families=[{"wheelchair": 1}])
    pairs, policy = all_pairs(problem), floored(PLACED, Floor(WHEELS, number=1))
    plan = solve(problem, pairs, policy)
    nobody = replace(plan, family=np.full(2, -1))
    goals = tuple(replace(g, value=0, bound=0) for g in plan.goals)
    said = check_plan(problem, pairs, policy, replace(nobody, goals=goals))
    assert any("had geplaatst kunnen worden" in sentence for sentence in said)
    honest = tuple(replace(g, value=0, bound=1) for g in plan.goals)
    said = check_plan(problem, pairs, policy, replace(nobody, goals=honest, proof=Proof.BOUNDED))
    assert not any("had geplaatst kunnen worden" in sentence for sentence in said)


def test_a_floor_that_cannot_be_met_is_a_plan_all_the_same() -> None:
    """One of two can be placed: the floor of two is met as far as it goes, and the rest follows."""
    problem = build_problem(children=[{"needs_wheelchair": True}] * 2 + [{}], families=[{}, {}])
    pairs = make_pairs([(0, 0), (1, 0), (2, 0), (2, 1)])
    plan = solve(problem, pairs, floored(PLACED, Floor(WHEELS, number=2)))
    assert plan.proof is Proof.OPTIMAL
    assert (plan.goals[0].value, plan.goals[0].bound) == (1, 1)
    assert np.count_nonzero(plan.family >= 0) == 2


def test_the_price_is_what_the_plan_without_the_floor_has_more() -> None:
    """One place: the child in a wheelchair takes it from one in crisis, at a higher chance."""
    kids: list[dict[str, Any]] = [{"needs_wheelchair": True}, {"urgency": "crisis"}]
    problem = build_problem(children=kids, families=[{}])
    pairs, policy = all_pairs(problem, [0.3, 0.1]), floored(MAXIMAAL, Floor(WHEELS, number=1))
    (told,) = find_floors(problem, pairs, policy, solve(problem, pairs, policy))
    assert (told.waiting, told.asked, told.placed, told.short) == (1, 1, 1, 0)
    assert (told.group_more, told.others_fewer, told.breakdowns_more) == (1, 1, 0.2)
    assert find_floors(problem, pairs, MAXIMAAL, solve(problem, pairs, MAXIMAAL)) == ()


@cases(12, soak=40)
@given(st.integers(0, 10**6), st.integers(2, 5), st.integers(1, 3), st.sampled_from(POLICIES))
def test_what_is_told_of_a_floor_equals_brute_force(
    seed: int, kids: int, homes: int, policy: Policy
) -> None:
    """Short by what the judge counts; the price by the best of all plans without that floor."""
    problem, pairs = draw_region(seed, kids, homes)
    problem = with_groups(problem, seed)
    plan = solve(problem, pairs, policy)
    told = find_floors(problem, pairs, policy, plan)
    assert [floor.short for floor in told] == missed_floors(problem, policy, families(plan))
    assert all(floor.is_proved for floor in told)
    for at, floor in enumerate(told):
        left = policy.limits.floors[:at] + policy.limits.floors[at + 1 :]
        without = replace(policy, limits=replace(policy.limits, floors=left))
        best = np.array(best_families(problem, pairs, without))
        members = policy.limits.floors[at].members(problem)
        assert floor.group_more == np.sum(members & (plan.family >= 0)) - np.sum(
            members & (best >= 0)
        )
        assert floor.others_fewer == np.sum(~members & (best >= 0)) - np.sum(
            ~members & (plan.family >= 0)
        )


def test_a_country_gets_a_clear_no(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no plan is proved best, a floor is refused in one sentence."""
    monkeypatch.setattr(large_module, "EXACT_UP_TO", 1)
    problem = build_problem(children=[{}] * 2, families=[{}])
    with pytest.raises(large_module.InputRefused, match=r"ondergrenzen.*hoogstens 1 wachtende"):
        solve(problem, all_pairs(problem), floored(PLACED, Floor(WHEELS, number=1)))
