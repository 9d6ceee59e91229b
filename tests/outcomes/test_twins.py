"""The calibration board as a whole, by other roads: statsmodels, SciPy and brute force."""

import numpy as np
import pytest

from app.matching.problem import Floats
from app.outcomes.measures import measure
from app.outcomes.stated import Stated
from app.outcomes.survival import broken_share, ratio

SHAPE, N = 0.55, 400


@pytest.fixture(scope="module")
def stated() -> Stated:
    """Chances that were stated too close together, over a year; half is followed for less."""
    draw = np.random.default_rng(11)
    chance = draw.uniform(0.05, 0.6, N)
    hazard = -np.log1p(-chance)
    true = hazard.mean() * (hazard / hazard.mean()) ** 1.4
    breaks_at = (draw.exponential(size=N) / true) ** (1 / SHAPE)
    followed = np.where(draw.random(N) < 0.5, draw.uniform(0.02, 1.0, N), 1.2)
    days = np.full(N, 365.25)
    return Stated(
        chance=chance, time=np.minimum(breaks_at, followed),
        broke=(breaks_at <= followed) & (breaks_at <= 1.0), due=np.ones(N, dtype=np.bool_),
        began=np.full(N, "2024-01-01", dtype="datetime64[D]"),
        last=np.full(N, "2025-01-01", dtype="datetime64[D]"),
        horizon_days=days, hazard=hazard, shape=np.full(N, SHAPE),
        provider=("Spirit",) * N, form=("opvoeding",) * N,
    )  # fmt: skip


def test_the_slope_is_that_of_a_poisson_regression(stated: Stated) -> None:
    """With its interval, by the generalised linear model of statsmodels and an offset."""
    from statsmodels.genmod import families  # here: every process collects, one runs it
    from statsmodels.genmod.generalized_linear_model import GLM

    rows = np.column_stack([np.ones(N), np.log(stated.hazard)])
    expected = stated.hazard * np.minimum(stated.time, 1.0) ** SHAPE
    judge = GLM(
        stated.broke.astype(float), rows, family=families.Poisson(), offset=np.log(expected)
    ).fit()
    found = measure(stated).slope
    assert found is not None
    assert found.value == pytest.approx(1 + judge.params[1], rel=1e-6)
    low, high = 1 + judge.conf_int()[1]
    assert (found.low, found.high) == pytest.approx((low, high), rel=1e-5)


def test_concordance_counts_pairs(stated: Stated) -> None:
    """One pair at a time; the interval by the two chances of Hanley and McNeil (1982)."""
    time = np.minimum(stated.time, 1.0)
    right = pairs = 0.0
    for one in range(N):
        for other in range(N):
            if stated.broke[one] and time[other] > time[one]:
                pairs += 1
                more = stated.chance[one] - stated.chance[other]
                right += 1.0 if more > 0 else 0.5 if more == 0 else 0.0
    area = right / pairs
    broke = int(stated.broke.sum())
    two_broke, two_held = area / (2 - area), 2 * area * area / (1 + area)
    variance = (
        area * (1 - area)
        + (broke - 1) * (two_broke - area**2)
        + (N - broke - 1) * (two_held - area**2)
    ) / (broke * (N - broke))
    found = measure(stated).concordance
    assert found is not None
    assert found.value == pytest.approx(area, rel=1e-12)
    half = 1.959963984540054 * variance**0.5
    assert (found.low, found.high) == pytest.approx((area - half, area + half), rel=1e-12)


def test_brier_weighs_by_who_was_still_followed(stated: Stated) -> None:
    """Inverse probability of censoring from the curve of statsmodels (Graf 1999), one by one."""
    from statsmodels.duration.survfunc import SurvfuncRight

    followed = SurvfuncRight(stated.time, (~stated.broke).astype(int))

    def free_before(at: float) -> float:
        before = followed.surv_prob[followed.surv_times < at]
        return float(before[-1]) if len(before) else 1.0

    def free_at(at: float) -> float:
        until = followed.surv_prob[followed.surv_times <= at]
        return float(until[-1]) if len(until) else 1.0

    def score(chance: Floats) -> float:
        total = 0.0
        for at in range(N):
            if stated.broke[at]:
                total += (1 - chance[at]) ** 2 / free_before(stated.time[at])
            elif stated.time[at] > 1.0:
                total += chance[at] ** 2 / free_at(1.0)
        return total / N

    found = measure(stated)
    share = broken_share(stated.time, stated.broke, stated.due)
    assert share is not None and found.brier is not None and found.brier_base is not None
    assert found.brier == pytest.approx(score(stated.chance), abs=6e-5)  # told in four digits
    assert found.brier_base == pytest.approx(score(np.full(N, share.value)), abs=6e-5)
    assert found.brier < found.brier_base


@pytest.mark.parametrize("part", [slice(0, 400), slice(0, 60), slice(100, 150)])
def test_the_ends_of_a_share_are_wilsons(stated: Stated, part: slice) -> None:
    """Of as many as the standard error of statsmodels' curve stands for."""
    from statsmodels.duration.survfunc import SurvfuncRight
    from statsmodels.stats.proportion import proportion_confint

    time, broke = stated.time[part], stated.broke[part]
    curve = SurvfuncRight(time, broke.astype(int))
    share, error = 1 - curve.surv_prob[-1], curve.surv_prob_se[-1]
    size = share * (1 - share) / error**2
    low, high = proportion_confint(share * size, size, method="wilson")
    found = broken_share(time, broke, stated.due[part])
    assert found is not None
    assert (found.value, found.low, found.high) == pytest.approx((share, low, high), rel=1e-9)


@pytest.mark.parametrize(("seen", "expected"), [(0, 3.2), (1, 2.0), (12, 9.5), (140, 133.0)])
def test_the_ends_of_a_ratio_are_nearly_exact(seen: int, expected: float) -> None:
    """Byar's approximation lies within three hundredths of the exact Poisson interval."""
    from scipy.stats import chi2

    found = ratio(seen, expected)
    assert found is not None
    low = chi2.ppf(0.025, 2 * seen) / 2 if seen else 0.0
    high = chi2.ppf(0.975, 2 * seen + 2) / 2
    assert found.low * expected == pytest.approx(low, abs=0.03)
    assert found.high * expected == pytest.approx(high, abs=0.03)
