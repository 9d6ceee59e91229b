"""Small turns of phrase that several dialects share."""

from datetime import date


def yes_no(answer: bool) -> str:
    """Return `ja` or `nee`."""
    return "ja" if answer else "nee"


def written_day(day: date | str | None, style: str) -> str:
    """Return a day in a strftime style; a text is a planted mistake and stays what it is."""
    if day is None or isinstance(day, str):
        return day or ""
    return day.strftime(style)


def spaced_postcode(postcode: str) -> str:
    """Return `1234 AB` for `1234AB`; anything else stays what it is."""
    return f"{postcode[:4]} {postcode[4:]}" if len(postcode) == 6 else postcode
