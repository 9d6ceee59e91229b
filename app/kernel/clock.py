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


def years_before(day: date, years: int) -> date:
    """Return the same day so many years earlier; of 29 February the 28th where there is none."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
