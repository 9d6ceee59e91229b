"""The way for many children: valid plans, honest bounds, and no say for the order of rows."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.matching import large as large_module
from app.matching.certificate import certify_at, finest_scale
from app.matching.choices import open_choices
from app.matching.columns import list_columns
from app.matching.couplings import list_couplings
from app.matching.face import first_face
from app.matching.flow import Arcs, FlowTooLarge, best_flow, find_prices
from app.matching.goals import Case, count_worths, ranked_goals
from app.matching.limits import Limits
from app.matching.nation import certify_lightly
from app.matching.plan import Plan, Proof
from app.matching.policy import Policy
from app.matching.pricing import relax_priced
from app.matching.problem import Problem
from app.matching.repair import Ground, repair
from app.matching.scored import ScoredPairs
from app.matching.solve import solve
from benchmarks.national import draw_problem
from tests.cases import cases
from tests.matching.placing import families
from tests.matching.regions import (
    MAXIMAAL,
    PLACED,
    ZORGVULDIG,
    draw_region,
    draw_single_children,
    make_policy,
    shuffle,
)

POLICIES = (
    MAXIMAAL,
    ZORGVULDIG,
    PLACED,
    make_policy("breakdowns"),
    make_policy("wachtdagen"),
    replace(MAXIMAAL, limits=Limits(most_new=2)),
    replace(PLACED, limits=Limits(most_new=1)),
)


def _approach(problem: Problem, pairs: ScoredPairs, policy: Policy) -> Plan:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(large_module, "EXACT_UP_TO", 0)
        return solve(problem, pairs, policy)


def _room(better: float, than: float, sense: str) -> float:
    return (better - than) * (1 if sense == "meeste" else -1)


@cases(20, soak=60)
@given(st.integers(0, 10**6), st.integers(2, 40), st.sampled_from(POLICIES))
def test_no_best_plan_exceeds_the_bounds(seed: int, kids: int, policy: Policy) -> None:
    """The proved best plan lies between the plan and its bound, at the first goal that differs."""
    problem, pairs = draw_region(seed, kids, max(1, kids // 2))
    plan, best = _approach(problem, pairs, policy), solve(problem, pairs, policy)
    for found, exact in zip(plan.goals, best.goals, strict=True):
        assert _room(found.bound, exact.value, found.sense) >= 0
        assert _room(exact.value, found.value, found.sense) >= 0
        if found.value != exact.value:
            break


@cases(20, soak=60)
@given(st.integers(0, 10**6), st.integers(2, 24))
@example(1180, 9)  # two spoed and a regulier counted for more than three spoed
def test_children_alone_get_the_proved_best_plan(seed: int, kids: int) -> None:
    """A flow alone ranks the goals as goal by goal does, also where one outweighs a few others."""
    problem, pairs = draw_single_children(seed, kids, max(2, kids // 2))
    plan, best = _approach(problem, pairs, MAXIMAAL), solve(problem, pairs, MAXIMAAL)
    ranked = len(MAXIMAAL.goals)
    for found, exact in zip(plan.goals[:ranked], best.goals[:ranked], strict=True):
        assert found.value == pytest.approx(exact.value, abs=1e-6)


@cases(10, soak=30)
@given(st.integers(0, 10**6), st.integers(2, 40), st.sampled_from(POLICIES))
def test_order_of_rows_never_chooses(seed: int, kids: int, policy: Policy) -> None:
    """Shuffled rows give the same children in the same families, with the same bounds."""
    problem, pairs = draw_region(seed, kids, max(1, kids // 2))
    moved, moved_pairs, old_kid, old_home = shuffle(problem, pairs, seed)
    plan, other = _approach(problem, pairs, policy), _approach(moved, moved_pairs, policy)
    back = np.full(len(problem.children), -1)
    back[old_kid] = np.where(other.family >= 0, old_home[other.family], -1)
    assert families(plan) == tuple(back)
    assert plan.goals == other.goals


def test_plan_is_near_the_best_one_and_nearly_proved() -> None:
    """On 400 drawn children all counts are proved, and the breakdowns within a thousandth."""
    problem, pairs = draw_problem(400, 30, seed=3)
    plan, best = _approach(problem, pairs, MAXIMAAL), solve(problem, pairs, MAXIMAAL)
    assert [g.value for g in plan.goals[:4]] == [g.value for g in best.goals[:4]]
    assert [g.bound for g in plan.goals[:4]] == [g.value for g in plan.goals[:4]]
    assert plan.goals[4].value <= 1.001 * best.goals[4].value
    assert plan.goals[4].bound >= 0.999 * plan.goals[4].value
    assert (plan.proof, best.proof) == (Proof.BOUNDED, Proof.OPTIMAL)


@cases(10, soak=25)
@given(st.integers(0, 10**6), st.integers(2, 40), st.sampled_from(POLICIES))
def test_repairs_begin_anywhere_and_never_lose(seed: int, kids: int, policy: Policy) -> None:
    """From a plan of nobody, and from half a plan: every row is kept and nothing is lost."""
    problem, pairs = draw_region(seed, kids, max(1, kids // 2))
    pairs = open_choices(problem, pairs, policy)
    case, columns = Case(problem, pairs, policy), list_columns(problem, pairs, policy)
    if not len(columns):
        return
    nation = large_module._make_nation(problem, columns)
    worth = count_worths(case, columns, ranked_goals(policy))[0][nation.order]
    priced = relax_priced(nation.face, worth, 0)
    certificate = certify_lightly(priced, worth)
    ground = Ground(nation.bundles, priced.face.rows, worth, certificate)
    nobody = np.zeros(len(worth), dtype=np.bool_)
    once = repair(ground, nobody, 0)
    half = once & (np.random.default_rng(seed).random(len(once)) < 0.5)
    for start, found in ((nobody, once), (half, repair(ground, half, 0))):
        assert priced.face.rows.holds(found)
        assert worth[start].sum() <= worth[found].sum()
        assert worth[found].sum() * certificate.scale <= certificate.bound


def test_a_certificate_of_heavy_worths_stays_within_64_bits() -> None:
    """At the finest scale that fits, prices of nothing still prove a bound that holds."""
    problem, pairs = draw_region(1, 20, 10)
    columns = list_columns(problem, pairs, MAXIMAAL)
    face = first_face(list_couplings(problem, columns))
    worth = np.full(len(columns), 2**53)
    for dual in (np.zeros(len(face.rows.lower)), np.full(len(face.rows.lower), 2.0**50)):
        scale = finest_scale(face.rows, worth, dual, face.child_row)
        found = certify_at(face.rows, worth, dual, face.child_row, scale=scale)
        assert scale >= 1
        assert found.bound >= 2**53 * scale
        assert found.reduced.max() <= 0


@cases(14, soak=40)
@given(st.integers(0, 10**6))
def test_prices_prove_the_flow(seed: int) -> None:
    """Places at their prices and each child's best beyond them add up to the flow exactly."""
    rng = np.random.default_rng(seed)
    children, homes = int(rng.integers(1, 30)), int(rng.integers(1, 15))
    child, family = np.nonzero(rng.random((children, homes)) < 0.4)
    arcs = Arcs(child, family, rng.integers(1, 50, len(child)))
    places = rng.integers(0, 4, homes)
    chosen = best_flow(arcs, children, places)
    price = find_prices(arcs, chosen, children, homes)
    beyond = np.zeros(children, dtype=np.int64)
    np.maximum.at(beyond, arcs.child, arcs.worth - price[arcs.family])
    assert int(arcs.worth[chosen].sum()) == int(places @ price) + int(beyond.sum())


def test_worth_that_does_not_fit_is_refused() -> None:
    """A flow whose costs overflow says so; it never returns a plan."""
    arcs = Arcs(np.array([0]), np.array([0]), np.array([2**62]))
    with pytest.raises(FlowTooLarge):
        best_flow(arcs, 1, np.array([1]))
