"""How good stated chances were as a whole: spread, order and squared error."""

from dataclasses import dataclass

import numpy as np

from app.learning.measures import brier, calibration_slope, concordance
from app.outcomes.stated import Stated
from app.outcomes.survival import Z95, Estimate, broken_share, concordance_interval

FEWEST = 10  # of each kind: under it these numbers say nothing at all


@dataclass(frozen=True, slots=True)
class Measures:
    """None where there are too few outcomes for any number."""

    slope: Estimate | None = None
    concordance: Estimate | None = None
    brier: float | None = None
    brier_base: float | None = None


def measure(stated: Stated) -> Measures:
    """Return the measures of all stated chances over their own horizons.

    Brier's score is of those whose horizon has passed: of another nobody knows what was right.
    """
    broke = int(stated.broke.sum())
    held = len(stated) - broke
    if min(broke, held) < FEWEST:
        return Measures()
    score, base = _brier(stated)
    return Measures(
        slope=_slope(stated),
        concordance=concordance_interval(
            concordance(stated.chance, np.minimum(stated.time, 1.0), stated.broke), broke, held
        ),
        brier=score,
        brier_base=base,
    )


def _brier(stated: Stated) -> tuple[float | None, float | None]:
    """Return the score of the chances and of the base rate for everybody."""
    share = broken_share(stated.time, stated.broke, stated.due)
    if share is None:
        return None, None
    due = stated.due
    scored = [
        brier(chance, 1.0, stated.time[due], stated.broke[due])
        for chance in (stated.chance[due], np.full(int(due.sum()), share.value))
    ]
    return round(scored[0], 4), round(scored[1], 4)


def _slope(stated: Stated) -> Estimate | None:
    log_ratio = np.log(np.maximum(stated.hazard, 1e-9))
    if np.ptp(log_ratio) < 1e-6:
        return None  # all chances alike
    slope, error = calibration_slope(log_ratio, stated.expected, stated.broke)
    return Estimate(slope, slope - Z95 * error, slope + Z95 * error)
