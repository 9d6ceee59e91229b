"""Means and intervals, against figures worked out by hand."""

from math import isnan

import pytest

from app.simulation.year.measures import MEASURES, Figures
from app.simulation.year.page import WARNING, Report, as_html, as_markdown
from app.simulation.year.plot import draw_measures, draw_waiting
from app.simulation.year.summary import Outcome, estimate, summarise
from app.simulation.year.world import YearOrder
from tests.simulation.year.plain import START


def outcome(seed: int, one: float, other: float) -> Outcome:
    figures = {
        name: Figures({measure.code: value for measure in MEASURES}, "rolstoel")
        for name, value in (("één", one), ("ander", other))
    }
    return Outcome(seed, figures, {"één": (3, 2), "ander": (5, 4)})


def test_the_interval_is_that_of_student() -> None:
    """Of 1, 2, 3: s = 1, t(0.975; 2) = 4.3027, half = 4.3027 / sqrt(3)."""
    found = estimate([1.0, 2.0, 3.0])
    assert found.mean == 2.0
    assert found.half == pytest.approx(2.4841, abs=1e-4)
    assert not found.is_clear


def test_one_replication_has_no_interval_and_claims_nothing() -> None:
    found = estimate([4.0])
    assert isnan(found.half)
    assert not found.is_clear


def test_differences_are_paired_within_a_replication() -> None:
    """Levels that swing by tens, a difference that is always one: the interval has no width."""
    outcomes = [outcome(1, 10, 11), outcome(2, 30, 31), outcome(3, 70, 71)]
    line = summarise(outcomes, reference="één")[1]
    assert line.against["wachtdagen"].mean == 1.0
    assert line.against["wachtdagen"].half == 0.0
    assert line.against["wachtdagen"].is_clear
    assert line.level["wachtdagen"].half > 20
    assert line.waiting == (5.0, 4.0)


def test_the_page_says_first_that_it_is_a_simulation() -> None:
    lines = summarise([outcome(1, 10, 11), outcome(2, 30, 31)], reference="één")
    order = YearOrder(3, 5, 10, 2, 1, START)
    report = Report(order, 2, lines, "één", "maximaal", "literatuur")
    for page in (as_html(report), as_markdown(report)):
        assert 0 < page.index(WARNING.split(".", maxsplit=1)[0]) < page.index("Gemiddelden")
    for drawing in (
        draw_waiting(lines, title="Simulatie"),
        draw_measures(lines, title="Simulatie"),
    ):
        assert drawing.startswith("<svg")
        assert "één" in drawing
