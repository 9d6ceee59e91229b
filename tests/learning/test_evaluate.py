"""The check by cross-validation: on placements left out, and honest when there are too few."""

import numpy as np
import pytest

from app.learning import evaluate as module
from app.learning.evaluate import ENOUGH, FEWEST, can_calibrate, evaluate
from app.learning.fit import Fitted, fit
from app.learning.prior import Prior
from app.learning.sample import Sample
from app.learning.write import explain_state
from tests.learning.drawn import draw_sample, prior_of_size

TRUE = [0.7, -0.5, 0.0]
PRIOR = prior_of_size([0.2, -0.2, 0.0], 0.3)


@pytest.fixture(scope="module")
def quality() -> module.Quality:
    """Return the quality on 1,500 placements drawn from the model."""
    found = evaluate(draw_sample(TRUE, 1500), PRIOR)
    assert found is not None
    return found


def test_a_model_that_is_right_is_found_to_be_right(quality: module.Quality) -> None:
    """Slope 1, as many breakdowns as expected, a better Brier score than the base rate."""
    assert quality.slope[0] == pytest.approx(1.0, abs=3 * quality.slope[1])
    assert quality.observed == pytest.approx(quality.expected, rel=0.1)
    assert quality.brier < quality.brier_prior < quality.brier_base
    assert quality.has_right_level


def test_discrimination_has_an_interval(quality: module.Quality) -> None:
    """Low, value and high lie in order, and the priors alone do a little worse."""
    c, low, high = quality.c
    assert 0.5 < low < c < high < 1
    assert quality.c_prior[0] <= c + 0.005


def test_the_calibration_table_has_five_rising_fifths(quality: module.Quality) -> None:
    """Each placement stands in one fifth; what was observed rises with what was predicted."""
    predicted = [band.predicted for band in quality.bands]
    assert sum(band.placements for band in quality.bands) == quality.placements == 1500
    assert predicted == sorted(predicted)
    assert quality.bands[0].observed < quality.bands[-1].observed
    assert all(band.low <= band.observed <= band.high for band in quality.bands)


def test_chances_that_mean_nothing_are_not_praised() -> None:
    """On noise, in-sample praise would show: discrimination stays at one half."""
    noise = draw_sample([0.0] * 12, 600)
    found = evaluate(noise, prior_of_size([0.0] * 12, 0.5))
    assert found is not None
    assert found.c[0] == pytest.approx(0.5, abs=0.06)
    assert found.brier > found.brier_base - 0.002


def test_no_placement_is_judged_by_a_fit_that_saw_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Five fits, each without a fifth; together the left-out ones are everybody, once."""
    seen: list[set[float]] = []

    def watched(sample: Sample, prior: Prior) -> Fitted:
        seen.append(set(sample.months.tolist()))
        return fit(sample, prior)

    sample = draw_sample(TRUE, 400)
    monkeypatch.setattr(module, "fit", watched)
    evaluate(sample, PRIOR)
    everybody = set(sample.months.tolist())
    left_out = [everybody - some for some in seen]
    assert all(79 <= len(out) <= 81 for out in left_out)
    assert sum(len(out) for out in left_out) == len(everybody) == 400
    assert set.union(*left_out) == everybody


def cut(breakdowns: int, others: int) -> Sample:
    """Return a sample with exactly so many of each."""
    sample = draw_sample(TRUE, 4000)
    rows = [
        np.flatnonzero(sample.broke == broke)[:number]
        for broke, number in ((True, breakdowns), (False, others))
    ]
    return sample.take(np.concatenate(rows))


@pytest.mark.parametrize("counts", [(FEWEST - 1, 500), (500, FEWEST - 1), (0, 500)])
def test_with_next_to_no_outcomes_nothing_is_measured(counts: tuple[int, int]) -> None:
    """Under 25 of either there is no table at all, and the state says why."""
    sample = cut(*counts)
    assert evaluate(sample, PRIOR) is None
    assert not can_calibrate(sample, None)
    said = explain_state(sample, None)
    assert said.startswith("Te weinig uitkomsten")
    assert f"{counts[0]} voortijdig afgebroken en {counts[1]} niet" in said
    assert "inschatting uit literatuur" in said


def test_a_few_outcomes_are_measured_but_bear_nothing_out() -> None:
    """From 25 there is a table; from 100 of each the chances may be shown as numbers."""
    few, enough = cut(ENOUGH - 1, 400), cut(ENOUGH, 400)
    few_told, enough_told = evaluate(few, PRIOR), evaluate(enough, PRIOR)
    assert few_told is not None
    assert not can_calibrate(few, few_told)
    assert explain_state(few, few_told).startswith("Te weinig uitkomsten: 99")
    assert can_calibrate(enough, enough_told)
    assert "Gecontroleerd op plaatsingen die niet meetelden" in explain_state(enough, enough_told)


def test_enough_outcomes_that_do_not_fit_are_not_calibrated(quality: module.Quality) -> None:
    """A level that is off by more than a fifth stays an estimate from literature, and says so."""
    sample = draw_sample(TRUE, 1500)
    off = module.Quality(
        **{name: getattr(quality, name) for name in quality.__slots__ if name != "expected"},
        expected=quality.observed * 2,
    )
    assert not can_calibrate(sample, off)
    assert "kloppen niet" in explain_state(sample, off)


def test_chances_that_tell_nobody_apart_are_not_called_wrong(quality: module.Quality) -> None:
    """The level is right: what is missing is that they beat one chance for all, and it says so."""
    sample = draw_sample(TRUE, 1500)
    flat = module.Quality(
        **{name: getattr(quality, name) for name in quality.__slots__ if name != "brier"},
        brier=quality.brier_base + 0.01,
    )
    assert flat.has_right_level and not can_calibrate(sample, flat)
    said = explain_state(sample, flat)
    assert "kloppen niet" not in said and "niet beter dan één kans voor iedereen" in said
