"""Proportional hazards with a front-loaded baseline: from a log hazard to a chance.

A Weibull shape below 1 says that most breakdowns come early, as every source on placements finds.
"""

import numpy as np

from app.matching.problem import Floats

YEAR = 12.0
SHORTEST = 0.25  # months; a shorter stay is not what foster care arranges


def horizon_months(expected_months: Floats) -> Floats:
    """Return over how many months each chance runs: 12, or the expected stay where shorter."""
    return np.maximum(np.fmin(expected_months, YEAR), SHORTEST)


def cumulative_hazard(chance_in_year: float, shape: float, months: Floats) -> Floats:
    """Return the baseline's cumulative hazard after some months."""
    return np.asarray(-np.log1p(-chance_in_year) * (months / YEAR) ** shape)


def chance(hazard: Floats, log_ratio: Floats) -> Floats:
    """Return the chance of breakdown, 0..1, rounded to six decimals."""
    return np.asarray(np.round(-np.expm1(-hazard * np.exp(log_ratio)), 6), dtype=np.float64)
