"""The ranked goals: what each counts, in which unit, and what the tie-break adds."""

import numpy as np
import pytest

from app.matching.goals import GOALS, Case, Sense, ranked_goals
from app.matching.placements import find_whole_groups, read_placements
from app.matching.policy_table import GoalCode
from tests.matching.build import build_problem
from tests.matching.regions import MAXIMAAL, ZORGVULDIG, make_pairs, make_policy

FAMILIES = np.array([0, 0, 1, 2, -1])


@pytest.fixture
def case() -> Case:
    unless, together = ("BZ-1", "samen, tenzij"), ("BZ-2", "samen")
    problem = build_problem(
        children=[
            {"urgency": "crisis", "siblings": together, "registered_on": "2026-10-31"},
            {"urgency": "spoed", "siblings": together, "leave_by": "2026-11-15"},
            {"siblings": unless, "leave_by": "2026-11-16", "network_family": "G-0001"},
            {"siblings": unless, "network_family": "G-0002", "network_refused": True},
            {"urgency": "crisis"},
        ],
        families=[{"free_places": 2}, {}, {}],
    )
    pairs = make_pairs(
        [(0, 0), (1, 0), (2, 1), (3, 2), (4, 2)],
        [0.1, 0.2, 0.3, 0.4, 0.5],
        split=[0.1, 0.2, 0.33, 0.44, 0.5],
        km=[1.04, 2.0, np.nan, 3.0, 9.0],
    )
    return Case(problem, pairs, make_policy("geplaatst"))


def _value(case: Case, code: str) -> float:
    goal = next(g for g in (*GOALS.values(), *ranked_goals(case.policy)) if g.code == code)
    placements = read_placements(case.problem, case.pairs, FAMILIES)
    return goal.in_units(goal.value(case, placements, find_whole_groups(case.problem, FAMILIES)))


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("crisis_geplaatst", 1),
        ("spoed_geplaatst", 1),
        ("regulier_geplaatst", 2),
        ("geplaatst", 4),
        ("moet_weg", 1),
        ("netwerk_eerst", 1),
        ("tenzij_groepen_heel", 0),
        ("groepen_heel", 1),
        ("wachtdagen", 1 + 3 * 61),
        ("breakdowns", 0.1 + 0.2 + 0.33 + 0.44),
        ("kilometers", 1.0 + 2.0 + 3.0),
    ],
)
def test_goal_counts_what_it_says(case: Case, code: str, value: float) -> None:
    """Each goal has the value that one counts by hand, also for split groups and unknown km."""
    assert _value(case, code) == pytest.approx(value, abs=1e-9)


def test_every_code_of_the_policy_has_a_goal() -> None:
    """A policy can name no goal that the engine does not have, and the other way round."""
    assert set(GOALS) == set(GoalCode)


def test_tie_break_follows_the_policy() -> None:
    """Waiting days and kilometres come last, and waiting days not twice."""
    assert [g.code for g in ranked_goals(MAXIMAAL)][-2:] == ["wachtdagen", "kilometers"]
    assert [g.code for g in ranked_goals(ZORGVULDIG)] == [*ZORGVULDIG.goals, "kilometers"]


def test_least_is_told_from_most() -> None:
    """Only breakdowns and kilometres are to be few."""
    least = {g.code for g in ranked_goals(MAXIMAAL) if g.sense is Sense.LEAST}
    assert least == {"breakdowns", "kilometers"}


def test_sentence_names_the_days_of_the_policy() -> None:
    """The sentence of `moet_weg` carries the policy's own number of days."""
    assert "binnen 14 dagen" in GOALS[GoalCode.MUST_LEAVE].describe(MAXIMAAL)
