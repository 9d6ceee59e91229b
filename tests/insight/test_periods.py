"""Months and half-years."""

from datetime import date
from itertools import pairwise

import pytest

from app.insight.periods import Period, halves_until, month_name, months_in


def test_months_are_cut_off_at_both_ends() -> None:
    """And together they are the period."""
    months = months_in(Period(date(2025, 12, 15), date(2026, 2, 3)))
    assert [(m.first, m.last) for m in months] == [
        (date(2025, 12, 15), date(2025, 12, 31)),
        (date(2026, 1, 1), date(2026, 1, 31)),
        (date(2026, 2, 1), date(2026, 2, 3)),
    ]
    assert month_name(months[0].last) == "2025-12"


@pytest.mark.parametrize(
    ("last", "names"),
    [
        (
            date(2026, 12, 31),
            ["2023-2", "2024-1", "2024-2", "2025-1", "2025-2", "2026-1", "2026-2"],
        ),
        (date(2026, 6, 30), ["2023-1", "2023-2", "2024-1", "2024-2", "2025-1", "2025-2", "2026-1"]),
    ],
)
def test_seven_half_years(last: date, names: list[str]) -> None:
    """The last one holds the day; nothing lies between two of them."""
    halves = halves_until(last)
    assert [half.name for half in halves] == names
    for one, following in pairwise(halves):
        assert (following.period.first - one.period.last).days == 1
    assert halves[-1].period.last == last


@pytest.mark.parametrize("last", [date(2026, 1, 1), date(2026, 6, 30), date(2026, 12, 31)])
def test_the_first_half_year_began_three_years_ago(last: date) -> None:
    """On any day, or nothing could be said of 36 months (it was a day short, always)."""
    assert (last - halves_until(last)[0].period.first).days >= 36 * 365.25 / 12
