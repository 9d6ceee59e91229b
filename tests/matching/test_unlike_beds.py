"""Families with unlike beds: equal to trying every bed for every child in every plan."""

from dataclasses import replace

import numpy as np
import pytest

from app.kernel.errors import Conflict
from app.matching import large
from app.matching.check import check_families, check_plan
from app.matching.goals import Case
from app.matching.pairs import find_pairs_by_rule
from app.matching.policy import Policy
from app.matching.problem import no_pairs, no_placed_siblings
from app.matching.questions.asking import ASKINGS
from app.matching.questions.facts import change_family
from app.matching.questions.whatif import ChangePlaces, change_places
from app.matching.solve import solve
from tests.matching.brute_force import best_families
from tests.matching.build import build_problem
from tests.matching.judge import pair, refusing
from tests.matching.placing import families
from tests.matching.regions import MAXIMAAL, PLACED, ZORGVULDIG, all_pairs, make_policy
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


def test_the_checker_counts_beds_not_places() -> None:
    """Two places for two children, and yet only one of them has a bed that is for it."""
    kids = [{"care_form": "opvoeding"}] * 2
    problem = build_problem(children=kids, families=[{"beds": [{"forms": ["crisis"]}, {}]}])
    case = Case(problem, all_pairs(problem), PLACED)
    faults = check_families(case, np.array([0, 0]))
    assert faults == ("Gezin spirit G-0000: 2 kinderen passen niet samen op de vrije plaatsen.",)
    assert check_families(case, np.array([0, -1])) == ()


def test_siblings_need_beds_that_fit_all_of_them() -> None:
    """A family with room for two takes the group only when each child has a bed of its own."""
    kids = [{"siblings": ("BZ-1", "samen")}] * 2
    homes = [{"beds": [{"forms": ["crisis"]}, {}]}, {"beds": [{"until": "2030-01-01"}, {}]}]
    problem = build_problem(children=kids, families=homes)
    assert families(solve(problem, all_pairs(problem), PLACED)) == (1, 1)


def test_a_bed_that_ends_must_last_as_long_as_the_stay() -> None:
    """And one that begins later than the slack of the policy is too late."""
    home = {"beds": [{"until": "2027-06-01"}]}
    assert "bed" in refusing(pair({"expected_months": 8}, home))
    assert "bed" not in refusing(pair({"expected_months": 6}, home))
    late = {"beds": [{"since": "2026-11-30"}, {"forms": ["crisis"]}]}
    assert "bed" in refusing(pair({}, late))
    assert "bed" not in refusing(pair({"needed_from": "2026-11-10"}, late))


def test_rows_in_another_order_give_the_same_plan() -> None:
    """Beds have no order: the kinds are told by what they offer."""
    for seed in range(20):
        problem, pairs = draw_unlike_region(seed, 6, 3, policy=MAXIMAAL, kinds=3, parts=2)
        turned = replace(problem, beds=problem.beds.take(np.arange(len(problem.beds))[::-1]))
        assert families(solve(turned, pairs, MAXIMAAL)) == families(solve(problem, pairs, MAXIMAAL))


@pytest.mark.parametrize("seed", range(8))
def test_a_large_plan_keeps_every_bed(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The way of prices knows sets of beds too: its plan passes the checker, its bounds hold."""
    problem, pairs = draw_unlike_region(seed, 30, 12, policy=PLACED, kinds=3)
    plain = replace(problem, placed_siblings=no_placed_siblings(), kept_together=no_pairs())
    allowed = find_pairs_by_rule(plain, PLACED)
    size = len(plain.families)
    kept = np.isin(pairs.child * size + pairs.family, allowed.child * size + allowed.family)
    pairs = pairs.kept(kept)
    best = solve(plain, pairs, PLACED)
    monkeypatch.setattr(large, "EXACT_UP_TO", 0)
    plan = solve(plain, pairs, PLACED)
    assert check_plan(plain, pairs, PLACED, plan) == ()
    assert plan.goals[0].bound >= best.goals[0].value


def test_what_may_be_asked_opens_a_bed() -> None:
    """After a yes the family takes the child; a place more or less counts bed by bed."""
    problem = build_problem(families=[{"beds": [{"forms": ["crisis"]}, {"until": "2026-12-01"}]}])
    assert refusing(problem) == {"bed"}
    granted = {asking.rule.code: asking.grant(problem, PLACED, 0, 0) for asking in ASKINGS}
    assert refusing(granted["bed"]) == refusing(granted["plaats"]) == set()
    fewer = change_places(problem, ChangePlaces(0, -2))
    assert (len(fewer.beds), refusing(fewer)) == (0, {"plaats"})
    more = change_places(problem, ChangePlaces(0, 1))
    assert refusing(more) == set()
    with pytest.raises(Conflict, match="niet zo veel vrije plaatsen"):
        change_places(problem, ChangePlaces(0, -3))
    forms = change_family(problem, 0, "vormen", ["opvoeding"])
    assert refusing(forms) == set()
