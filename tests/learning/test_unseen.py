"""What nobody sees: the likelihood, what it is for, and what it must not do."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.optimize import approx_fprime
from scipy.stats import gamma

from app.learning.fit import Target, fit
from app.learning.prior import prior_of
from app.learning.unseen import SPREAD, average_hazard, hazard_behind, what_shows
from app.matching.problem import Floats
from app.matching.risk.weights import load_weights
from tests.learning.drawn import LEVEL, SHAPE, draw_sample, prior_of_size

SPREADS = (0.1, 0.4, 2.0)


@pytest.mark.parametrize("spread", SPREADS)
def test_the_average_over_the_multiplier_is_that_of_an_integral(spread: float) -> None:
    """Who still goes on, by adding up over all multipliers, is what the formula says."""
    multiplier = gamma(1 / spread, scale=spread)
    for hazard in (0.05, 0.3, 2.0):
        goes_on, _ = quad(lambda z, h=hazard: np.exp(-z * h) * multiplier.pdf(z), 0, np.inf)
        assert float(average_hazard(hazard, spread)) == pytest.approx(-np.log(goes_on), rel=1e-5)
        assert hazard_behind(float(average_hazard(hazard, spread)), spread) == pytest.approx(hazard)


@pytest.mark.parametrize("spread", SPREADS)
def test_what_shows_is_the_slope_of_the_average(spread: float) -> None:
    """By finite differences of the logs; longer or with a wider spread less shows."""
    for hazard in (0.05, 0.3, 2.0):
        up, down = (
            np.log(float(average_hazard(hazard * np.exp(step), spread))) for step in (1e-5, -1e-5)
        )
        assert what_shows(hazard, spread) == pytest.approx((up - down) / 2e-5, rel=1e-6)
    assert what_shows(2.0, spread) < what_shows(0.3, spread) < 1
    assert what_shows(0.3, 0.0) == 1.0


def test_slope_and_curvature_are_right_with_what_nobody_sees() -> None:
    """Finite differences of the value, and of the slope, at random points."""
    sample, prior = draw_sample([0.5, -0.3], 200), prior_of_size([0.1, 0.0], 0.3)
    target = Target(sample, replace(prior, unseen=0.7), sample.features.mean(axis=0))
    dice = np.random.default_rng(3)
    for at in np.array([0, 0, LEVEL, np.log(SHAPE)]) + dice.normal(scale=0.3, size=(5, 4)):
        slope = approx_fprime(at, lambda x: target(x)[0], 1e-6)
        assert target(at)[1] == pytest.approx(slope, rel=1e-3, abs=1e-2)
        bend = np.array([approx_fprime(at, lambda x, k=k: target(x)[1][k], 1e-6) for k in range(4)])
        assert target.curvature(at) == pytest.approx(bend, rel=1e-3, abs=1e-2)


def test_effects_that_fade_are_found_as_they_are_in_a_year() -> None:
    """Where much is unseen a plain fit takes late years for a weak effect; this one does not."""
    sample, flat = draw_sample([0.8], 5000, unseen=1.5), prior_of_size([0.0], 50.0)
    in_a_year = 0.8 * what_shows(float(np.exp(LEVEL)), 1.5)
    plain, aware = fit(sample, flat), fit(sample, replace(flat, unseen=1.5))
    assert _weight(plain.value) < in_a_year - 0.04
    assert _weight(aware.value) == pytest.approx(in_a_year, abs=0.04)


def test_a_priors_words_are_of_what_shows_in_a_year() -> None:
    """With a prior that leaves no room, the weights that come out are those that went in."""
    prior = replace(prior_of_size([0.4, -0.2], 1e-4), unseen=SPREAD)
    sample = draw_sample([0.4, -0.2], 2000, unseen=SPREAD)
    assert fit(sample, prior).value == pytest.approx(prior.mean, rel=0.03)


def test_published_weights_are_fitted_with_what_nobody_sees() -> None:
    """The recipe of every fit has it."""
    assert prior_of(load_weights()).unseen == SPREAD > 0


def _weight(value: Floats) -> float:
    return float(value[0])
