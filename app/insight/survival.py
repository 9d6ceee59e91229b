"""How long placements hold: the curve by day with its interval. Pure.

The interval is on the scale of log(-log S), which stays between 0 and 1 (Kalbfleisch and Prentice,
section 1.4).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import exp, log, sqrt
from statistics import NormalDist

import numpy as np

from app.kernel.survival import kaplan_meier

LEVEL = 0.95
DAYS_A_MONTH = 365.25 / 12


@dataclass(frozen=True, slots=True)
class Lasted:
    """So many placements that lasted so many days: broken down then, or seen no longer."""

    days: int
    broken: int
    censored: int


@dataclass(frozen=True, slots=True)
class Step:
    """The curve from a day on: the share that holds, its interval, and how it stands.

    at_risk: still seen just before. broken: all so far. low and high are None where there is no
    interval: nothing broke yet, or everything did.
    """

    days: int
    at_risk: int
    broken: int
    share: float
    low: float | None
    high: float | None


def curve_of(lasted: Iterable[Lasted]) -> list[Step]:
    """Return a step for each day on which one broke down, in order; none where none did."""
    told = [(one.days, one.broken, one.broken + one.censored) for one in lasted]
    days, broken, gone = np.array(told, dtype=np.float64).reshape(-1, 3).T
    found = kaplan_meier(days, broken, gone)
    columns = (found.at, found.at_risk, np.cumsum(found.broken), found.kept, found.spread)
    return [
        Step(int(day), int(at_risk), int(so_far), share, *interval(share, spread))
        for day, at_risk, so_far, share, spread in zip(*(c.tolist() for c in columns), strict=True)
    ]


def at_day(steps: Iterable[Step], day: float) -> Step | None:
    """Return the last step on or before a day; None while nothing broke."""
    return next((step for step in reversed(list(steps)) if step.days <= day), None)


def interval(share: float, spread: float) -> tuple[float | None, float | None]:
    """Return low and high of a share; spread: Greenwood's sum, var(S) / S squared."""
    if not 0 < share < 1:
        return None, None
    z = NormalDist().inv_cdf((1 + LEVEL) / 2)
    width = z * sqrt(spread) / abs(log(share))
    return share ** exp(width), share ** exp(-width)
