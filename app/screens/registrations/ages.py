"""How old somebody is today, in birthdays that have passed."""

from datetime import date

from app.kernel.clock import today_in_amsterdam


def age_of(born: str | None) -> int | None:
    """Return the age of who was born on a day as the API writes it; None without one."""
    if born is None:
        return None
    day, today = date.fromisoformat(born), today_in_amsterdam()
    return today.year - day.year - ((today.month, today.day) < (day.month, day.day))
