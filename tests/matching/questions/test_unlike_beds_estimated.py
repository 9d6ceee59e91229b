"""Questions to a large plan with unlike beds: in every plan that is told everybody has a bed."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kernel.errors import Conflict
from app.matching import large as large_module
from app.matching.check import check_families
from app.matching.explain.case import Case
from app.matching.goals import Case as GoalCase
from app.matching.problem import no_pairs, no_placed_siblings
from app.matching.questions.difference import Difference
from app.matching.questions.estimate import Estimator
from app.matching.questions.price import Pricer
from app.matching.questions.whatif import ChangePlaces, Forbid, Pin, ask_what_if
from app.matching.resolve import CannotBeForced
from tests.cases import cases
from tests.matching.build import build_problem
from tests.matching.questions.asked import case_of
from tests.matching.regions import PLACED, all_pairs
from tests.matching.unlike_regions import by_the_rules, draw_unlike_region


def _case(seed: int, kids: int) -> Case:
    """Return a plan of families with up to three kinds of bed, of children who come full time."""
    problem, pairs = draw_unlike_region(seed, kids, max(2, kids // 3), policy=PLACED, kinds=3)
    plain = replace(problem, placed_siblings=no_placed_siblings(), kept_together=no_pairs())
    return case_of(plain, by_the_rules(plain, PLACED, pairs), PLACED)


def _two_beds() -> Case:
    """Return a plan of two children, of whom one may have the second bed only, and a plain home."""
    kids = [{"care_form": "opvoeding"}, {"care_form": "opvoeding"}]
    homes = [{"beds": [{"forms": ["crisis"]}, {}]}, {}]
    problem = build_problem(children=kids, families=homes)
    return case_of(problem, all_pairs(problem), PLACED)


def _try(pricer: Estimator | Pricer, pair: tuple[int, int]) -> Difference | None:
    try:
        return pricer.price(*pair)
    except CannotBeForced:
        return None


@cases(20, soak=80)
@given(st.integers(0, 10**6), st.integers(3, 18))
def test_no_price_promises_a_bed_that_does_not_fit(seed: int, kids: int) -> None:
    """Whatever child is brought to whatever family, the plan that is told keeps every rule, bed by
    bed, costs no less than a forced solve, and is there where such a solve finds one."""
    case = _case(seed, kids)
    estimator, pricer, scored = Estimator(case), Pricer(case), case.scores.scored
    for at in np.random.default_rng(seed).permutation(len(scored))[:12].tolist():
        pair = int(scored.child[at]), int(scored.family[at])
        told, exact = _try(estimator, pair), _try(pricer, pair)
        if told is None or exact is None:
            assert told is None
            assert exact is None
            continue
        family = case.plan.family.copy()
        for move in told.moves:
            family[move.child] = move.after
        assert told.is_estimate
        assert family[pair[0]] == pair[1]
        assert check_families(GoalCase(case.problem, scored, PLACED), family) == ()
        assert told.losses >= exact.losses


def test_who_has_the_only_bed_that_fits_makes_way() -> None:
    """Two free beds, and yet the one child leaves for the other: the other bed is for crisis."""
    case = _two_beds()
    here, there = (int(np.flatnonzero(case.plan.family == home)[0]) for home in (0, 1))
    told = Estimator(case).price(there, 0)
    assert {(move.child, move.after) for move in told.moves} == {(there, 0), (here, 1)}


def test_what_a_question_cannot_tell_of_unlike_beds_is_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """No place there is moved in a what-if of a country, and the sentence says why."""
    case = _two_beds()
    here, there = (int(np.flatnonzero(case.plan.family == home)[0]) for home in (0, 1))
    monkeypatch.setattr(large_module, "EXACT_UP_TO", 0)
    for change in (Pin(there, 0), Forbid(here, 0), Pin(here, 1), ChangePlaces(0, 1)):
        with pytest.raises(Conflict, match="G-0000 van spirit heeft plaatsen die van elkaar"):
            ask_what_if(case, [change])
    assert not ask_what_if(case, [Pin(here, 0)]).difference.moves
