"""Two sets of weights beside each other, on the same placements.

The new ones are judged by cross-validation: each placement by a fit that did not see it. Those in
force are judged as they are. Where they were learnt on some of these placements themselves they
look better than they are, so that the comparison leans towards leaving things as they are.
"""

from dataclasses import dataclass

import numpy as np

from app.learning.evaluate import (
    Band,
    Predicted,
    bands_of,
    chance_in_year,
    concordance_with_interval,
    has_enough_to_check,
    predict_left_out,
)
from app.learning.fit import YEAR
from app.learning.measures import brier, broken_within, calibration_slope
from app.learning.prior import Prior
from app.learning.sample import Sample
from app.matching.risk.weights import Weights

_Z95 = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Judged:
    """How well one set of weights predicts. c, slope: value, low, high of a 95% interval.

    expected, observed: chance of breakdown in a year. bands: fifths by predicted chance.
    """

    c: tuple[float, float, float]
    slope: tuple[float, float, float]
    brier: float
    expected: float
    observed: float
    bands: tuple[Band, ...]


@dataclass(frozen=True, slots=True)
class SideBySide:
    """The new weights and those in force; brier_base: of the base rate for everybody."""

    new: Judged
    present: Judged
    brier_base: float


def compare(sample: Sample, prior: Prior, present: Weights) -> SideBySide | None:
    """Return both judged, or None with too few outcomes to say anything."""
    if not has_enough_to_check(sample):
        return None
    left_out, base = predict_left_out(sample, prior)
    return SideBySide(
        new=judge(sample, left_out),
        present=judge(sample, predict_by(sample, present)),
        brier_base=brier(base, YEAR, sample.months, sample.broke),
    )


def predict_by(sample: Sample, weights: Weights) -> Predicted:
    """Return what weights say of placements, without looking at their outcomes."""
    level = np.log(-np.log1p(-weights.chance_in_year))
    ratio = np.asarray(level + (sample.features - weights.typical) @ weights.value)
    return Predicted(ratio, np.exp(ratio) * (sample.months / YEAR) ** weights.shape)


def judge(sample: Sample, predicted: Predicted) -> Judged:
    """Return the measures of a prediction."""
    chances = chance_in_year(predicted.ratio)
    slope, error = calibration_slope(predicted.ratio, predicted.hazard, sample.broke)
    return Judged(
        c=concordance_with_interval(predicted.ratio, sample),
        slope=(slope, slope - _Z95 * error, slope + _Z95 * error),
        brier=brier(chances, YEAR, sample.months, sample.broke),
        expected=float(chances.mean()),
        observed=broken_within(YEAR, sample.months, sample.broke),
        bands=bands_of(chances, sample),
    )
