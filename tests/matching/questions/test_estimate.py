"""Estimates by shortest roads: plans that keep every rule, exact for children alone."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from app.matching.check import check_families
from app.matching.explain.case import Case
from app.matching.goals import Case as GoalCase
from app.matching.policy import Policy
from app.matching.questions.difference import Difference
from app.matching.questions.estimate import Estimator
from app.matching.questions.price import Pricer
from app.matching.resolve import CannotBeForced
from tests.cases import cases
from tests.matching.questions.asked import case_of
from tests.matching.regions import MAXIMAAL, ZORGVULDIG, draw_region, draw_single_children


def _single_children(seed: int, kids: int, homes: int) -> Case:
    problem, pairs = draw_single_children(seed, kids, homes)
    return case_of(problem, pairs, MAXIMAAL)


@cases(9, soak=25)
@given(st.integers(0, 10**6), st.integers(2, 20))
def test_an_estimate_is_exact_for_children_alone(seed: int, kids: int) -> None:
    """Beside a plan that is best, every goal of the policy loses what a forced solve loses."""
    case = _single_children(seed, kids, max(2, kids // 2))
    estimator, pricer = Estimator(case), Pricer(case)
    pairs, goals = case.scores.scored, len(case.policy.goals)
    for child, home in list(zip(pairs.child.tolist(), pairs.family.tolist(), strict=True))[:20]:
        told = estimator.price(child, home)
        assert told.is_estimate
        assert told.losses[:goals] == pricer.price(child, home).losses[:goals]
        assert any(move.child == child for move in told.moves) == (case.plan.family[child] != home)


@cases(12, soak=60)
@given(st.integers(0, 10**6), st.integers(3, 16), st.sampled_from((MAXIMAAL, ZORGVULDIG)))
def test_an_estimate_is_a_plan_and_no_better_than_the_exact_price(
    seed: int, kids: int, policy: Policy
) -> None:
    """With siblings of all wishes: every rule is kept, no price is below that of a forced solve,
    and where an estimate knows no plan there is none."""
    problem, pairs = draw_region(seed, kids, max(2, kids // 2))
    case = case_of(problem, pairs, policy)
    estimator, pricer = Estimator(case), Pricer(case)
    scored = case.scores.scored
    for at in np.random.default_rng(seed).permutation(len(scored))[:12].tolist():
        pair = int(scored.child[at]), int(scored.family[at])
        told, exact = _try(estimator, pair), _try(pricer, pair)
        if told is None or exact is None:
            assert told is None
            assert exact is None
            continue
        assert told.losses >= exact.losses
        family = case.plan.family.copy()
        for move in told.moves:
            family[move.child] = move.after
        assert family[pair[0]] == pair[1]
        assert check_families(GoalCase(problem, scored, policy), family) == ()


def _try(pricer: Estimator | Pricer, pair: tuple[int, int]) -> Difference | None:
    try:
        return pricer.price(*pair)
    except CannotBeForced:
        return None
