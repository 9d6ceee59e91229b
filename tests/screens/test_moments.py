"""Times as people read them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from babel.dates import format_timedelta
from hypothesis import given
from hypothesis import strategies as st

from app.screens import moments

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)


@given(
    passed=st.timedeltas(timedelta(days=-9_000), timedelta(days=9_000))
    | st.timedeltas(timedelta(days=-9), timedelta(days=9))
    | st.timedeltas(timedelta(seconds=-4), timedelta(seconds=4)),
    language=st.sampled_from(["nl", "en"]),
)
def test_how_long_ago_is_said_as_babel_says_it(passed: timedelta, language: str) -> None:
    """At every distance, though each sentence is made once."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(moments, "now", lambda: NOW)
        said = moments.ago(NOW + passed, language)
    assert said == format_timedelta(passed, add_direction=True, locale=language)


@pytest.mark.parametrize("days", [-400, -320, -311, -6, -5, -1, 1, 5, 6, 26, 25, 310, 311, 7_000])
def test_of_a_day_too(monkeypatch: pytest.MonkeyPatch, days: int) -> None:
    """Also at the days where a next unit begins; the day itself is today."""
    monkeypatch.setattr(moments, "now", lambda: NOW)
    passed = timedelta(days=days)
    wanted = format_timedelta(passed, add_direction=True, locale="nl")
    assert moments.ago(date(2026, 11, 28) + passed, "nl") == wanted
    assert moments.ago("2026-11-28", "nl") == "vandaag"
