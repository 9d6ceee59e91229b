"""How many years ago a day was, also on the day that most years do not have."""

from datetime import date

import pytest

from app.intake.checks import age_on
from app.kernel.clock import years_before


@pytest.mark.parametrize("today", [date(2026, 11, 28), date(2028, 2, 29), date(2027, 2, 28)])
def test_who_was_born_then_is_exactly_so_old(today: date) -> None:
    """Born on that day the age is reached; a day later it is not yet."""
    for years in range(24):
        day = years_before(today, years)
        assert age_on(day, today) == years
        later = day.replace(day=1, month=day.month + 1) if day.day > 27 and day.month < 12 else None
        assert later is None or age_on(later, today) == years - 1
