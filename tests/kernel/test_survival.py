"""One estimate of Kaplan and Meier for all figures, against statsmodels, in groups or not."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.duration.survfunc import SurvfuncRight

from app.kernel.survival import kaplan_meier
from tests.cases import cases

ROWS = st.lists(st.tuples(st.integers(1, 40), st.booleans()), min_size=1, max_size=60)


@cases(40, soak=400)
@given(ROWS)
def test_it_is_that_of_statsmodels(rows: list[tuple[int, bool]]) -> None:
    """Times, numbers at risk, the share that holds and its standard error."""
    time, broke = (np.array(column) for column in zip(*rows, strict=True))
    found = kaplan_meier(time, broke.astype(np.float64), np.ones(len(rows)))
    judge = SurvfuncRight(time, broke.astype(int))
    assert found.at.tolist() == list(judge.surv_times)
    assert found.at_risk.tolist() == list(judge.n_risk)
    assert found.kept == pytest.approx(judge.surv_prob, abs=1e-12)
    holds = found.kept > 1e-9
    error = found.kept[holds] * np.sqrt(found.spread[holds])
    assert error == pytest.approx(judge.surv_prob_se[holds], rel=1e-9)


@cases(40, soak=400)
@given(ROWS)
def test_counts_by_time_say_the_same_as_one_by_one(rows: list[tuple[int, bool]]) -> None:
    """As the database gives them, in whatever order."""
    time, broke = (np.array(column) for column in zip(*rows, strict=True))
    apart = kaplan_meier(time, broke.astype(np.float64), np.ones(len(rows)))
    days = np.unique(time)[::-1]
    broken = np.array([broke[time == day].sum() for day in days])
    gone = np.array([(time == day).sum() for day in days])
    grouped = kaplan_meier(days, broken, gone)
    for name in ("at", "at_risk", "broken", "kept", "spread"):
        assert getattr(grouped, name).tolist() == getattr(apart, name).tolist()


LATE = st.lists(
    st.tuples(st.integers(1, 40), st.booleans(), st.integers(0, 40)), min_size=1, max_size=60
)


@cases(40, soak=400)
@given(LATE)
def test_who_is_seen_from_later_on_is_at_risk_from_then(rows: list[tuple[int, bool, int]]) -> None:
    """Against statsmodels, which has nobody at risk on the day of entering itself."""
    seen = [(time, broke, entered) for time, broke, entered in rows if entered <= time]
    if not seen:
        return
    time, broke, entered = (np.array(column) for column in zip(*seen, strict=True))
    found = kaplan_meier(time, broke.astype(np.float64), np.ones(len(seen)), entered)
    judge = SurvfuncRight(time, broke.astype(int), entry=entered - 0.5)
    assert found.at.tolist() == list(judge.surv_times)
    assert found.at_risk.tolist() == list(judge.n_risk)
    holds = judge.surv_prob > 1e-9
    assert found.kept[holds] == pytest.approx(judge.surv_prob[holds], abs=1e-9)


def test_where_nothing_broke_there_is_nothing_to_tell() -> None:
    """No step, and none of nobody either."""
    none = np.zeros(0)
    assert len(kaplan_meier(np.array([3.0]), np.zeros(1), np.ones(1)).at) == 0
    assert len(kaplan_meier(none, none, none).at) == 0
