"""Estimates by the prices of the flow: plans that exist, near the exact price."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.matching.explain.case import Case
from app.matching.questions.estimate import Estimator
from app.matching.questions.price import Pricer
from tests.cases import cases
from tests.matching.build import build_problem
from tests.matching.questions.asked import case_of
from tests.matching.regions import MAXIMAAL, URGENCIES, draw_pairs


def _single_children(seed: int, kids: int, homes: int) -> Case:
    """A region of children alone, where a flow knows everything."""
    rng = np.random.default_rng(seed)
    children = [
        {
            "urgency": str(rng.choice(URGENCIES)),
            "registered_on": f"2026-10-{rng.integers(1, 31):02d}",
        }
        for _ in range(kids)
    ]
    families = [{"free_places": int(rng.choice([1, 1, 2]))} for _ in range(homes)]
    problem = build_problem(children=children, families=families)
    return case_of(problem, draw_pairs(rng, problem), MAXIMAAL)


@cases(9, soak=25)
@given(st.integers(0, 10**6), st.integers(2, 20))
def test_an_estimate_is_never_better_than_the_exact_price(seed: int, kids: int) -> None:
    """The chain ends in a real plan, so it loses no less than the best plan with the pair."""
    case = _single_children(seed, kids, max(2, kids // 2))
    estimator, pricer = Estimator(case), Pricer(case)
    pairs = case.scores.scored
    for child, home in list(zip(pairs.child.tolist(), pairs.family.tolist(), strict=True))[:20]:
        told = estimator.price(child, home)
        assert told.is_estimate
        assert told.losses >= pricer.price(child, home).losses
        assert any(move.child == child for move in told.moves) == (case.plan.family[child] != home)


@pytest.mark.lang
def test_most_estimates_are_exact_without_siblings() -> None:
    """At the flow's own prices a chain mostly takes the best road there is."""
    same = total = 0
    for seed in range(6):
        case = _single_children(seed, 24, 14)
        estimator, pricer = Estimator(case), Pricer(case)
        pairs = case.scores.scored
        for at in range(0, len(pairs), 7):
            child, home = int(pairs.child[at]), int(pairs.family[at])
            same += estimator.price(child, home).losses == pricer.price(child, home).losses
            total += 1
    assert total > 100
    assert same / total > 0.6
