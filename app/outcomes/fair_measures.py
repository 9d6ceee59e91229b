"""What is measured of a group of children, with intervals, and how it compares with the others."""

from math import erfc, sqrt

import numpy as np

from app.matching.problem import Bools, Floats
from app.outcomes.survival import Z95, Estimate, wilson

_ROUNDING = 1e-9  # of a product of many parts


def median_wait(days: Floats, placed: Bools) -> Estimate | None:
    """Return the median of days until a placement, with its 95% interval; None if not reached.

    Kaplan-Meier: who still waits, or withdrew, counts until then. The interval holds the days at
    which the curve is not clearly above or below one half (Brookmeyer and Crowley 1982); a bound
    that is not reached is the last day that was seen.
    """
    times = np.unique(days[placed])
    if not len(times):
        return None
    waiting, spread, curve, error = 1.0, 0.0, [], []
    for time in times:
        at_risk, ended = int((days >= time).sum()), int((placed & (days == time)).sum())
        waiting *= 1 - ended / at_risk
        spread += ended / (at_risk * (at_risk - ended)) if at_risk > ended else 0.0
        curve.append(waiting)
        error.append(waiting * sqrt(spread))
    s, e = np.array(curve), np.array(error)
    half = 0.5 + _ROUNDING
    if s[-1] > half:
        return None
    low = times[np.argmax(s - Z95 * e <= half)]
    below = s + Z95 * e < 0.5
    high = times[np.argmax(below)] if below.any() else days.max()
    return Estimate(float(times[np.argmax(s <= half)]), float(low), float(high))


def mean_of(values: Floats) -> Estimate | None:
    """Return the mean with its 95% interval (normal); None of fewer than two."""
    if len(values) < 2:
        return None
    mean, error = float(values.mean()), float(values.std(ddof=1)) / sqrt(len(values))
    return Estimate(mean, mean - Z95 * error, mean + Z95 * error)


def share_of(hits: Bools) -> Estimate | None:
    """Return a share with Wilson's interval; None of nobody."""
    return wilson(float(hits.mean()), float(len(hits))) if len(hits) else None


def shares_apart(hits: Bools, inside: Bools) -> float:
    """Return by how many standard errors a group's share lies above that of the others (pooled)."""
    n, m = int(inside.sum()), int((~inside).sum())
    pooled = float(hits.mean()) if len(hits) else 0.0
    spread = pooled * (1 - pooled) * (1 / n + 1 / m) if n and m else 0.0
    return float((hits[inside].mean() - hits[~inside].mean()) / sqrt(spread)) if spread else 0.0


def waits_apart(days: Floats, placed: Bools, inside: Bools, strata: list[str]) -> float:
    """Return by how many standard errors a group is placed later than the others.

    The log-rank test, stratified by form of care: that crisis care is found faster is no difference
    of treatment.
    """
    names, gap, spread = np.array(strata), 0.0, 0.0
    for stratum in sorted(set(strata)):
        rows = names == stratum
        off, part = _log_rank(days[rows], placed[rows], inside[rows])
        gap, spread = gap + off, spread + part
    return -gap / sqrt(spread) if spread > 0 else 0.0


def _log_rank(days: Floats, placed: Bools, inside: Bools) -> tuple[float, float]:
    """Return placed in the group minus expected, and the variance of that."""
    order = np.argsort(days, kind="stable")
    days, placed, inside = days[order], placed[order], inside[order]
    first = np.unique(days, return_index=True)[1]
    at_risk = len(days) - first
    group = (inside.sum() - np.concatenate([[0], np.cumsum(inside)]))[first]
    ended = np.add.reduceat(placed.astype(np.float64), first) if len(first) else np.zeros(0)
    ours = np.add.reduceat((placed & inside).astype(np.float64), first) if len(first) else ended
    share = group / np.maximum(at_risk, 1)
    left = (at_risk - ended) / np.maximum(at_risk - 1, 1)
    return float((ours - ended * share).sum()), float((ended * share * (1 - share) * left).sum())


def normal_p(z: float) -> float:
    """Return the two-sided p-value of a standard normal."""
    return float(erfc(abs(z) / sqrt(2)))
