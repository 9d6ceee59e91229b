"""Moments of an earlier day for tests, by the clock in Amsterdam."""

from datetime import datetime, time, timedelta

from app.kernel.clock import AMSTERDAM, today_in_amsterdam


def noon_before(days: int) -> datetime:
    """Return noon of so many days ago: so many times 24 hours may be another day.

    In the night after the clock changed, or in the last hour before it, that is one more or less.
    """
    return datetime.combine(today_in_amsterdam() - timedelta(days=days), time(12), AMSTERDAM)
