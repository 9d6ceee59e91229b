"""Whether breakdowns come more or less often than before, against what was stated."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from math import exp, lgamma, log

import numpy as np

from app.outcomes.criterion import Criterion
from app.outcomes.stated import Stated


@dataclass(frozen=True, slots=True)
class Drift:
    """Seen and expected in the last window and in the time before; p: None with too little.

    level_p: of the last window against what was stated, by Poisson's distribution.
    """

    first: date
    seen: int
    expected: float
    seen_before: int
    expected_before: float
    p: float | None
    level_p: float | None
    threshold: float

    @property
    def is_alarm(self) -> bool:
        """Return whether the change is more than chance makes of weekly looks."""
        return self.p is not None and self.p < self.threshold

    @property
    def is_up(self) -> bool:
        """Return whether there are relatively more breakdowns than before."""
        return self.seen * self.expected_before > self.seen_before * self.expected


def find_drift(stated: Stated, criterion: Criterion, *, today: date) -> Drift:
    """Return the last window against the time before it.

    Under no change, and whatever the level is, the breakdowns fall into the two in proportion to
    what was expected in each: an exact binomial test. A level that was always wrong is no drift.
    """
    first = today - timedelta(days=criterion.window)
    before = first - timedelta(days=criterion.reference)
    seen, expected = within(stated, first, today)
    seen_before, expected_before = within(stated, before, first)
    is_enough = min(expected, expected_before) >= criterion.fewest
    share = expected / (expected + expected_before) if expected else 0.0
    return Drift(
        first=first,
        seen=seen,
        expected=expected,
        seen_before=seen_before,
        expected_before=expected_before,
        p=binomial_p(seen, seen + seen_before, share) if is_enough else None,
        level_p=poisson_p(seen, expected) if expected >= criterion.fewest else None,
        threshold=criterion.threshold,
    )


def within(stated: Stated, first: date, last: date) -> tuple[int, float]:
    """Return how many broke down after one day until and with another, and how many expected."""
    begin, end = np.datetime64(first), np.datetime64(last)
    fell = stated.broke & (stated.last > begin) & (stated.last <= end)
    until = np.minimum(stated.last, end)
    days = [(day - stated.began).astype(np.float64) for day in (np.minimum(begin, until), until)]
    at_start, at_end = (stated.expected_until(day) for day in days)
    return int(fell.sum()), float((at_end - at_start).sum())


def binomial_p(seen: int, total: int, share: float) -> float:
    """Return the two-sided p-value: twice the smaller tail, at most 1."""
    if not 0 < share < 1:
        return 1.0

    def log_chance(k: int) -> float:
        ways = lgamma(total + 1) - lgamma(k + 1) - lgamma(total - k + 1)
        return ways + k * log(share) + (total - k) * log(1 - share)

    return _two_sided(log_chance, seen)


def poisson_p(seen: int, expected: float) -> float:
    """Return the two-sided p-value of so many where so many were expected."""
    return _two_sided(lambda k: k * log(expected) - expected - lgamma(k + 1), seen)


def _two_sided(log_chance: Callable[[int], float], seen: int) -> float:
    until = sum(exp(log_chance(k)) for k in range(seen + 1))
    from_here = 1 - until + exp(log_chance(seen))
    return min(1.0, 2 * max(min(until, from_here), 0.0))
