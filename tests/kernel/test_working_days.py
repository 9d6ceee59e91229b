"""Working days, by the calendar of the Algemene termijnenwet."""

from datetime import date

import pytest

from app.kernel.working_days import after_working_days, general_holidays, is_working_day


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2026, 11, 27), 5, date(2026, 12, 4)),  # Friday night: the Friday after
        (date(2026, 11, 28), 1, date(2026, 11, 30)),
        (date(2026, 12, 23), 2, date(2026, 12, 28)),  # over Christmas and a weekend
        (date(2026, 4, 2), 1, date(2026, 4, 7)),  # over Good Friday and Easter
        (date(2026, 5, 4), 1, date(2026, 5, 6)),
    ],
)
def test_days_are_counted_past_weekends_and_holidays(day: date, count: int, expected: date) -> None:
    """The day itself does not count."""
    assert after_working_days(day, count) == expected


def test_the_kings_birthday_moves_away_from_a_sunday() -> None:
    """27 April 2025 was a Sunday."""
    assert date(2025, 4, 26) in general_holidays(2025)
    assert date(2025, 4, 27) not in general_holidays(2025)
    assert not is_working_day(date(2026, 4, 27))


def test_the_moving_days_of_a_year() -> None:
    """Good Friday, Easter Monday, Ascension Day, Whit Monday of 2026."""
    moving = {date(2026, 4, 3), date(2026, 4, 6), date(2026, 5, 14), date(2026, 5, 25)}
    assert moving <= general_holidays(2026)
    assert len(general_holidays(2026)) == 9
