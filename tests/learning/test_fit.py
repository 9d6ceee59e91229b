"""The fit: right by independent computations, held by its priors, moved by outcomes."""

import numpy as np
import pytest

from app.learning.fit import Target, fit
from app.learning.prior import LEVEL_ERROR, SHAPE_ERROR, prior_of
from app.learning.sample import Sample
from app.matching.problem import Floats
from app.matching.risk.factors import CODES
from app.matching.risk.weights import load_weights
from tests.learning.drawn import LEVEL, SHAPE, draw_sample, prior_of_size

TRUE = [0.5, -0.3, 0.0, 0.2]
NEARLY_FLAT = 50.0


def minus_log_posterior(at: Floats, sample: Sample) -> float:
    """By the distributions of SciPy, with nothing of the code under test; prior of 0.0 ± 0.2."""
    from scipy import stats  # here: every process collects this file, one runs it

    *weights, level, log_shape = at
    shape = np.exp(log_shape)
    ratio = level + (sample.features - sample.features.mean(axis=0)) @ np.array(weights)
    time = stats.weibull_min(shape, scale=12 * np.exp(-ratio / shape))
    told = np.where(sample.broke, time.logpdf(sample.months), time.logsf(sample.months)).sum()
    believed = stats.norm(0.0, 0.2).logpdf(weights).sum()
    believed += stats.norm(LEVEL, LEVEL_ERROR).logpdf(level)
    believed += stats.norm(np.log(SHAPE), SHAPE_ERROR).logpdf(log_shape)
    return -float(told + believed)


@pytest.fixture(scope="module")
def small() -> Sample:
    """Return 300 placements."""
    return draw_sample(TRUE, 300)


def target_of(sample: Sample) -> Target:
    return Target(sample, prior_of_size([0.0] * 4, 0.2), sample.features.mean(axis=0))


def test_the_posterior_is_that_of_the_distributions_of_scipy(small: Sample) -> None:
    """Value, slope and curvature are right at random points, up to a constant of the sample."""
    from scipy.optimize import approx_fprime

    target, dice = target_of(small), np.random.default_rng(5)
    middle = np.array([0, 0, 0, 0, LEVEL, np.log(SHAPE)])
    points = middle + dice.normal(scale=0.4, size=(5, 6))
    away = [target(at)[0] - minus_log_posterior(at, small) for at in points]
    assert away == pytest.approx([away[0]] * 5, rel=1e-9)
    for at in points:
        slope = approx_fprime(at, minus_log_posterior, 1e-6, small)
        assert target(at)[1] == pytest.approx(slope, rel=1e-3, abs=1e-2)
        bend = np.array([approx_fprime(at, lambda x, k=k: target(x)[1][k], 1e-6) for k in range(6)])
        assert target.curvature(at) == pytest.approx(bend, rel=1e-3, abs=1e-2)


def test_the_most_likely_point_is_that_of_another_search(small: Sample) -> None:
    """BFGS, which is told no slope, ends at the same weights, level and shape."""
    from scipy.optimize import minimize

    start = np.array([0, 0, 0, 0, LEVEL, np.log(SHAPE)])
    found = minimize(minus_log_posterior, start, args=(small,), method="BFGS")
    assert target_of(small).most_likely() == pytest.approx(found.x, abs=1e-4)


@pytest.mark.lang
def test_without_a_prior_to_speak_of_it_is_the_fit_of_statsmodels() -> None:
    """On 6,000 placements the weights and errors are those of a Cox model, and those drawn with."""
    from statsmodels.duration.hazard_regression import PHReg

    sample = draw_sample(TRUE, 6000)
    fitted = fit(sample, prior_of_size([0.0] * 4, NEARLY_FLAT))
    cox = PHReg(sample.months, sample.features, status=sample.broke, ties="efron").fit(disp=False)
    assert fitted.value == pytest.approx(cox.params, abs=0.01)
    assert fitted.error == pytest.approx(cox.bse, rel=0.05)
    assert fitted.value == pytest.approx(TRUE, abs=3 * float(fitted.error.max()))
    assert fitted.level == pytest.approx(LEVEL, abs=3 * fitted.level_error)
    assert fitted.shape == pytest.approx(SHAPE, abs=0.05)


def test_without_outcomes_the_published_weights_stay() -> None:
    """One placement followed for half a day says nothing: every weight and error is the prior's.

    Only what a sign holds back lies a little further from nought: the mean of what is left.
    """
    weights = load_weights()
    nothing = Sample(np.zeros((1, len(CODES))), np.array([0.016]), np.array([False]))
    fitted, is_held = fit(nothing, prior_of(weights)), weights.sign != 0
    away = np.abs(fitted.value - weights.value)
    assert away[~is_held] == pytest.approx(0, abs=1e-6)
    assert (away[is_held] < 0.5 * weights.error[is_held]).all()
    assert away.max() < 0.04
    assert (fitted.error <= weights.error + 1e-9).all()
    assert fitted.error[~is_held] == pytest.approx(weights.error[~is_held], rel=1e-3)


def test_few_outcomes_move_the_weights_little_and_many_much() -> None:
    """From a prior of 0.0 ± 0.15 towards a truth of 0.5: a tenth, a third, most, all but."""
    moved = []
    for placements in (20, 100, 500, 10_000):
        found = [
            fit(draw_sample([0.5], placements, seed=seed), prior_of_size([0.0], 0.15)).value[0]
            for seed in range(10)
        ]
        moved.append(float(np.mean(found)) / 0.5)
    assert moved == sorted(moved)
    assert moved[0] < 0.2
    assert moved[1] < 0.5
    assert 0.6 < moved[2] < 0.9
    assert moved[3] > 0.9


def test_signs_are_kept_whatever_the_outcomes_say() -> None:
    """A weight that can only raise the hazard stays at nought or above; without a sign it goes."""
    sample = draw_sample([-0.6, -0.6, 0.6], 2000)
    fitted = fit(sample, prior_of_size([0.1, 0.1, -0.1], 0.2, signs=[1.0, 0.0, -1.0]))
    assert 0 <= fitted.value[0] < 0.05
    assert fitted.value[1] < -0.5
    assert -0.05 < fitted.value[2] <= 0


def test_the_hazard_never_rises_with_time() -> None:
    """Where outcomes come late the shape stops at 1: every source finds most of them early."""
    dice = np.random.default_rng(2)
    late = Sample(np.zeros((400, 1)), dice.uniform(20, 24, 400), np.ones(400, np.bool_))
    assert fit(late, prior_of_size([0.0], 0.1)).shape <= 1


def test_one_kind_of_ending_is_no_error() -> None:
    """Nobody or everybody broke down: the weights stay near the prior, the level follows."""
    sample = draw_sample([0.0], 200)
    none = Sample(sample.features, sample.months, np.zeros(200, np.bool_))
    every = Sample(sample.features, sample.months, np.ones(200, np.bool_))
    prior = prior_of_size([0.2], 0.05)
    lowest, highest = fit(none, prior), fit(every, prior)
    assert lowest.level < LEVEL < highest.level
    assert lowest.value[0] == pytest.approx(0.2, abs=0.05)
    assert np.isfinite([highest.value[0], highest.error[0], lowest.error[0]]).all()


def test_a_fit_on_nothing_is_refused() -> None:
    """No placements at all is a mistake of the caller."""
    with pytest.raises(ValueError, match="at least one"):
        fit(Sample(np.zeros((0, 1)), np.zeros(0), np.zeros(0, np.bool_)), prior_of_size([0.0], 1.0))
