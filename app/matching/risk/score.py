"""The chance of breakdown of every eligible pair, with its interval and each factor's share."""

from dataclasses import dataclass, field

import numpy as np

from app.matching.pairs import EligiblePairs
from app.matching.problem import Bools, Floats, Ints, Problem
from app.matching.risk.factors import CODES, FACTORS
from app.matching.risk.factors.distance import home_km
from app.matching.risk.factors.siblings import CODE as SPLIT
from app.matching.risk.factors.siblings import can_be_split
from app.matching.risk.hazard import chance, cumulative_hazard, horizon_months
from app.matching.risk.weights import Weights
from app.matching.scale.chances import score_at_scale
from app.matching.scored import ScoredPairs
from app.matching.settled import is_away

SPLIT_COLUMN = CODES.index(SPLIT)
Z90 = 1.6448536269514722  # 5% on each side


# Up to so many pairs all that is behind a score is worked out at once; of more, chances alone.
MOST_AT_ONCE = 65_536
# Pairs of one block that is worked out when asked for: those of some children, for a question is
# about one child and waits for it.
BLOCK = 2_048
BLOCKS_KEPT = 128


@dataclass(frozen=True, slots=True)
class Behind:
    """What is behind the scores of some pairs; rows are pairs, columns are CODES.

    low, high: bounds of the 90% interval of chance, shape (k,), rounded to six decimals;
    low_split, high_split: those of chance_split. features: values (k, factors) with the sibling
    group whole; spread: standard deviation of what is unknown, 0.0 where known.
    """

    low: Floats
    high: Floats
    low_split: Floats
    high_split: Floats
    features: Floats
    spread: Floats


@dataclass(frozen=True, slots=True)
class Scores:
    """Scored pairs, and what is behind each score, worked out by blocks of pairs when asked for.

    can_split: the pair's child is in a group `samen, tenzij`.
    """

    scored: ScoredPairs
    can_split: Bools
    weights: Weights
    problem: Problem
    blocks: dict[int, Behind] = field(default_factory=dict)

    def behind(self, pair: int) -> tuple[Behind, int]:
        """Return a block with what is behind the score of a pair, and the pair's row in it."""
        block, row = divmod(pair, BLOCK)
        if block not in self.blocks:
            while len(self.blocks) >= BLOCKS_KEPT:
                del self.blocks[next(iter(self.blocks))]
            part = slice(block * BLOCK, (block + 1) * BLOCK)
            pairs = self.scored.child[part], self.scored.family[part]
            self.blocks[block] = _score_by_factor(self.problem, *pairs, self.weights)[1]
        return self.blocks[block], row

    def contributions(self, pair: int, *, split: bool = False) -> Floats:
        """Return what each factor adds to the log hazard of one pair, shape (factors,)."""
        behind, row = self.behind(pair)
        values = behind.features[row].copy()
        values[SPLIT_COLUMN] = float(split and self.can_split[pair])
        return np.asarray(self.weights.value * values)

    def position(self, child: int, family: int) -> int | None:
        """Return the row of a pair, or None when it is not eligible."""
        first, last = np.searchsorted(self.scored.child, [child, child + 1])
        row = int(first + np.searchsorted(self.scored.family[first:last], family))
        return row if row < last and self.scored.family[row] == family else None


def score(problem: Problem, pairs: EligiblePairs, weights: Weights) -> Scores:
    """Return the score of every eligible pair.

    chance = 1 − exp(−Λ(H)·exp(η − η of an ordinary pair)), H the horizon in months; the interval
    by the delta method on η, with the error of the baseline and of what is unknown.
    """
    can_split = can_be_split(problem)[pairs.child]
    if len(pairs) > MOST_AT_ONCE:
        scored = score_pairs(problem, pairs.child, pairs.family, weights)
        return Scores(scored, can_split, weights, problem)
    scored, behind = _score_by_factor(problem, pairs.child, pairs.family, weights)
    return Scores(scored, can_split, weights, problem, dict(enumerate(_in_blocks(behind))))


def _in_blocks(whole: Behind) -> list[Behind]:
    """Return what is behind all pairs by blocks of pairs, the same numbers seen in parts."""
    tables = [getattr(whole, name) for name in Behind.__slots__]
    starts = range(0, max(len(whole.low), 1), BLOCK)
    return [Behind(*(table[first : first + BLOCK] for table in tables)) for first in starts]


def score_pairs(problem: Problem, child: Ints, family: Ints, weights: Weights) -> ScoredPairs:
    """Return the chances of any number of pairs, sorted by child, without what is behind them."""
    return score_at_scale(
        problem, (child, family), weights, lambda c, f: score_by_factor(problem, c, f, weights)
    )


def score_by_factor(problem: Problem, child: Ints, family: Ints, weights: Weights) -> ScoredPairs:
    """Return the same, every factor measured on every pair: what score_pairs must equal."""
    return _score_by_factor(problem, child, family, weights)[0]


def _score_by_factor(
    problem: Problem, child: Ints, family: Ints, weights: Weights
) -> tuple[ScoredPairs, Behind]:
    features, spread = _measure(problem, child, family)
    can_split = can_be_split(problem)[child]
    months = horizon_months(problem.children.expected_months)
    hazard = cumulative_hazard(weights.chance_in_year, weights.shape, months)[child]
    log_ratio = _sum_rows(features * weights.value) - weights.typical_log_ratio
    variance = _variance(features, spread, weights)
    whole = _bounds(hazard, log_ratio, variance)
    parted = _bounds(
        hazard,
        log_ratio + can_split * weights.value[SPLIT_COLUMN],
        variance + can_split * weights.error[SPLIT_COLUMN] ** 2,
    )
    # Away from a brother or sister who is settled elsewhere there is no whole group to be in.
    away = is_away(problem, child, family)
    whole = _where(away, parted, whole)
    scored = ScoredPairs(child, family, whole[0], parted[0], home_km(problem, child, family))
    return scored, Behind(*whole[1:], *parted[1:], features, spread)


def chance_without_siblings(chances: Floats, weights: Weights) -> Floats:
    """Return chances as they would be for children without their brothers and sisters.

    1 − (1 − p)^exp(w): the hazard times the ratio of the factor; rounded to six decimals.
    """
    ratio = np.exp(weights.value[SPLIT_COLUMN])
    return np.asarray(np.round(-np.expm1(np.log1p(-chances) * ratio), 6), dtype=np.float64)


def _measure(problem: Problem, child: Ints, family: Ints) -> tuple[Floats, Floats]:
    measures = [factor.measure(problem, child, family) for factor in FACTORS]
    values = np.column_stack([measure.value for measure in measures])
    return values, np.column_stack([measure.spread for measure in measures])


def _variance(features: Floats, spread: Floats, weights: Weights) -> Floats:
    """Return the variance of η: of the weights at these values, of the unknown, of the baseline."""
    squared = weights.error**2
    unknown = _sum_rows(spread**2 * (weights.value**2 + squared))
    if weights.estimate is None:
        return _sum_rows(features**2 * squared) + unknown + weights.baseline_error**2
    # Fitted weights hang together, and their level belongs to the mean placement.
    off = features - weights.typical
    told = np.zeros(len(features))
    for column, row in zip(off.T, weights.estimate.covariance, strict=True):
        told += column * _sum_rows(off * row)
    return np.maximum(told, 0.0) + unknown + weights.baseline_error**2


def _sum_rows(table: Floats) -> Floats:
    # Not a matrix product: its last digit may depend on where a row stands, and replays compare.
    return np.asarray(table.sum(axis=1))


def _where(
    away: Bools, parted: tuple[Floats, Floats, Floats], whole: tuple[Floats, Floats, Floats]
) -> tuple[Floats, Floats, Floats]:
    chance, low, high = (np.where(away, *both) for both in zip(parted, whole, strict=True))
    return chance, low, high


def _bounds(hazard: Floats, log_ratio: Floats, variance: Floats) -> tuple[Floats, Floats, Floats]:
    """Return the chance with the lower and upper bound of its 90% interval."""
    half = Z90 * np.sqrt(variance)
    return (
        chance(hazard, log_ratio),
        chance(hazard, log_ratio - half),
        chance(hazard, log_ratio + half),
    )
