"""How good chances are: right on cases done by hand, and as others compute them."""

import numpy as np
import pytest

from app.learning.measures import (
    brier,
    broken_within,
    calibration_slope,
    censoring_weights,
    concordance,
    kept_until,
    resampled_concordance,
)
from tests.learning.drawn import LEVEL, SHAPE, draw_sample


def test_kaplan_meier_is_that_of_statsmodels() -> None:
    """The share still going after a year, with ties and censoring."""
    from statsmodels.duration.survfunc import SurvfuncRight  # here: one process runs it

    sample = draw_sample([0.4], 300)
    months = np.ceil(sample.months)
    told = SurvfuncRight(months, sample.broke.astype(float))
    for limit in (3.0, 12.0, 24.0):
        known = told.surv_prob[told.surv_times <= limit][-1]
        assert kept_until(limit, months, sample.broke) == pytest.approx(known)
        assert broken_within(limit, months, sample.broke) == pytest.approx(1 - known)


def test_concordance_by_hand() -> None:
    """Of the four pairs that can be compared one is wrong and one is a tie."""
    months, broke = np.array([1.0, 2.0, 3.0, 2.5]), np.array([True, True, False, False])
    # 1 against 2, 3 and 4; 2 against 3 and 4.
    risk = np.array([0.5, 0.9, 0.5, 0.1])
    assert concordance(risk, months, broke) == pytest.approx((0 + 0.5 + 1 + 1 + 1) / 5)
    assert np.isnan(concordance(risk, months, np.zeros(4, np.bool_)))


def test_resampled_concordance_is_that_of_the_resample() -> None:
    """Counting how often each placement was drawn gives what measuring the drawn ones gives."""
    sample, dice = draw_sample([0.5, 0.2], 450), np.random.default_rng(3)
    risk = np.round(sample.features[:, 0], 1)  # with ties
    drawn = dice.integers(0, 450, size=(4, 450))
    counts = np.array([np.bincount(at, minlength=450) for at in drawn])
    by_hand = [concordance(risk[at], sample.months[at], sample.broke[at]) for at in drawn]
    assert sample.broke.sum() > 100
    assert resampled_concordance(
        risk, sample.months, sample.broke, counts
    ) == pytest.approx(by_hand)  # fmt: skip


def test_brier_without_censoring_is_the_mean_squared_error() -> None:
    """With everybody followed long enough there is nothing to weigh."""
    months, broke = np.array([3.0, 15.0, 30.0, 6.0]), np.array([True, True, False, True])
    chances = np.array([0.9, 0.2, 0.1, 0.4])
    right = np.array([1, 0, 0, 1])
    assert brier(chances, 12.0, months, broke) == pytest.approx(((chances - right) ** 2).mean())


def test_whoever_was_followed_stands_for_those_who_were_not() -> None:
    """The weights of what is known add up to all placements; one censored early weighs nothing."""
    months = np.array([1.0, 2.0, 3.0, 14.0, 20.0])
    broke = np.array([True, False, True, False, True])
    weight = censoring_weights(12.0, months, broke)
    assert weight[1] == 0
    assert weight == pytest.approx([1, 0, 4 / 3, 4 / 3, 4 / 3])
    assert weight.sum() == pytest.approx(5)


def test_the_brier_score_does_not_follow_the_order_of_the_rows() -> None:
    """Of a breakdown and a censoring on one day the breakdown is first, however they are given."""
    months, broke = np.array([2.0, 2.0, 9.0, 14.0]), np.array([True, False, True, False])
    chances = np.array([0.4, 0.2, 0.3, 0.1])
    turned = [at[::-1] for at in (months, broke, chances)]
    assert censoring_weights(12.0, months, broke) == pytest.approx([1, 0, 1.5, 1.5])
    assert brier(turned[2], 12.0, *turned[:2]) == pytest.approx(brier(chances, 12.0, months, broke))


def test_the_true_chances_have_the_smallest_brier_score() -> None:
    """On a drawn sample neither the base rate, nor exaggeration, nor half of it does as well."""
    sample = draw_sample([0.9, -0.7], 3000)
    ratio = sample.features @ np.array([0.9, -0.7])
    scores = []
    for times in (0.0, 0.5, 1.0, 2.0):
        chances = -np.expm1(-np.exp(LEVEL + times * ratio))
        scores.append(brier(chances, 12.0, sample.months, sample.broke))
    assert min(scores) == scores[2]


@pytest.mark.parametrize(("times", "slope"), [(0.5, 2.0), (1.0, 1.0), (2.0, 0.5)])
def test_the_calibration_slope_finds_how_far_apart_predictions_are(
    times: float, slope: float
) -> None:
    """Predictions twice as far apart as they should be have a slope of a half."""
    sample = draw_sample([0.6, -0.3], 6000)
    ratio = times * (sample.features @ np.array([0.6, -0.3]))
    hazard = np.exp(LEVEL + ratio) * (sample.months / 12) ** SHAPE
    found, error = calibration_slope(ratio, hazard, sample.broke)
    assert found == pytest.approx(slope, abs=3 * error)
    assert 0 < error < 0.15
