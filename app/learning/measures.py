"""How good predicted chances are against outcomes of which a part is censored."""

import numpy as np

from app.kernel.survival import kaplan_meier
from app.matching.problem import Bools, Floats, Ints

_CHUNK = 200  # breakdowns at a time, so that memory grows with the placements and not their square


def kept_until(limit: float, months: Floats, ended: Bools) -> float:
    """Return the Kaplan-Meier estimate of still going after some months (at `limit` included)."""
    broken = (ended & (months <= limit)).astype(np.float64)
    found = kaplan_meier(months, broken, np.ones(len(months)))
    return float(found.kept[-1]) if len(found.kept) else 1.0


def broken_within(limit: float, months: Floats, broke: Bools) -> float:
    """Return the Kaplan-Meier estimate of breakdown within some months."""
    return 1 - kept_until(limit, months, broke)


def concordance(risk: Floats, months: Floats, broke: Bools) -> float:
    """Return Harrell's C: of two placements, how often the riskier one broke down first.

    NaN where no two placements can be compared.
    """
    right = pairs = 0.0
    for at in np.flatnonzero(broke):
        later = risk[months > months[at]]
        right += float((risk[at] > later).sum() + 0.5 * (risk[at] == later).sum())
        pairs += len(later)
    return right / pairs if pairs else float("nan")


def resampled_concordance(risk: Floats, months: Floats, broke: Bools, counts: Ints) -> Floats:
    """Return Harrell's C of so many resamples, shape (resamples,).

    counts: how often each placement stands in each resample, shape (resamples, n).
    """
    right, pairs = np.zeros(len(counts)), np.zeros(len(counts))
    for some in np.array_split(np.flatnonzero(broke), np.arange(_CHUNK, broke.sum(), _CHUNK)):
        is_later = months > months[some, None]
        wins = is_later * ((risk[some, None] > risk) + 0.5 * (risk[some, None] == risk))
        right += (counts[:, some] * (counts @ wins.T)).sum(axis=1)
        pairs += (counts[:, some] * (counts @ is_later.T)).sum(axis=1)
    with np.errstate(invalid="ignore"):
        return np.asarray(right / pairs)


def censoring_weights(limit: float, months: Floats, broke: Bools) -> Floats:
    """Return the weight of each placement for what happened by `limit`, shape (n,).

    Inverse probability of not being censored (Graf 1999): who was followed stands for those who
    were not; a placement censored before the limit weighs 0.
    """
    # At equal times breakdowns come before censoring, so a censoring meets the smaller risk set;
    # in whatever order the placements are given.
    order = np.lexsort((~broke, months))
    at_risk = np.arange(len(months), 0, -1)
    step = np.where(broke[order], 1.0, 1 - 1 / at_risk)
    free = np.empty(len(months))
    free[order] = np.concatenate([[1.0], np.cumprod(step)[:-1]])
    at_limit = np.cumprod(np.append(1.0, step[months[order] <= limit]))[-1]
    known_early = broke & (months <= limit)
    with np.errstate(divide="ignore"):
        return np.where(known_early, 1 / free, np.where(months > limit, 1 / at_limit, 0.0))


def brier(chance: Floats, limit: float, months: Floats, broke: Bools) -> float:
    """Return the mean squared error of the chances of breakdown within `limit`; 0 is perfect."""
    weight = censoring_weights(limit, months, broke)
    happened = broke & (months <= limit)
    error = (happened - chance) ** 2 * weight
    return float(np.where(weight > 0, error, 0.0).sum() / len(months))


def calibration_slope(log_ratio: Floats, hazard: Floats, broke: Bools) -> tuple[float, float]:
    """Return the slope of the outcomes on the predicted log hazard, and its standard error.

    1 is right; below 1 the predictions are too far apart. hazard: the expected cumulative hazard
    of each placement over the time it was followed. A Poisson regression with an own level
    (Crowson 2016), by Newton's steps.
    """
    rows = np.column_stack([np.ones(len(broke)), log_ratio - log_ratio.mean()])
    at = np.zeros(2)
    bend = np.eye(2)
    for _ in range(50):
        expected = hazard * np.exp(np.clip(rows @ at, -30, 30))
        bend = rows.T @ (expected[:, None] * rows) + 1e-9 * np.eye(2)
        step = np.linalg.solve(bend, rows.T @ (broke - expected))
        at += np.clip(step, -1, 1)
        if np.abs(step).max() < 1e-10:
            break
    return float(1 + at[1]), float(np.sqrt(np.linalg.inv(bend)[1, 1]))
