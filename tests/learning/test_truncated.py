"""Moments of a normal within bounds: exact in one direction, right by sums in two."""

import numpy as np
import pytest

from app.learning.truncated import Normal, truncate

OPEN = np.array([np.inf])


@pytest.mark.parametrize("mean", [-3.0, -0.5, 0.0, 0.4, 5.0])
def test_one_direction_is_the_truncated_normal(mean: float) -> None:
    """Above nought, and mirrored below it, the moments are those that SciPy has in closed form."""
    from scipy.stats import truncnorm  # here: every process collects this file, one runs it

    whole = Normal(np.array([mean]), np.array([[0.25]]))
    told = truncnorm(-mean / 0.5, np.inf, loc=mean, scale=0.5)
    found = truncate(whole, low=np.zeros(1), high=OPEN)
    assert found.mean[0] == pytest.approx(told.mean(), rel=1e-8)
    assert found.covariance[0, 0] == pytest.approx(told.var(), rel=1e-6)
    mirrored = truncate(Normal(-whole.mean, whole.covariance), low=-OPEN, high=np.zeros(1))
    assert mirrored.mean[0] == pytest.approx(-told.mean(), rel=1e-8)


def test_without_bounds_nothing_changes() -> None:
    """No sign, no change."""
    whole = Normal(np.array([1.0, -2.0]), np.array([[1.0, 0.3], [0.3, 2.0]]))
    found = truncate(whole, low=-np.full(2, np.inf), high=np.full(2, np.inf))
    assert found.mean == pytest.approx(whole.mean)
    assert found.covariance == pytest.approx(whole.covariance)


@pytest.mark.parametrize("together", [-0.7, -0.2, 0.5, 0.9])
@pytest.mark.parametrize("mean", [(0.3, 0.2), (-0.4, 0.6), (-0.5, -0.5)])
def test_two_directions_that_hang_together_are_right_by_sums(
    together: float, mean: tuple[float, float]
) -> None:
    """One above nought, one below: close to the moments summed over a fine grid."""
    from scipy.stats import multivariate_normal

    covariance = np.array([[1.0, together], [together, 1.0]]) * 0.16
    x, y = np.meshgrid(np.arange(0.0005, 4, 0.004), np.arange(-4, 0, 0.004))
    weight = multivariate_normal(mean, covariance).pdf(np.dstack([x, y]))
    weight /= weight.sum()
    means = np.array([(weight * x).sum(), (weight * y).sum()])
    spreads = np.array([(weight * (x - means[0]) ** 2).sum(), (weight * (y - means[1]) ** 2).sum()])
    found = truncate(
        Normal(np.array(mean), covariance),
        low=np.array([0.0, -np.inf]),
        high=np.array([np.inf, 0.0]),
    )
    assert found.mean == pytest.approx(means, abs=0.02)
    assert np.sqrt(np.diag(found.covariance)) == pytest.approx(np.sqrt(spreads), rel=0.08)
