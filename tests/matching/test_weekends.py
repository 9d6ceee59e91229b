"""Weekends of either kind: equal to trying every bed and every weekend for every child."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kernel.words import RHYTHMS
from app.matching.check import check_families, check_plan
from app.matching.check_weekends import seat_in_weekends, ways_of
from app.matching.goals import Case
from app.matching.problem import Problem
from app.matching.slots import Slots
from app.matching.solve import solve
from app.matching.weekends import Weekends
from tests.cases import cases
from tests.matching.brute_force import list_plans, rank_key
from tests.matching.build import build_problem
from tests.matching.judge import refusing
from tests.matching.placing import families
from tests.matching.regions import MAXIMAAL, PLACED, all_pairs, make_policy
from tests.matching.weekend_regions import ODD, all_seated, draw_weekend_region

POLICIES = (PLACED, MAXIMAAL, make_policy("geplaatst", "breakdowns"))
EITHER, EVERY = 1, 2


def weekend_problem(needs: list[int], home: dict[str, object], both: int = 0) -> Problem:
    """One family, and children who each need what is said."""
    kids = [{"rhythm": "oneven weekenden", "care_form": "deeltijd"}] * len(needs)
    problem = build_problem(children=kids, families=[home])
    weekends = Weekends(np.array(needs, dtype=np.int64), np.array([both], dtype=np.int64))
    return replace(problem, weekends=weekends)


@cases(120, soak=1200)
@given(seed=st.integers(0, 100_000), children=st.integers(2, 5), homes=st.integers(1, 3))
def test_plan_equals_brute_force(seed: int, children: int, homes: int) -> None:
    """The best plan of all in which every child has a bed in one of the ways it may come."""
    problem, pairs, beds, needs = draw_weekend_region(seed, children, homes)
    policy = POLICIES[seed % 3]  # none of them has a limit on chances
    case = Case(problem, pairs, policy)
    plan = solve(problem, pairs, policy)
    assert check_plan(problem, pairs, policy, plan) == ()

    def is_valid(chosen: tuple[int, ...]) -> bool:
        here = [[n for n, at in zip(needs, chosen, strict=True) if at == h] for h in range(homes)]
        apart = all(chosen[a] != chosen[b] or chosen[a] < 0 for a, b in problem.kept_apart)
        return apart and all(map(all_seated, beds, here))

    valid = filter(is_valid, list_plans(problem, pairs))
    best = min(valid, key=lambda chosen: rank_key(problem, pairs, policy, chosen))
    assert families(plan) == best
    assert not check_families(case, np.array(best))


@cases(300, soak=3000)
@given(seed=st.integers(0, 100_000), children=st.integers(2, 7))
def test_sums_say_exactly_when_beds_suffice(seed: int, children: int) -> None:
    """The seven sums, the verifier and the judge agree on any children in one family."""
    problem, pairs, beds, needs = draw_weekend_region(seed, children, 1)
    everyone = np.zeros(children, dtype=np.int64)
    fits = all_seated(beds[0], needs)
    assert bool((Slots.of(problem, PLACED).left(everyone) >= 0).all()) == fits
    ways = [ways_of(problem, child) for child in range(children)]
    real = {at: frozenset(RHYTHMS[r] for r in bed) for at, bed in enumerate(beds[0])}
    assert (seat_in_weekends(real, ways) is not None) == fits
    said = check_families(Case(problem, pairs, PLACED), everyone)
    assert any("vrije weekenden" in sentence for sentence in said) != fits


def test_two_children_share_a_bed_in_alternating_weekends() -> None:
    """Neither was told which weekend; a third child does not fit."""
    problem = weekend_problem([EITHER] * 3, {"free_places": 1})
    plan = solve(problem, all_pairs(problem), PLACED)
    assert sorted(families(plan)) == [-1, 0, 0]
    seats = seat_in_weekends({0: frozenset(RHYTHMS[1:])}, [ways_of(problem, c) for c in (0, 1)])
    assert seats is not None
    assert {slots for _, slots in seats} == {frozenset({RHYTHMS[2]}), frozenset({RHYTHMS[3]})}


def test_a_child_of_every_weekend_keeps_one_bed() -> None:
    """A bed of the odd and one of the even weekends are two beds: nobody changes beds."""
    part = {"oneven weekenden": 1, "even weekenden": 1}
    apart = weekend_problem([EVERY], {"free_places": 0, "part_places": part})
    assert "ritme" in refusing(apart)
    one = weekend_problem([EVERY], {"free_places": 0, "part_places": part}, both=1)
    assert families(solve(one, all_pairs(one), PLACED)) == (0,)


def test_the_checker_refuses_a_third_child_in_a_weekend() -> None:
    """It tries the beds itself."""
    problem = weekend_problem([EITHER, EVERY], {"free_places": 1})
    said = check_families(Case(problem, all_pairs(problem), PLACED), np.zeros(2, dtype=np.int64))
    assert said == ("Gezin spirit G-0000: 2 kinderen passen niet samen in de vrije weekenden.",)


def test_free_weekends_stand_alone() -> None:
    """Beside begun pairs the two sums would not be exact: such a problem cannot be made."""
    problem = build_problem(begun=[{"child": 0, "family": 0}], children=[{"rhythm": RHYTHMS[ODD]}])
    with pytest.raises(ValueError, match="begun pairs"):
        replace(problem, weekends=Weekends(np.array([1]), np.array([0])))
