"""Times, dates and numbers as people read them."""

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from math import inf
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import TIMEDELTA_UNITS, format_date, format_datetime, format_timedelta
from babel.numbers import format_decimal

from app.kernel.clock import now

HERE = ZoneInfo("Europe/Amsterdam")


# What a table says hundreds of times; Babel reads its locale anew at every call otherwise.
_KEPT = 4096
_SAID_FROM = 0.85  # of a unit; less is told in the next smaller one
_locale = lru_cache(Locale.parse)


def parsed(given: str | date | datetime) -> date | datetime:
    """Return a date or an instant from how the API writes it."""
    if not isinstance(given, str):
        return given
    return datetime.fromisoformat(given) if "T" in given else date.fromisoformat(given)


def day_of(given: str | date | datetime) -> date:
    """Return on which day here something was."""
    moment = parsed(given)
    return moment.astimezone(HERE).date() if isinstance(moment, datetime) else moment


def ago(given: str | date | datetime, language: str) -> str:
    """Return how long ago something was, or how long it will take: *3 dagen geleden*."""
    moment = parsed(given)
    if isinstance(moment, datetime):
        passed = moment.astimezone(UTC) - now()
    else:
        passed = moment - now().astimezone(HERE).date()
        if not passed:
            return "vandaag" if language == "nl" else "today"
    return _apart(*_rounded(passed.total_seconds()), language)


def _rounded(seconds: float) -> tuple[Any, int]:
    """Return the unit in which Babel says a time, and how many, below zero for the past."""
    large = (given for given in TIMEDELTA_UNITS if abs(seconds) / given[1] >= _SAID_FROM)
    unit, length = next(large, TIMEDELTA_UNITS[-1])
    count = round(abs(seconds) / length) or int(seconds != 0)
    return unit, count if seconds >= 0 else -count


@lru_cache(_KEPT)
def _apart(unit: Any, count: int, language: str) -> str:
    passed = timedelta(seconds=count * dict(TIMEDELTA_UNITS)[unit])
    return format_timedelta(
        passed, granularity=unit, threshold=inf, add_direction=True, locale=_locale(language)
    )


@lru_cache(_KEPT)
def in_full(given: str | date | datetime, language: str) -> str:
    """Return a date, or a date and time here: *28 november 2026 om 18:30*."""
    moment = parsed(given)
    if isinstance(moment, datetime):
        pattern = "d MMMM y 'om' HH:mm" if language == "nl" else "d MMMM y HH:mm"
        return format_datetime(moment.astimezone(HERE), pattern, locale=_locale(language))
    return format_date(moment, "d MMMM y", locale=_locale(language))


def clock(given: str | datetime) -> str:
    """Return the time of day here: *18:30*."""
    moment = parsed(given)
    assert isinstance(moment, datetime)  # noqa: S101 a day has no time
    return f"{moment.astimezone(HERE):%H:%M}"


@lru_cache(_KEPT)
def in_short(given: str | date | datetime, language: str) -> str:
    """Return a date for in a table: *28 nov 2026*."""
    return format_date(day_of(given), "d MMM y", locale=_locale(language))


@lru_cache(4096)  # a board of a region is some thousand counts, and mostly the same
def number(given: float, language: str, digits: int = 0) -> str:
    """Return a number with the comma and points of a language."""
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    return format_decimal(given, pattern, locale=_locale(language))
