"""Asking a rule once for all whom it treats alike gives what asking for every pair gives."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.matching import pairs as module
from app.matching.pairs import EligiblePairs, find_pairs, find_pairs_by_rule
from app.matching.problem import Problem
from app.matching.risk.factors.distance import home_km
from app.matching.rules import RULES, age
from app.matching.rules.rule import Rule
from app.matching.scale import threads
from app.matching.scale.answers import conflicts_of
from tests.cases import cases
from tests.matching.judge import POLICY
from tests.matching.scale.drawn import draw_full_region

SIZES = st.tuples(st.integers(0, 10**6), st.integers(0, 12), st.integers(0, 20))


def is_same(one: EligiblePairs, other: EligiblePairs) -> bool:
    return all(
        np.array_equal(getattr(one, name), getattr(other, name))
        for name in ("child", "family", "refused")
    )


def conflicts(problem: Problem, rule: Rule):
    return conflicts_of(problem, POLICY, rule, np.arange(len(problem.children), dtype=np.int64))


@cases(50, soak=150)
@given(SIZES)
def test_the_fast_way_finds_what_the_rules_find(size: tuple[int, int, int]) -> None:
    """Same pairs, same refusals per child and rule; also with nobody on one side."""
    problem = draw_full_region(*size)
    assert is_same(find_pairs(problem, POLICY), find_pairs_by_rule(problem, POLICY))


def test_the_drawn_regions_exercise_every_rule_and_leave_pairs() -> None:
    """Otherwise the comparison above would prove little."""
    found = [find_pairs(draw_full_region(seed, 12, 20), POLICY) for seed in range(40)]
    assert sum(len(pairs) for pairs in found) > 200
    assert (sum(pairs.refused.sum(axis=0) for pairs in found) > 0).all()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_rule_says_whom_it_treats_alike_or_lists_its_pairs(rule: Rule) -> None:
    """One of the two; without either it would be asked for every child of a country."""
    assert (rule.alike is None) != (rule.listed is None)


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.alike], ids=lambda rule: rule.code)
def test_children_with_one_number_conflict_with_the_same_families(rule: Rule) -> None:
    """What `alike` promises, for every two children of one number."""
    assert rule.alike is not None
    for seed in range(25):
        problem = draw_full_region(seed, 14, 14)
        number, answers = rule.alike(problem, POLICY), conflicts(problem, rule)
        for one, other in np.argwhere(number[:, None] == number[None, :]):
            assert np.array_equal(answers[one], answers[other]), (seed, one, other)


@pytest.mark.parametrize(
    "rule", [rule for rule in RULES if rule.listed], ids=lambda rule: rule.code
)
def test_listed_pairs_are_exactly_those_that_conflict(rule: Rule) -> None:
    """What `listed` promises."""
    assert rule.listed is not None
    for seed in range(25):
        problem = draw_full_region(seed, 14, 14)
        expected = set(map(tuple, np.argwhere(conflicts(problem, rule)).tolist()))
        child, family = rule.listed(problem)
        assert set(zip(child.tolist(), family.tolist(), strict=True)) == expected


def test_a_rule_that_declares_nothing_is_asked_for_every_child() -> None:
    """A new rule counts from the first day; only its speed waits for a declaration."""
    bare = replace(age.RULE, alike=None)
    rules = tuple(bare if rule is age.RULE else rule for rule in RULES)
    for seed in range(10):
        problem = draw_full_region(seed, 12, 20)
        assert is_same(find_pairs(problem, POLICY, rules=rules), find_pairs(problem, POLICY))


@cases(27, soak=80)
@given(SIZES, st.sampled_from([0.0, 3.0, 11.0, 18.5, 40.0]))
def test_a_shortlist_holds_all_that_is_not_known_to_be_further(
    size: tuple[int, int, int], within_km: float
) -> None:
    """Unknown places stay; the cells of the map never lose a pair, and never keep one too many."""
    problem = draw_full_region(*size)
    whole, near = find_pairs(problem, POLICY), find_pairs(problem, POLICY, within_km=within_km)
    kept = ~(home_km(problem, whole.child, whole.family) > within_km)
    assert np.array_equal(near.child, whole.child[kept])
    assert np.array_equal(near.family, whole.family[kept])
    assert np.array_equal(near.refused, whole.refused)


def test_a_small_region_is_asked_rule_by_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    """Up to a stated size the plain way is as quick; both sides of it have one outcome."""
    problem = draw_full_region(9, 12, 20)
    fast = find_pairs(problem, POLICY)
    monkeypatch.setattr(module, "FEW_CELLS", 12 * 20)
    monkeypatch.setattr(module, "find_open_pairs", None)
    assert is_same(find_pairs(problem, POLICY), fast)


@pytest.mark.parametrize("cells", [1, 40, 1000])
def test_chunks_in_threads_give_the_same(cells: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """How the work is cut, and over how many cores, is no part of the outcome."""
    problem = draw_full_region(7, 60, 50)
    whole = find_pairs(problem, POLICY)
    monkeypatch.setattr(threads, "CHUNK_CELLS", cells)
    monkeypatch.setattr(threads, "_cores", lambda: 3)
    assert is_same(find_pairs(problem, POLICY), whole)


def test_what_a_thread_raises_is_raised() -> None:
    """A failing chunk never passes for an empty one."""

    def fail(part: slice) -> None:
        assert part.start > 0, "the first part fails"

    with pytest.raises(AssertionError, match="first part"):
        threads.in_threads(fail, [slice(0, 1), slice(1, 2)])
