"""Past placements of a made-up region: readable, repeatable, by a truth that is no model."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from app.learning.evaluate import evaluate
from app.learning.history import FILE, History, read_history
from app.learning.measures import broken_within, kept_until
from app.learning.prior import prior_of
from app.learning.sample import draw_up
from app.matching.risk.weights import load_weights
from app.simulation.dice import Dice
from app.simulation.history import draw_history
from app.simulation.history_truth import Truth
from app.simulation.order import Order

DAY = date(2026, 11, 1)
ORDER = Order(30, 60, seed=5, snapshot_day=DAY)


@pytest.fixture(scope="module")
def content() -> bytes:
    """A drawn history of 800 placements."""
    return draw_history(ORDER, placements=800, truth=Truth.of(5))


@pytest.fixture(scope="module")
def history(content: bytes, tmp_path_factory: pytest.TempPathFactory) -> History:
    """The same, read as any region's history is."""
    path = tmp_path_factory.mktemp("historie") / FILE
    path.write_bytes(content)
    return read_history(path, until=DAY)


def test_every_row_can_be_read(history: History) -> None:
    """The layout is that of a real history: nothing is refused."""
    assert len(history) == 800
    assert history.refusals == ()


def test_the_same_seed_gives_the_same_bytes(content: bytes) -> None:
    """And another seed, or another truth, another history."""
    assert draw_history(ORDER, placements=800, truth=Truth.of(5)) == content
    assert draw_history(ORDER, placements=800, truth=Truth.of(6)) != content
    assert draw_history(replace(ORDER, seed=6), placements=800, truth=Truth.of(5)) != content


def test_breakdowns_come_early_and_not_too_often(history: History) -> None:
    """Like the example region: about a fifth in a year, more in the first half than in the next."""
    sample = draw_up(history)
    half, year = (broken_within(limit, sample.months, sample.broke) for limit in (6.0, 12.0))
    assert 0.12 < year < 0.35
    assert half > (year - half) / (1 - half)


def test_some_end_as_planned_and_some_still_run(history: History) -> None:
    """Of those that did not break down a part is censored by its plan, and a part by the day."""
    endings = [placement.course.ending.value for placement in history.placements]
    assert all(
        endings.count(word) > 80 for word in ("volgens plan", "voortijdig afgebroken", "loopt")
    )


def test_outcomes_can_be_learnt_from(history: History) -> None:
    """The drawn outcomes say something about the factors: better than the base rate, left out."""
    quality = evaluate(draw_up(history), prior_of(load_weights()))
    assert quality is not None
    assert quality.c[0] > 0.6
    assert quality.brier < quality.brier_base


def test_the_truth_draws_what_it_says() -> None:
    """Drawn times break down as often as the stated chance, over all that is never seen."""
    truth, dice = Truth.of(3), Dice(1, "test")
    drawn = np.array([truth.draw_months(dice, 0.4) for _ in range(4000)])
    for months in (3.0, 12.0, 30.0):
        hazard = truth.hazard(months) * np.exp(0.4)
        told = 1 - (1 + 0.15 * hazard) ** (-1 / 0.15)
        found = 1 - kept_until(months, drawn, np.ones(4000, np.bool_))
        assert found == pytest.approx(told, abs=0.025)


def test_the_truth_is_not_of_the_fitted_form() -> None:
    """No Weibull has the baseline's steps, and what is never seen bends the proportions."""
    months = np.array([0.5, 2.0, 6.0, 18.0, 36.0])
    hazard = np.array([Truth.hazard(float(month)) for month in months])
    slopes = np.diff(np.log(hazard)) / np.diff(np.log(months))
    assert slopes.max() - slopes.min() > 0.2  # a Weibull has one slope


def test_the_model_never_looks_at_the_truth() -> None:
    """Neither the engine nor what learns imports the simulation."""
    rooms = Path(__file__).parents[2] / "app"
    for room in ("matching", "learning", "proposals"):
        for file in (rooms / room).rglob("*.py"):
            assert "app.simulation" not in file.read_text(encoding="utf-8"), file.name
