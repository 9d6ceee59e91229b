"""The solver: equality with brute force, the order of goals, the tie-break, honest proofs."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.matching import optimise as optimise_module
from app.matching.check import check_plan
from app.matching.model import Solved
from app.matching.plan import Proof
from app.matching.policy import Policy
from app.matching.problem import Problem
from app.matching.scored import ScoredPairs
from app.matching.solve import PlanRefused, solve
from tests.cases import cases
from tests.matching.brute_force import best_families
from tests.matching.build import build_problem
from tests.matching.placing import families, place
from tests.matching.regions import (
    MAXIMAAL,
    PLACED,
    ZORGVULDIG,
    all_pairs,
    draw_region,
    make_pairs,
    make_policy,
    shuffle,
)

POLICIES = (
    MAXIMAAL,
    ZORGVULDIG,
    PLACED,
    make_policy("breakdowns"),
    make_policy("wachtdagen", "breakdowns"),
    make_policy("groepen_heel", "netwerk_eerst"),
    make_policy("moet_weg", max_breakdown=0.42),
)


@cases(20, soak=60)
@given(st.integers(10_000, 10**6), st.integers(1, 5), st.integers(1, 4), st.sampled_from(POLICIES))
def test_plan_equals_brute_force(seed: int, kids: int, homes: int, policy: Policy) -> None:
    """On small regions full of ties the plan is the one that trying every plan finds."""
    problem, pairs = draw_region(seed, max(kids, 2), homes)
    plan = solve(problem, pairs, policy)
    assert families(plan) == best_families(problem, pairs, policy)
    assert plan.proof in {Proof.OPTIMAL, Proof.EMPTY}


@pytest.mark.parametrize("seed", range(159, 199))
def test_fixed_small_regions_equal_brute_force(seed: int) -> None:
    """The same for a fixed list of regions; 159 once tied a whole group with its single members."""
    problem, pairs = draw_region(seed, 2 + seed % 5, 1 + seed % 4)
    for policy in POLICIES[seed % 2 :: 2]:
        assert families(solve(problem, pairs, policy)) == best_families(problem, pairs, policy)


@cases(5, soak=15)
@given(st.integers(0, 10**6), st.integers(20, 60), st.sampled_from(POLICIES))
def test_larger_plans_pass_the_checker(seed: int, kids: int, policy: Policy) -> None:
    """Plans too large for brute force are proved and keep every rule."""
    problem, pairs = draw_region(seed, kids, kids // 2)
    plan = solve(problem, pairs, policy)
    assert check_plan(problem, pairs, policy, plan) == ()
    assert plan.proof is Proof.OPTIMAL
    assert all(goal.value == goal.bound for goal in plan.goals)


@cases(5, soak=15)
@given(st.integers(0, 10**6), st.integers(2, 30), st.sampled_from(POLICIES))
def test_row_order_and_seed_never_choose(seed: int, kids: int, policy: Policy) -> None:
    """Shuffled rows and another seed give the same children in the same families, same values."""
    problem, pairs = draw_region(seed, kids, max(1, kids // 2))
    moved, moved_pairs, old_kid, old_home = shuffle(problem, pairs, seed)
    plan = solve(problem, pairs, policy, seed=1)
    other = solve(moved, moved_pairs, policy, seed=77)
    back = np.full(len(problem.children), -1)
    back[old_kid] = np.where(other.family >= 0, old_home[other.family], -1)
    assert families(plan) == tuple(back)
    assert plan.goals == other.goals
    assert (plan.seed, other.seed) == (1, 77)


def test_goals_come_in_order() -> None:
    """One crisis child goes before two others, however much the later goals would gain."""
    kids = [{"urgency": "crisis"}, {"urgency": "spoed"}, {"urgency": "spoed"}]
    problem = build_problem(children=kids, families=[{"free_places": 1}, {"free_places": 1}])
    pairs = make_pairs([(0, 0), (1, 0), (2, 0), (1, 1)], [0.9, 0.1, 0.1, 0.9])
    assert families(solve(problem, pairs, MAXIMAAL)) == (0, 1, -1)


def test_a_millionth_decides() -> None:
    """Chances that differ in the sixth decimal are told apart, among larger ones."""
    problem = build_problem(children=[{}] * 2, families=[{}] * 2)
    pairs = all_pairs(problem, [0.4, 0.300001, 0.5, 0.4])
    assert families(solve(problem, pairs, PLACED)) == (0, 1)
    closer = all_pairs(problem, [0.4, 0.299999, 0.5, 0.4])
    assert families(solve(problem, closer, PLACED)) == (1, 0)


def test_own_network_family_comes_first_unless_refused() -> None:
    """`zorgvuldig` brings a child to its own network family, and not when a person refused it."""
    kid = {"network_family": "G-0001"}
    homes = [{}, {"for_child": "AM-0000"}]
    problem = build_problem(children=[kid], families=homes)
    pairs = all_pairs(problem, [0.1, 0.4])
    assert families(solve(problem, pairs, ZORGVULDIG)) == (1,)
    refused = build_problem(children=[{**kid, "network_refused": True}], families=homes)
    assert families(solve(refused, pairs, ZORGVULDIG)) == (0,)


def test_tie_break_waits_then_drives_then_reads() -> None:
    """Equal plans: who waits longest, then least km, then the first by number and family."""
    waited = [{"registered_on": "2026-09-02"}, {"registered_on": "2026-09-01"}]
    assert place(waited, [{}]) == (-1, 0)
    problem = build_problem(children=[{}], families=[{}, {}, {}])
    assert families(solve(problem, all_pairs(problem, km=[2.0, 1.0, 1.04]), PLACED)) == (1,)
    assert families(solve(problem, all_pairs(problem, km=[0.1, 0.0, np.nan]), PLACED)) == (1,)
    homes = [{"provider": "youke"}, {"reference": "G-9"}, {"reference": "G-10"}]
    assert place([{}], homes) == (2,)  # spirit before youke, G-10 before G-9 as text


def test_child_that_no_goal_counts_is_left_out_of_the_shorter_list() -> None:
    """With nothing to gain the shorter list is the smaller one, as lists are compared."""
    today = {"registered_on": "2026-11-01"}
    problem = build_problem(
        children=[{"number": "AM-1"}, {**today, "number": "AM-2"}], families=[{}, {}]
    )
    plan = solve(problem, all_pairs(problem, 0.0, km=0.0), make_policy("breakdowns"))
    assert families(plan) == (0, -1)


@pytest.mark.parametrize(
    ("problem", "pairs"),
    [
        (build_problem(children=[], families=[]), make_pairs([])),
        (build_problem(children=[], families=[{}]), make_pairs([])),
        (
            build_problem(children=[{"siblings": ("BZ-1", "samen")}] * 2, families=[]),
            make_pairs([]),
        ),
        (build_problem(children=[{}], families=[{"free_places": 0}]), make_pairs([(0, 0)])),
    ],
)
def test_nothing_to_place_is_a_result(problem: Problem, pairs: ScoredPairs) -> None:
    """Without children, families, pairs or places there is an empty plan, never an exception."""
    plan = solve(problem, pairs, ZORGVULDIG)
    assert plan.proof is Proof.EMPTY
    assert np.all(plan.family == -1)
    assert {goal.value for goal in plan.goals} == {0.0}


def test_progress_counts_every_step() -> None:
    """The caller hears of each goal, of the order of ties, and of the end, in that order."""
    heard: list[tuple[str, int, int]] = []
    problem = build_problem()
    solve(problem, all_pairs(problem), PLACED, progress=lambda *step: heard.append(step))
    assert [done for _, done, _ in heard] == [0, 1, 2, 3, 4, 5]
    assert {total for _, _, total in heard} == {5}
    assert heard[-1][0] == "Klaar"


def test_plan_tells_its_times_and_solver() -> None:
    """The plan carries the seconds of every goal and the solver's name."""
    problem = build_problem()
    plan = solve(problem, all_pairs(problem), PLACED)
    codes = {goal.code for goal in plan.goals}
    assert set(plan.seconds) == {"keuzes", "begin", *codes, "volgorde"}
    assert "HiGHS" in plan.solver


def _gap_region() -> tuple[Problem, ScoredPairs]:
    """Of five children no two may be together: prices prove 2 (five halves), the best is 1."""
    every = [(one, other) for one in range(5) for other in range(one)]
    problem = build_problem(children=[{}] * 5, families=[{"free_places": 5}], kept_apart=every)
    return problem, all_pairs(problem)


def test_gap_of_the_relaxation_is_closed() -> None:
    """Where prices alone prove too little, the plan is still proved."""
    problem, pairs = _gap_region()
    plan = solve(problem, pairs, PLACED)
    assert (families(plan), plan.proof) == ((0, -1, -1, -1, -1), Proof.OPTIMAL)


def test_unproved_plan_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """When the solver is cut off, the plan is still good and its bound honest, not optimal."""
    monkeypatch.setattr(optimise_module, "solve_whole", lambda *_: None)
    problem, pairs = _gap_region()
    plan = solve(problem, pairs, PLACED)
    assert plan.proof is Proof.BOUNDED
    assert plan.goals[0].bound > plan.goals[0].value


def test_plan_that_the_solver_only_claims_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    """A solution that breaks a row, as tolerances could let through, is never the plan."""

    def claim(rows: Any, worth: Any, _: int) -> Solved:
        every = np.ones(len(worth), dtype=np.bool_)
        return Solved(every, int(worth.sum()), float(worth.sum()), proved=True)

    monkeypatch.setattr(optimise_module, "solve_whole", claim)
    problem, pairs = _gap_region()
    plan = solve(problem, pairs, PLACED)
    assert plan.proof is Proof.BOUNDED
    assert check_plan(problem, pairs, PLACED, plan) == ()


def test_plan_with_a_violation_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the checker finds stops the plan before anyone sees it."""
    monkeypatch.setattr("app.matching.solve.check_plan", lambda *_: ("Fout.",))
    problem = build_problem()
    with pytest.raises(PlanRefused, match="Fout"):
        solve(problem, all_pairs(problem), PLACED)
