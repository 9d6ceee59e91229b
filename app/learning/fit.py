"""The survival model: Weibull proportional hazards, penalised towards the published weights.

The most likely weights under outcomes and prior together (L-BFGS-B of SciPy, within the signs),
then the mean and covariance of all that is still possible: Laplace's approximation there (Bishop
2006, 4.4), cut off at the signs. The mean ranks families better than the mode (ADR 0014).
"""

from dataclasses import dataclass

import numpy as np

from app.learning.prior import LEVEL_ERROR, SHAPE_ERROR, Prior
from app.learning.sample import Sample
from app.learning.truncated import Normal, truncate
from app.matching.problem import Floats

YEAR = 12.0  # months: time runs in years, so that the level is that of a year


class FitFailed(RuntimeError):
    """The search for the most likely weights did not settle: a fault of ours, never of the file."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """The posterior. value: weights (factors,); covariance: (factors, factors).

    centre: the mean of each factor in the sample, to which level (log cumulative hazard in a year)
    belongs; level_error: its standard error. shape: of the Weibull.
    """

    value: Floats
    covariance: Floats
    centre: Floats
    level: float
    level_error: float
    shape: float

    @property
    def error(self) -> Floats:
        """Return the standard error of each weight."""
        return np.asarray(np.sqrt(np.diag(self.covariance)))

    def log_ratio(self, features: Floats) -> Floats:
        """Return the log hazard of rows of factors against the mean placement, shape (n,)."""
        return np.asarray((features - self.centre) @ self.value)


def fit(sample: Sample, prior: Prior) -> Fitted:
    """Return the weights after the outcomes.

    Without a single breakdown the outcomes say only that the level is low. Raises FitFailed.
    """
    if len(sample) == 0:
        raise ValueError("a fit needs at least one placement")
    centre = sample.features.mean(axis=0)
    target = Target(sample, prior, centre)
    after = truncate(_laplace(target, target.most_likely()), low=target.low, high=target.high)
    free = len(prior.mean)
    return Fitted(
        # Of a direction that is bounded the mean lies within; clipped for its last digit.
        value=np.clip(after.mean[:free], prior.low, prior.high) + 0.0,  # never -0.0
        covariance=np.asarray(after.covariance[:free, :free], dtype=np.float64),
        centre=centre,
        level=float(after.mean[free]),
        level_error=float(np.sqrt(after.covariance[free, free])),
        shape=float(np.exp(min(after.mean[free + 1], 0.0))),
    )


def _laplace(target: "Target", best: Floats) -> Normal:
    """Return the normal with the slope and curvature of the posterior at a point.

    Where a sign holds the point, the slope is not nought, and the normal's mean lies beyond it.
    """
    curvature = target.curvature(best)
    _, slope = target(best)
    covariance = np.asarray(np.linalg.inv(curvature), dtype=np.float64)
    return Normal(best - covariance @ slope, covariance)


class Target:
    """Minus the log posterior of (weights, level, log shape), with its slope and curvature.

    With H = exp(level + x·w) · t^shape, t in years, a placement adds
    broke · (log shape + level + x·w + shape · log t) − H to the log likelihood.
    """

    def __init__(self, sample: Sample, prior: Prior, centre: Floats) -> None:
        self._x = sample.features - centre
        self._log_t = np.log(sample.months / YEAR)
        self._broke = sample.broke.astype(np.float64)
        shift = float((centre - prior.typical) @ prior.mean)
        self._mean = np.concatenate([prior.mean, [prior.level + shift, np.log(prior.shape)]])
        self._error = np.concatenate([prior.error, [LEVEL_ERROR, SHAPE_ERROR]])
        self._weight = 1 / self._error**2
        # The signs of the weights, and a shape of at most 1: the hazard never rises.
        self.low = np.concatenate([prior.low, [-np.inf, -np.inf]])
        self.high = np.concatenate([prior.high, [np.inf, 0.0]])

    def most_likely(self) -> Floats:
        """Return the parameters with the highest posterior within the bounds; raises FitFailed."""
        from scipy.optimize import minimize

        found = minimize(
            self.in_errors, np.zeros(len(self._mean)), jac=True, method="L-BFGS-B",
            bounds=self._bounds_in_errors(), options={"maxiter": 2000, "ftol": 1e-13},
        )  # fmt: skip
        if not np.isfinite(found.fun):
            raise FitFailed("the likelihood of the outcomes is not finite")
        return np.clip(self.from_errors(found.x), self.low, self.high)

    def from_errors(self, steps: Floats) -> Floats:
        """Return the parameters that lie so many prior errors from the prior mean."""
        return np.asarray(self._mean + self._error * steps)

    def in_errors(self, steps: Floats) -> tuple[float, Floats]:
        """Return minus the log posterior and its slope; in these units the search is short."""
        value, slope = self(self.from_errors(steps))
        return value, slope * self._error

    def _bounds_in_errors(self) -> list[tuple[float, float]]:
        steps = [(bound - self._mean) / self._error for bound in (self.low, self.high)]
        return list(zip(*(step.tolist() for step in steps), strict=True))

    def __call__(self, at: Floats) -> tuple[float, Floats]:
        """Return minus the log posterior and its slope."""
        log_hazard, time, expected = self._parts(at)
        off = at - self._mean
        likely = (self._broke * (log_hazard + at[-1])).sum() - expected.sum()
        left = self._broke - expected
        slope = np.concatenate([self._x.T @ left, [left.sum(), (self._broke + left * time).sum()]])
        value = 0.5 * (self._weight * off**2).sum() - likely
        return float(value), self._weight * off - slope

    def curvature(self, at: Floats) -> Floats:
        """Return the second derivatives, shape (factors + 2, factors + 2)."""
        _, time, expected = self._parts(at)
        rows = np.column_stack([self._x, np.ones(len(time)), time])
        curvature = rows.T @ (expected[:, None] * rows) + np.diag(self._weight)
        curvature[-1, -1] -= ((self._broke - expected) * time).sum()
        return np.asarray(curvature)

    def _parts(self, at: Floats) -> tuple[Floats, Floats, Floats]:
        time = np.exp(at[-1]) * self._log_t
        log_hazard = self._x @ at[:-2] + at[-2] + time
        # Beyond any chance that can be told from one; keeps a wild trial step finite.
        return log_hazard, time, np.exp(np.minimum(log_hazard, 50.0))
