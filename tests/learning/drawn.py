"""Samples drawn from the very model that is fitted, with weights that the test knows."""

import numpy as np

from app.learning.prior import Prior
from app.learning.sample import Sample
from app.matching.problem import Floats

SHAPE, LEVEL = 0.7, -1.5  # of the Weibull; log cumulative hazard in a year at the mean


def prior_of_size(mean: list[float], error: float, *, signs: list[float] | None = None) -> Prior:
    """Return a prior of so many factors; signs as in a weights file, none by default."""
    sign = np.array(signs or [0.0] * len(mean))
    return Prior(
        mean=np.array(mean),
        error=np.full(len(mean), error),
        low=np.where(sign > 0, 0.0, -np.inf),
        high=np.where(sign < 0, 0.0, np.inf),
        typical=np.zeros(len(mean)),
        level=LEVEL,
        shape=SHAPE,
    )


def draw_sample(weights: list[float], placements: int, *, seed: int = 1) -> Sample:
    """Return placements that broke down by these weights, half of them censored at random."""
    dice = np.random.default_rng(seed)
    features = dice.normal(size=(placements, len(weights)))
    months = _draw_months(dice, features @ np.array(weights))
    followed = dice.uniform(1, 40, size=placements)
    return Sample(features, np.minimum(months, followed), months <= followed)


def _draw_months(dice: np.random.Generator, log_ratio: Floats) -> Floats:
    target = dice.exponential(size=len(log_ratio)) / np.exp(LEVEL + log_ratio)
    return np.asarray(12 * target ** (1 / SHAPE))
