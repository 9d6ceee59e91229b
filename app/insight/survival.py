"""How long placements hold: the estimate of Kaplan and Meier with its interval. Pure.

Source: Kaplan and Meier (1958); variance by Greenwood (1926); the interval on the scale of
log(-log S), which stays between 0 and 1 (Kalbfleisch and Prentice, section 1.4).
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import exp, inf, log, sqrt
from statistics import NormalDist

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
    broken, gone = _by_day(lasted)
    at_risk, share, spread, so_far = sum(gone.values()), 1.0, 0.0, 0
    steps = []
    for day in sorted(gone):
        if broken[day]:
            share *= 1 - broken[day] / at_risk
            spread += _greenwood(broken[day], at_risk)
            so_far += broken[day]
            low, high = interval(share, spread)
            steps.append(Step(day, at_risk, so_far, share, low, high))
        at_risk -= gone[day]
    return steps


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


def _by_day(lasted: Iterable[Lasted]) -> tuple[Mapping[int, int], Mapping[int, int]]:
    """Return by day how many broke down, and how many are seen no longer after it."""
    broken: Counter[int] = Counter()
    gone: Counter[int] = Counter()
    for group in lasted:
        broken[group.days] += group.broken
        gone[group.days] += group.broken + group.censored
    return broken, gone


def _greenwood(broken: int, at_risk: int) -> float:
    return broken / (at_risk * (at_risk - broken)) if at_risk > broken else inf
