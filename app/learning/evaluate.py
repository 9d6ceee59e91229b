"""How well the weights predict placements that they were not fitted on: by cross-validation."""

from dataclasses import dataclass

import numpy as np

from app.learning.fit import YEAR, fit
from app.learning.measures import (
    brier,
    broken_within,
    calibration_slope,
    concordance,
    kept_until,
    resampled_concordance,
)
from app.learning.prior import Prior
from app.learning.sample import Sample
from app.matching.problem import Floats, Ints
from app.matching.risk.hazard import chance

FOLDS, SEED, RESAMPLES, FIFTHS = 5, 1, 200, 5
# Under 100 breakdowns (and 100 that held) a check of calibration says hardly anything: Vergouwe
# 2005, Collins 2016. Under 5 in each fold nothing can be said at all.
ENOUGH, FEWEST = 100, 25
RIGHT_LEVEL = (0.8, 1.25)  # observed over expected


@dataclass(frozen=True, slots=True)
class Band:
    """A fifth of the placements by predicted chance in a year: how many, predicted, observed.

    low, high: 95% interval of what was observed.
    """

    placements: int
    predicted: float
    observed: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Quality:
    """What was measured on placements left out of the fit; chances run over twelve months.

    c, c_prior: Harrell's C of the fit and of the priors alone, with 95% bootstrap intervals.
    brier_base: of the base rate for everybody. slope: of calibration, with its standard error.
    """

    placements: int
    breakdowns: int
    c: tuple[float, float, float]
    c_prior: tuple[float, float, float]
    brier: float
    brier_prior: float
    brier_base: float
    slope: tuple[float, float]
    expected: float
    observed: float
    bands: tuple[Band, ...]

    @property
    def has_right_level(self) -> bool:
        """Return whether as many broke down as was expected, give or take a fifth."""
        ratio = self.observed / self.expected if self.expected else 0.0
        return RIGHT_LEVEL[0] <= ratio <= RIGHT_LEVEL[1]


@dataclass(frozen=True, slots=True)
class Predicted:
    """What was predicted of n placements. ratio: log cumulative hazard in a year; hazard: the
    cumulative hazard over the time that each was followed."""

    ratio: Floats
    hazard: Floats


def has_enough_to_check(sample: Sample) -> bool:
    """Return whether anything can be said about placements left out of a fit."""
    return bool(sample.broke.sum() >= FEWEST and (~sample.broke).sum() >= FEWEST)


def evaluate(sample: Sample, prior: Prior) -> Quality | None:
    """Return the quality by five-fold cross-validation, or None with too few outcomes for it."""
    if not has_enough_to_check(sample):
        return None
    predicted, base = predict_left_out(sample, prior)
    before = prior.level + (sample.features - prior.typical) @ prior.mean
    return _measure(sample, predicted, before=before, base=base)


def predict_left_out(sample: Sample, prior: Prior) -> tuple[Predicted, Floats]:
    """Return what fits without them say of each fifth, and the base rate of the others."""
    fold = _folds(sample)
    ratio, hazard, base = np.empty(len(sample)), np.empty(len(sample)), np.empty(len(sample))
    for number in range(FOLDS):
        out = fold == number
        rest = sample.take(~out)
        fitted = fit(rest, prior)
        ratio[out] = fitted.level + fitted.log_ratio(sample.features[out])
        hazard[out] = np.exp(ratio[out]) * (sample.months[out] / YEAR) ** fitted.shape
        base[out] = broken_within(YEAR, rest.months, rest.broke)
    return Predicted(ratio, hazard), base


def can_calibrate(sample: Sample, quality: Quality | None) -> bool:
    """Return whether the outcomes bear out chances: enough of them, and the check holds."""
    if quality is None or sample.broke.sum() < ENOUGH or (~sample.broke).sum() < ENOUGH:
        return False
    return quality.brier < quality.brier_base and quality.has_right_level


def _folds(sample: Sample) -> Ints:
    """Deal breakdowns and the others out over the folds in turn, in a fixed random order."""
    draw = np.random.default_rng(SEED)
    fold = np.empty(len(sample), dtype=np.int64)
    for rows in (np.flatnonzero(sample.broke), np.flatnonzero(~sample.broke)):
        fold[draw.permutation(rows)] = np.arange(len(rows)) % FOLDS
    return fold


def _measure(sample: Sample, found: Predicted, *, before: Floats, base: Floats) -> Quality:
    months, broke = sample.months, sample.broke
    predicted, first = chance_in_year(found.ratio), chance_in_year(before)
    return Quality(
        placements=len(sample),
        breakdowns=int(broke.sum()),
        c=concordance_with_interval(found.ratio, sample),
        c_prior=concordance_with_interval(before, sample),
        brier=brier(predicted, YEAR, months, broke),
        brier_prior=brier(first, YEAR, months, broke),
        brier_base=brier(base, YEAR, months, broke),
        slope=calibration_slope(found.ratio, found.hazard, broke),
        expected=float(predicted.mean()),
        observed=broken_within(YEAR, months, broke),
        bands=bands_of(predicted, sample),
    )


def chance_in_year(ratio: Floats) -> Floats:
    """Return the chance of breakdown in a year, of a log cumulative hazard in a year."""
    return chance(np.exp(ratio), np.zeros(len(ratio)))


def concordance_with_interval(risk: Floats, sample: Sample) -> tuple[float, float, float]:
    """Return Harrell's C with its 95% bootstrap interval: value, low, high."""
    n, draw = len(sample), np.random.default_rng(SEED)
    counts = draw.multinomial(n, np.full(n, 1 / n), size=RESAMPLES)
    found = resampled_concordance(risk, sample.months, sample.broke, counts)
    low, high = np.nanquantile(found, [0.025, 0.975])
    return concordance(risk, sample.months, sample.broke), float(low), float(high)


def bands_of(predicted: Floats, sample: Sample) -> tuple[Band, ...]:
    """Return the placements in fifths by predicted chance, lowest first."""
    order = np.array_split(np.argsort(predicted, kind="stable"), FIFTHS)
    return tuple(_band(predicted[at], sample.take(at)) for at in order)


def _band(predicted: Floats, part: Sample) -> Band:
    draw = np.random.default_rng(SEED)
    found = []
    for _ in range(RESAMPLES):
        at = draw.integers(0, len(part), len(part))
        found.append(1 - kept_until(YEAR, part.months[at], part.broke[at]))
    low, high = np.quantile(found, [0.025, 0.975])
    observed = broken_within(YEAR, part.months, part.broke)
    return Band(len(part), float(predicted.mean()), observed, float(low), float(high))
