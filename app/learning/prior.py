"""What is believed before any outcome: the published weights, as a normal prior with signs."""

from dataclasses import dataclass

import numpy as np

from app.matching.problem import Floats
from app.matching.risk.weights import Weights

SHAPE_ERROR = 0.3  # of the log of the Weibull shape
LEVEL_ERROR = 1.5  # of the log of the hazard: a region's own level is nearly free


@dataclass(frozen=True, slots=True)
class Prior:
    """Normal priors. mean, error, low, high: shape (factors,); low and high bound the weight.

    level: log cumulative hazard in a year of an ordinary pair; shape: of the Weibull.
    """

    mean: Floats
    error: Floats
    low: Floats
    high: Floats
    typical: Floats
    level: float
    shape: float


def prior_of(weights: Weights) -> Prior:
    """Return the prior that a weights file states: its values, errors and directions."""
    sign = weights.sign
    return Prior(
        mean=weights.value,
        error=weights.error,
        low=np.where(sign > 0, 0.0, -np.inf),
        high=np.where(sign < 0, 0.0, np.inf),
        typical=weights.typical,
        level=float(np.log(-np.log1p(-weights.chance_in_year))),
        shape=weights.shape,
    )
