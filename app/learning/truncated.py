"""The mean and covariance of a normal distribution that is held to a side in some directions.

A weight with a sign lies against zero in the most likely point as soon as the outcomes are slightly
against it; on average over all that is still possible it does not. By expectation propagation:
exact in one direction, and of a few digits in many (Cunningham, Hennig and Lacoste-Julien 2011).
"""

from dataclasses import dataclass

import numpy as np

from app.matching.problem import Floats

_SWEEPS, _SETTLED = 100, 1e-10
_LEAST = 1e-12  # of a variance


@dataclass(frozen=True, slots=True)
class Normal:
    """mean: shape (n,); covariance: (n, n)."""

    mean: Floats
    covariance: Floats


def truncate(whole: Normal, *, low: Floats, high: Floats) -> Normal:
    """Return the moments within one-sided bounds, shape (n,); infinite where there is none."""
    precision = np.linalg.inv(whole.covariance)
    state = _Propagation(whole.covariance.copy(), precision @ whole.mean)
    bounded = np.flatnonzero(np.isfinite(low) | np.isfinite(high)).tolist()
    sides = [(at, *_side(low[at], high[at])) for at in bounded]
    for _ in range(_SWEEPS):
        before = state.mean
        for at, bound, sign in sides:
            state.hold(at, bound, sign)
        if np.abs(state.mean - before).max() < _SETTLED:
            break
    return Normal(state.mean, state.covariance)


def _side(low: float, high: float) -> tuple[float, float]:
    """Return the bound, and 1.0 where the values lie above it, -1.0 where below."""
    return (low, 1.0) if np.isfinite(low) else (high, -1.0)


class _Propagation:
    """A normal approximation, with for each bound a normal factor that stands for it."""

    def __init__(self, covariance: Floats, shift: Floats) -> None:
        self.covariance, self._shift = covariance, shift
        self.mean = np.asarray(covariance @ shift)
        self._precision, self._pull = np.zeros(len(shift)), np.zeros(len(shift))

    def hold(self, at: int, bound: float, sign: float) -> None:
        """Renew the factor of one bound, so that in its own direction the moments are exact."""
        variance = self.covariance[at, at]
        precision = 1 / variance - self._precision[at]
        if precision <= 0:
            return
        pull = self.mean[at] / variance - self._pull[at]
        mean, spread = _cut(pull / precision, 1 / precision, bound, sign)
        more = 1 / spread - precision - self._precision[at]
        self._precision[at] += more
        self._pull[at] = mean / spread - pull
        column = self.covariance[:, at].copy()
        self.covariance -= np.outer(column, column) * (more / (1 + more * column[at]))
        self.mean = np.asarray(self.covariance @ (self._shift + self._pull))


def _cut(mean: float, variance: float, bound: float, sign: float) -> tuple[float, float]:
    """Return mean and variance of one normal number above (1.0) or below (-1.0) a bound."""
    from scipy.special import log_ndtr

    error = np.sqrt(variance)
    far = sign * (mean - bound) / error
    ratio = np.exp(-0.5 * far**2 - log_ndtr(far)) / np.sqrt(2 * np.pi)
    left = variance * (1 - ratio * (ratio + far))
    return float(mean + sign * error * ratio), float(max(left, _LEAST))
