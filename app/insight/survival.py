"""How long placements hold: the curve by day with its interval. Pure.

The interval is on the scale of log(-log S), which stays between 0 and 1 (Kalbfleisch and Prentice,
section 1.4).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import exp, log, sqrt
from statistics import NormalDist

import numpy as np

from app.kernel.small_cells import SMALLEST
from app.kernel.survival import kaplan_meier

LEVEL = 0.95
DAYS_A_MONTH = 365.25 / 12


@dataclass(frozen=True, slots=True)
class Lasted:
    """So many placements that lasted so many days: broken down then, or seen no longer.

    entered: the first day from which the service could see it, counted from the beginning.
    """

    days: int
    broken: int
    censored: int
    entered: int = 0

    @property
    def size(self) -> int:
        """Return how many placements."""
        return self.broken + self.censored


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


def joining(lasted: Iterable[Lasted]) -> list[Lasted]:
    """Return those of one group that a curve from the beginning may count, in order of entering.

    All that were seen from the beginning. One that was taken over later joins those that are
    followed on the day of its entering, if they are ten: else the curve would rest on it alone,
    and say of the time before that all held. What had ended before it was told of does not count.
    """
    of_all = sorted((one for one in lasted if one.size), key=lambda one: (one.entered, one.days))
    entered, days, size = (
        np.array([(one.entered, one.days, one.size) for one in of_all], dtype=np.int64)
        .reshape(-1, 3)
        .T
    )
    counts = entered == 0
    for at in np.flatnonzero((entered > 0) & (entered <= days)):
        day = entered[at]
        counts[at] = size[counts & (entered < day) & (days >= day)].sum() >= SMALLEST
    return [one for one, is_in in zip(of_all, counts.tolist(), strict=True) if is_in]


def curve_of(lasted: Iterable[Lasted]) -> list[Step]:
    """Return a step for each day on which one broke down, in order; none where none did."""
    told = [(one.days, one.broken, one.size, one.entered) for one in lasted]
    days, broken, gone, entered = np.array(told, dtype=np.float64).reshape(-1, 4).T
    found = kaplan_meier(days, broken, gone, entered)
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
