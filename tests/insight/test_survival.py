"""Kaplan and Meier, against statsmodels and by hand."""

from math import exp, log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm
from statsmodels.duration.survfunc import SurvfuncRight

from app.insight.survival import Lasted, at_day, curve_of, interval
from tests.cases import cases

ROWS = st.lists(st.tuples(st.integers(1, 900), st.booleans()), min_size=1, max_size=80)


def grouped(rows: list[tuple[int, bool]]) -> list[Lasted]:
    """As the database gives them: counts by day."""
    days = {day for day, _ in rows}
    return [
        Lasted(
            day,
            sum(broken for at, broken in rows if at == day),
            sum(not broken for at, broken in rows if at == day),
        )
        for day in days
    ]


@cases(40, soak=400)
@given(ROWS)
def test_the_curve_is_that_of_statsmodels(rows: list[tuple[int, bool]]) -> None:
    """Share, number at risk, and the interval that follows from its standard error."""
    steps = curve_of(grouped(rows))
    judge = SurvfuncRight(
        np.array([day for day, _ in rows]), np.array([int(broken) for _, broken in rows])
    )
    assert [step.days for step in steps] == list(judge.surv_times)
    assert [step.at_risk for step in steps] == list(judge.n_risk)
    assert [step.share for step in steps] == pytest.approx(list(judge.surv_prob), abs=1e-12)
    for step, share, error in zip(steps, judge.surv_prob, judge.surv_prob_se, strict=True):
        if not 1e-9 < share < 1:
            continue
        width = norm.ppf(0.975) * error / (share * log(share))
        bounds = sorted((share ** exp(width), share ** exp(-width)))
        assert [step.low, step.high] == pytest.approx(bounds, rel=1e-9)
        assert 0 <= bounds[0] <= share <= bounds[1] <= 1


def test_a_small_case_by_hand() -> None:
    """Three placements: one breaks on day 10, one is seen until 20, one breaks on day 30."""
    steps = curve_of([Lasted(10, 1, 0), Lasted(20, 0, 1), Lasted(30, 1, 0)])
    assert [(s.days, s.at_risk, s.broken) for s in steps] == [(10, 3, 1), (30, 1, 2)]
    assert [s.share for s in steps] == pytest.approx([2 / 3, 0])
    assert (steps[1].low, steps[1].high) == (None, None)
    assert at_day(steps, 9) is None
    assert at_day(steps, 29.5) is steps[0]


def test_without_any_there_is_no_step() -> None:
    """None broke, or there is nobody at all."""
    assert curve_of([Lasted(5, 0, 7)]) == []
    assert curve_of([]) == []
    assert interval(1.0, 0.0) == (None, None)
