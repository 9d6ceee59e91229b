"""Working days in the Netherlands: Monday to Friday, without the general holidays.

Source: Algemene termijnenwet art. 3, which also names Good Friday and 5 May.
"""

from datetime import date, timedelta
from functools import lru_cache

from dateutil.easter import easter  # type: ignore[import-untyped]

FRIDAY, SUNDAY = 4, 6
_FROM_EASTER = (-2, 1, 39, 50)  # Good Friday, Easter Monday, Ascension Day, Whit Monday
_FIXED = ((1, 1), (5, 5), (12, 25), (12, 26))


def after_working_days(day: date, count: int) -> date:
    """Return the working day that comes `count` working days after a day."""
    while count > 0:
        day += timedelta(days=1)
        count -= is_working_day(day)
    return day


def is_working_day(day: date) -> bool:
    """Return whether it is no Saturday, Sunday or general holiday."""
    return day.weekday() <= FRIDAY and day not in general_holidays(day.year)


@lru_cache(maxsize=16)
def general_holidays(year: int) -> frozenset[date]:
    """Return the general holidays of a year; the King's birthday moves away from a Sunday."""
    kings = date(year, 4, 27)
    if kings.weekday() == SUNDAY:
        kings -= timedelta(days=1)
    moving = (easter(year) + timedelta(days=days) for days in _FROM_EASTER)
    return frozenset([kings, *moving, *(date(year, month, day) for month, day in _FIXED)])
