"""The checker finds every kind of violation, and only those."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from app.matching.check import check_plan
from app.matching.goals import Case, ranked_goals
from app.matching.placements import find_split, find_whole_groups, read_placements
from app.matching.plan import GoalValue, Plan, Proof
from app.matching.problem import Problem
from app.matching.scored import ScoredPairs
from tests.matching.build import build_problem
from tests.matching.regions import all_pairs, make_pairs, make_policy

POLICY = make_policy("geplaatst", "breakdowns", max_breakdown=0.45)
TOGETHER, UNLESS, APART = ("BZ-1", "samen"), ("BZ-1", "samen, tenzij"), ("BZ-1", "apart")


def honest_plan(problem: Problem, pairs: ScoredPairs, families: Sequence[int]) -> Plan:
    """A plan that says the truth about its own goals, whatever it does."""
    family, case = np.array(families, dtype=np.int64), Case(problem, pairs, POLICY)
    placements, groups = read_placements(problem, pairs, family), find_whole_groups(problem, family)
    goals = tuple(
        GoalValue(goal.code, goal.sentence, goal.sense.value, value, value, goal.unit)
        for goal in ranked_goals(POLICY)
        for value in [goal.in_units(goal.value(case, placements, groups))]
    )
    split = tuple(bool(flag) for flag in find_split(problem, family))
    return Plan(family, split, goals, Proof.OPTIMAL, "proef")


def violations(problem: Problem, families: Sequence[int], pairs: Any = None) -> tuple[str, ...]:
    chosen = all_pairs(problem) if pairs is None else pairs
    return check_plan(problem, chosen, POLICY, honest_plan(problem, chosen, families))


def two(**child: Any) -> list[dict[str, Any]]:
    return [child, child]


def test_good_plan_has_no_violations() -> None:
    """A plan that keeps every rule is passed, with and without a child left over."""
    problem = build_problem(children=[{}, {}, {}], families=[{"free_places": 2}, {}])
    assert violations(problem, [0, 0, -1]) == ()
    assert violations(problem, [0, 0, 1]) == ()


def test_pair_that_is_not_allowed_is_found() -> None:
    """A child in a family that is no pair of it is named with number and family."""
    problem = build_problem(children=two(), families=two())
    (sentence,) = violations(problem, [0, 1], make_pairs([(0, 0), (1, 0)]))
    assert sentence == "Kind AM-0001 in spirit G-0001: dit paar is niet toegestaan."


def test_chance_above_the_cap_is_found() -> None:
    """A proposal above the policy's chance is a violation, one at the cap is not."""
    problem = build_problem(children=two(), families=two())
    assert violations(problem, [0, 1], make_pairs([(0, 0), (1, 1)], 0.45)) == ()
    (sentence,) = violations(problem, [0, 1], make_pairs([(0, 0), (1, 1)], [0.45, 0.450001]))
    assert "AM-0001" in sentence
    assert "boven de grens" in sentence


def test_cap_counts_the_chance_of_a_split_group() -> None:
    """Split siblings are held against the cap at the higher chance, whole ones are not."""
    problem = build_problem(children=two(siblings=UNLESS), families=[{"free_places": 2}, {}])
    pairs = all_pairs(problem, 0.4, split=0.5)
    assert violations(problem, [0, 0], pairs) == ()
    assert len(violations(problem, [0, 1], pairs)) == 2


def test_full_family_is_found() -> None:
    """More children than free places is a violation, also where there is no place at all."""
    problem = build_problem(children=two(), families=[{"free_places": 1}, {"free_places": 0}])
    assert violations(problem, [0, 0]) == ("Gezin spirit G-0000: 2 kinderen op 1 plaatsen.",)
    assert violations(problem, [1, -1]) == ("Gezin spirit G-0001: 1 kinderen op 0 plaatsen.",)


@pytest.mark.parametrize("families", [[0, 1], [0, -1]])
def test_torn_group_samen_is_found(families: list[int]) -> None:
    """Siblings `samen` are all in one family or not placed at all."""
    problem = build_problem(children=two(siblings=TOGETHER), families=[{"free_places": 2}, {}])
    assert violations(problem, families) == ("Groep BZ-1 wil samen en is niet samen geplaatst.",)
    assert violations(problem, [0, 0]) == violations(problem, [-1, -1]) == ()


def test_group_apart_in_one_family_is_found() -> None:
    """Siblings `apart` never share a family."""
    problem = build_problem(children=two(siblings=APART), families=[{"free_places": 2}, {}])
    (sentence,) = violations(problem, [0, 0])
    assert sentence == "Groep BZ-1 wil apart en is in één gezin geplaatst."
    assert violations(problem, [0, 1]) == ()


def test_too_many_siblings_at_once_are_found() -> None:
    """The family's largest number of siblings holds for part of a group as well."""
    kids = [{"siblings": UNLESS}] * 3
    problem = build_problem(children=kids, families=[{"free_places": 3, "max_siblings": 1}, {}])
    (sentence,) = violations(problem, [0, 0, 1])
    assert "meer broers en zussen" in sentence


def test_children_kept_apart_in_one_family_are_found() -> None:
    """Two children who may not live together are named."""
    problem = build_problem(children=two(), families=[{"free_places": 2}], kept_apart=[(0, 1)])
    assert violations(problem, [0, 0]) == ("Kinderen AM-0000 en AM-0001 mogen niet in één gezin.",)


@pytest.mark.parametrize(
    ("family", "fact"),
    [
        ({"status": "pauze"}, "zoekt nu niet"),
        ({"needs_confirmation": True}, "eerst bevestigen"),
        ({"forms": ("crisis",)}, "biedt deze vorm niet"),
        ({"for_child": "AM-0001"}, "voor een ander kind"),
        ({"for_child": "AM-9999"}, "voor een ander kind"),
    ],
)
def test_plain_facts_are_checked_again(family: dict[str, Any], fact: str) -> None:
    """A pair that should never have been eligible is found, even though it is in the pairs."""
    problem = build_problem(children=two(), families=[family])
    (sentence,) = violations(problem, [0, -1])
    assert fact in sentence


def test_recorded_no_is_found() -> None:
    """A recorded no is never overruled by a pair."""
    problem = build_problem(children=[{}], families=[{}], recorded_no=[(0, 0)])
    (sentence,) = violations(problem, [0])
    assert "nee gezegd" in sentence


def test_group_on_hold_is_found() -> None:
    """A child whose group waits for an answer is not proposed."""
    problem = build_problem(children=[{"siblings": UNLESS}], on_hold=["BZ-1"])
    (sentence,) = violations(problem, [0])
    assert "eerst antwoorden" in sentence


def _region() -> tuple[Problem, ScoredPairs, Plan]:
    problem = build_problem(children=two(siblings=UNLESS), families=two())
    pairs = all_pairs(problem)
    return problem, pairs, honest_plan(problem, pairs, [0, 1])


def test_wrong_split_is_found() -> None:
    """A plan that calls a split group whole is refused."""
    problem, pairs, plan = _region()
    found = check_plan(problem, pairs, POLICY, replace(plan, split=(False, True)))
    assert len(found) == 1
    assert "gesplitst" in found[0]


def test_wrong_goal_value_is_found() -> None:
    """A plan that says a better value than it reaches is refused."""
    problem, pairs, plan = _region()
    goals = (replace(plan.goals[0], value=3.0, bound=3.0), *plan.goals[1:])
    assert check_plan(problem, pairs, POLICY, replace(plan, goals=goals)) == (
        "Doel geplaatst: de waarde klopt niet met wie waarheen gaat.",
    )


@pytest.mark.parametrize(("code", "bound"), [(0, 1.0), (0, 3.0), (1, 0.1), (1, 0.5)])
def test_bound_that_does_not_fit_is_found(code: int, bound: float) -> None:
    """A bound worse than the value is nonsense; one that leaves room is no proof of the best."""
    problem, pairs, plan = _region()
    goals = list(plan.goals)
    goals[code] = replace(goals[code], bound=bound)
    (sentence,) = check_plan(problem, pairs, POLICY, replace(plan, goals=tuple(goals)))
    assert "de grens past niet" in sentence


def test_other_goals_than_the_policy_has_are_found() -> None:
    """A plan made under another order of goals is refused."""
    problem, pairs, plan = _region()
    goals = (plan.goals[1], plan.goals[0], *plan.goals[2:])
    (sentence,) = check_plan(problem, pairs, POLICY, replace(plan, goals=goals))
    assert "in die volgorde" in sentence


@pytest.mark.parametrize("families", [[0], [0, 2], [0, -2]])
def test_plan_of_another_region_is_found(families: list[int]) -> None:
    """A plan of the wrong length, or with a family that is not there, is refused, not a crash."""
    problem, pairs, plan = _region()
    stray = replace(plan, family=np.array(families, dtype=np.int64))
    assert check_plan(problem, pairs, POLICY, stray) == (
        "Het plan past niet bij deze kinderen en gezinnen.",
    )


def test_checker_loads_no_solver() -> None:
    """Checking, policies and goals can be used where OR-Tools is not installed."""
    import subprocess
    import sys

    code = (
        "import sys, app.matching.check, app.matching.policy, app.matching.plan, "
        "app.matching.goals, app.matching.solve; sys.exit('ortools' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
