"""Days, months and half-years of a period. Pure."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

# The first of them began three years ago or more, whatever the day: 36 months can be shown.
HALVES = 7


@dataclass(frozen=True, slots=True)
class Period:
    """From a day until and with another."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Half:
    """Half a year, such as 2025-2: July to December."""

    name: str
    period: Period


def month_name(day: date) -> str:
    """Return a month as the answers write it: 2026-03."""
    return f"{day:%Y-%m}"


def months_in(period: Period) -> list[Period]:
    """Return the months of a period; the first and last cut off where it begins and ends."""
    return list(_months(period))


def halves_until(last: date) -> list[Half]:
    """Return the last HALVES half-years, the one with this day as last, cut off there."""
    at = last.year * 2 + (last.month > 6)
    return [_half(number, last) for number in range(at - HALVES + 1, at + 1)]


def _half(number: int, last: date) -> Half:
    year, second = divmod(number, 2)
    first = date(year, 7 if second else 1, 1)
    end = date(year, 12, 31) if second else date(year, 6, 30)
    return Half(f"{year}-{second + 1}", Period(first, min(end, last)))


def _months(period: Period) -> Iterator[Period]:
    begin = period.first
    while begin <= period.last:
        end = begin.replace(day=monthrange(begin.year, begin.month)[1])
        yield Period(begin, min(end, period.last))
        begin = end + timedelta(days=1)
