"""Measures with their interval, by statsmodels and SciPy: no measure of the service."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy import stats
from statsmodels.duration.survfunc import SurvfuncRight
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.weightstats import DescrStatsW

from app.kernel.small_cells import SMALLEST

Measure = dict[str, float | None]
NOTHING: Measure = {"waarde": None, "laag": None, "hoog": None}


def three(value: float, bounds: Sequence[float]) -> Measure:
    """Return a number with its bounds, as a board names them."""
    return {"waarde": float(value), "laag": float(bounds[0]), "hoog": float(bounds[1])}


def share(hits: Sequence[bool]) -> Measure:
    """Return a share with Wilson's interval."""
    found = int(np.sum(hits))
    return three(found / len(hits), proportion_confint(found, len(hits), method="wilson"))


def mean(values: Sequence[float]) -> Measure:
    """Return a mean with the normal interval."""
    told = DescrStatsW(np.array(values, dtype=float))
    return three(told.mean, told.zconfint_mean())


def broken(time: Sequence[float], broke: Sequence[bool]) -> Measure:
    """Return who broke down by time 1, by the product of Kaplan and Meier.

    Of placements whose term has passed; nothing where the curve does not reach its end: fewer than
    ten held all of it and some were lost sight of. Wilson's interval, of as many as Greenwood's
    variance stands for (Rothman 1978).
    """
    parts, fell = np.array(time, dtype=float), np.array(broke, dtype=int)
    fell = fell * (parts <= 1.0)
    whole, on_the_way = (parts >= 1).sum(), ((parts < 1) & (fell == 0)).sum()
    if len(parts) < SMALLEST or (whole < SMALLEST and on_the_way):
        return NOTHING
    if not fell.any():
        return three(0.0, proportion_confint(0, int((parts >= 1).sum()), method="wilson"))
    judge = SurvfuncRight(np.minimum(parts, 1.0), fell)
    kept, error = float(judge.surv_prob[-1]), float(judge.surv_prob_se[-1])
    lost = 1 - kept
    size = kept * lost / error**2 if 0 < lost < 1 else float(((parts >= 1) | (fell > 0)).sum())
    return three(lost, proportion_confint(lost * size, size, method="wilson"))


def median_wait(days: Sequence[float], placed: Sequence[bool]) -> Measure:
    """Return the median of days with the interval of Brookmeyer and Crowley."""
    if not any(placed):
        return NOTHING
    judge = SurvfuncRight(np.array(days, dtype=float), np.array(placed, dtype=int))
    # The first day on which half are placed: statsmodels' own median asks for more than half.
    half = judge.surv_times[judge.surv_prob <= 0.5 + 1e-9]
    if not len(half):
        return NOTHING
    z = stats.norm.ppf(0.975) * np.nan_to_num(judge.surv_prob_se)
    low = judge.surv_times[judge.surv_prob - z <= 0.5 + 1e-9][0]
    below = judge.surv_times[judge.surv_prob + z < 0.5]
    return three(half[0], (low, below[0] if len(below) else max(days)))


def against(seen: int, expected: float) -> Measure:
    """Return seen over expected with Byar's interval."""

    def byar(count: int, side: int) -> float:
        z = side * stats.norm.ppf(0.975)
        return (
            float(count * (1 - 1 / (9 * count) + z / (3 * np.sqrt(count))) ** 3) if count else 0.0
        )

    return three(seen / expected, (byar(seen, -1) / expected, byar(seen + 1, 1) / expected))


def two_sided(lower: float, upper: float) -> float:
    """Return twice the smaller tail."""
    return min(1.0, 2 * min(lower, upper))


def concordance(chance: Any, time: Any, broke: Any) -> Measure:
    """Return Harrell's C over all pairs, with the interval of Hanley and McNeil."""
    first, later = np.nonzero(broke[:, None] & (time[None, :] > time[:, None]))
    right = (chance[first] > chance[later]).sum() + 0.5 * (chance[first] == chance[later]).sum()
    c, fell, held = right / len(first), int(broke.sum()), int((~broke).sum())
    variance = (
        c * (1 - c) + (fell - 1) * (c / (2 - c) - c**2) + (held - 1) * (2 * c**2 / (1 + c) - c**2)
    ) / (fell * held)
    return three(c, stats.norm.interval(0.95, loc=c, scale=np.sqrt(variance)))


def brier(chance: Any, time: Any, broke: Any) -> float:
    """Return the squared error by time 1, weighed by not being censored (Graf 1999).

    The curve of censoring is statsmodels': of equal times breakdowns come first.
    """
    fell = broke & (time <= 1.0)
    shift = 1e-9  # so that a censoring meets only who did not break down at that time
    judge = SurvfuncRight(np.where(broke, time - shift, time), (~broke).astype(int))

    def free(at: Any) -> Any:
        """Return the chance of not being censored just before a moment."""
        nth = np.searchsorted(judge.surv_times, at, side="left")
        return np.concatenate([[1.0], judge.surv_prob])[nth]

    weight = np.where(fell, 1 / free(time), np.where(time > 1.0, 1 / free(1.0 + shift), 0.0))
    return float((weight * (fell - chance) ** 2).sum() / len(time))
