"""The two questions about time: what day is it in Amsterdam, what instant is it."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def now() -> datetime:
    """Return the current instant, in UTC."""
    return datetime.now(UTC)


def today_in_amsterdam() -> date:
    """Return the date on the wall in Amsterdam, which is what people mean by today."""
    return now().astimezone(AMSTERDAM).date()
