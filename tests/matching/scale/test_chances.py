"""A chance added up from look-ups is the chance that the factors give, to the last digit."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.matching.problem import Ints, Problem
from app.matching.risk import score as module
from app.matching.risk.factors import CODES, FACTORS
from app.matching.risk.score import score, score_by_factor, score_pairs
from app.matching.risk.weights import Weights, load_weights
from app.matching.scale import chances, terms, threads
from app.matching.scale.terms import lay_out
from app.matching.scored import ScoredPairs
from tests.cases import cases
from tests.matching.scale.drawn import draw_full_region

PUBLISHED = load_weights()


def all_pairs(problem: Problem) -> tuple[Ints, Ints]:
    """Every child with every family: the score knows no hard rule."""
    child, family = np.divmod(
        np.arange(len(problem.children) * len(problem.families)), max(1, len(problem.families))
    )
    return child, family


def weigh_everything(seed: int) -> Weights:
    """Weights as if learnt: every factor counts, also those that wait for a region's outcomes."""
    value = np.random.default_rng(seed).normal(0, 0.4, len(CODES))
    return replace(PUBLISHED, value=value)


def is_same(one: ScoredPairs, other: ScoredPairs) -> bool:
    return all(
        np.array_equal(getattr(one, name), getattr(other, name), equal_nan=True)
        for name in ("child", "family", "chance", "chance_split", "km")
    )


@cases(27, soak=80)
@given(st.integers(0, 10**6), st.integers(0, 9), st.integers(0, 12), st.booleans())
def test_the_chances_are_those_of_the_factors(
    seed: int, children: int, families: int, learnt: bool
) -> None:
    """Chance, chance when split and km, unknown places and settled siblings included."""
    problem = draw_full_region(seed, children, families)
    weights = weigh_everything(seed) if learnt else PUBLISHED
    pairs = all_pairs(problem)
    assert is_same(score_pairs(problem, *pairs, weights), score_by_factor(problem, *pairs, weights))


@pytest.mark.parametrize("column", range(len(FACTORS)), ids=CODES)
def test_each_factor_alone_is_laid_out_as_it_measures(column: int) -> None:
    """With the weight of all others at nothing: so no two mistakes can cancel out."""
    value = np.where(np.arange(len(CODES)) == column, 0.7, 0.0)
    weights = replace(PUBLISHED, value=value)
    for seed in range(12):
        problem = draw_full_region(seed, 8, 12)
        pairs = all_pairs(problem)
        assert is_same(
            score_pairs(problem, *pairs, weights), score_by_factor(problem, *pairs, weights)
        )


@pytest.mark.parametrize("factor", FACTORS, ids=CODES)
def test_every_factor_says_what_it_depends_on(factor) -> None:
    """One that does not is measured on every pair of a country: right, and slow."""
    assert factor.at_scale is not None


def test_a_factor_that_says_nothing_is_measured_by_its_own_code(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A new factor counts from the first day; so does one with too many kinds."""
    problem = draw_full_region(3, 9, 12)
    pairs = all_pairs(problem)
    expected = score_pairs(problem, *pairs, weigh_everything(1))
    bare = tuple(replace(factor, at_scale=None) for factor in FACTORS)
    monkeypatch.setattr(chances, "FACTORS", bare)
    assert is_same(score_pairs(problem, *pairs, weigh_everything(1)), expected)
    monkeypatch.setattr(chances, "FACTORS", FACTORS)
    monkeypatch.setattr(terms, "MOST_CELLS", 3)
    laid = lay_out(problem, FACTORS, weigh_everything(1).value)
    assert len(laid.measured) > 10
    assert is_same(score_pairs(problem, *pairs, weigh_everything(1)), expected)


def test_chunks_in_threads_give_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """How the pairs are cut, and over how many cores, is no part of the outcome."""
    problem = draw_full_region(5, 20, 30)
    pairs = all_pairs(problem)
    whole = score_pairs(problem, *pairs, PUBLISHED)
    monkeypatch.setattr(chances, "PAIRS", 7)
    monkeypatch.setattr(threads, "_cores", lambda: 3)
    assert is_same(score_pairs(problem, *pairs, PUBLISHED), whole)


def test_a_rounding_in_doubt_is_settled_by_the_plain_code(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where sums in another order could round otherwise, the other order is not used."""
    problem = draw_full_region(5, 8, 12)
    pairs = all_pairs(problem)
    monkeypatch.setattr(chances, "NEAR_THE_MIDDLE", 0.5)  # nearly every rounding is in doubt
    asked: list[int] = []

    def plain(child: Ints, family: Ints) -> ScoredPairs:
        asked.append(len(child))
        none = np.full(len(child), 0.5)
        return ScoredPairs(child, family, none, none, none)

    found = chances.score_at_scale(problem, pairs, PUBLISHED, plain)
    assert asked == [np.count_nonzero(found.chance == 0.5)]
    assert asked[0] > 90


def test_what_is_behind_a_score_is_the_same_by_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Intervals, features and spreads are worked out when asked for, few blocks at a time."""
    from app.matching.pairs import EligiblePairs

    problem = draw_full_region(11, 10, 14)
    child, family = all_pairs(problem)
    pairs = EligiblePairs(child, family, np.zeros((10, 0), dtype=np.int64), ())
    whole = score(problem, pairs, PUBLISHED)
    monkeypatch.setattr(module, "BLOCK", 16)
    monkeypatch.setattr(module, "MOST_AT_ONCE", 16)
    parts = score(problem, pairs, PUBLISHED)
    assert is_same(parts.scored, whole.scored)
    for pair in (0, 139, 15, 16, 77, 31, 100, 0):
        (one, at), other = parts.behind(pair), whole.blocks[0]
        for name in type(one).__slots__:
            assert np.array_equal(getattr(one, name)[at], getattr(other, name)[pair]), name
        assert np.array_equal(parts.contributions(pair), parts.weights.value * one.features[at])
    assert len(parts.blocks) <= module.BLOCKS_KEPT
