"""What was seen, with its interval: Kaplan-Meier over the horizon, and seen against expected."""

from dataclasses import dataclass
from math import sqrt

import numpy as np

from app.kernel.small_cells import SMALLEST
from app.kernel.survival import kaplan_meier
from app.matching.problem import Bools, Floats

Z95 = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number with its 95% interval."""

    value: float
    low: float
    high: float


def broken_share(time: Floats, broke: Bools, due: Bools) -> Estimate | None:
    """Return the chance of breakdown within the horizon; None where too few were followed that far.

    due: the whole horizon has passed since it began, whatever became of it; only those count. Of
    one that began lately nobody knows yet, and where horizons differ those with a long one would
    drop out of the curve halfway: what is left of it would be told of the short ones alone.
    Kaplan-Meier with the time as a part of each placement's own horizon, so that a month of crisis
    care and a year count alike; who ended as planned before it counts until then. The interval is
    Wilson's with the number of placements that Greenwood's variance stands for (Rothman 1978): also
    right near 0 and 1.
    """
    if not is_followed(time, broke, due):
        return None
    time, broke = time[due], broke[due]
    found = kaplan_meier(time, (broke & (time <= 1.0)).astype(np.float64), np.ones(len(time)))
    kept, spread = (float(found.kept[-1]), float(found.spread[-1])) if len(found.at) else (1.0, 0.0)
    share = 1 - kept
    known = int((broke | (time >= 1.0)).sum())
    size = share / (kept * spread) if 0 < share < 1 else float(known)
    return wilson(share, size) if size > 0 else None


def is_followed(time: Floats, broke: Bools, due: Bools) -> bool:
    """Return whether a curve of those that are due reaches the horizon.

    Ten at least held all of it, or none of ten or more was lost sight of on the way.
    """
    held, lost = int((due & (time >= 1.0)).sum()), int((due & ~broke & (time < 1.0)).sum())
    return int(due.sum()) >= SMALLEST and (held >= SMALLEST or not lost)


def wilson(share: float, size: float) -> Estimate:
    """Return Wilson's interval of a share of so many."""
    square = Z95**2
    middle = (share + square / (2 * size)) / (1 + square / size)
    half = Z95 * sqrt(share * (1 - share) / size + square / (4 * size**2)) / (1 + square / size)
    return Estimate(share, max(middle - half, 0.0), min(middle + half, 1.0))


def ratio(seen: int, expected: float) -> Estimate | None:
    """Return seen over expected with Byar's interval (Poisson); None where nothing is expected."""
    if expected <= 0:
        return None
    low = seen * (1 - 1 / (9 * seen) - Z95 / (3 * sqrt(seen))) ** 3 if seen else 0.0
    more = seen + 1
    high = more * (1 - 1 / (9 * more) + Z95 / (3 * sqrt(more))) ** 3
    return Estimate(seen / expected, max(low, 0.0) / expected, high / expected)


def concordance_interval(value: float, broke: int, held: int) -> Estimate:
    """Return Harrell's C with the interval of Hanley and McNeil (1982), as of an AUC."""
    one, both = value / (2 - value), 2 * value**2 / (1 + value)
    square = value**2
    spread = value * (1 - value) + (broke - 1) * (one - square) + (held - 1) * (both - square)
    error = sqrt(max(spread, 0.0) / (broke * held))
    return Estimate(value, max(value - Z95 * error, 0.0), min(value + Z95 * error, 1.0))
