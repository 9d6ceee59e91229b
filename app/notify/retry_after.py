"""Reading `Retry-After` (RFC 9110, 10.2.3): how long a subscriber asks to be left in peace."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

# As long as our own longest pause; whoever wants peace for longer ends the subscription.
LONGEST_PEACE = 86400.0  # seconds


def read_retry_after(text: str | None, at: datetime) -> float | None:
    """Return the seconds from an instant that a header asks for, at most LONGEST_PEACE.

    None where there is no header, or none that can be read: then our own pause counts.
    """
    if text is None or len(text) > 40 or not text.isascii():
        return None
    seconds = float(text.strip()) if text.strip().isdigit() else _until(text, at)
    return None if seconds is None else min(max(seconds, 0.0), LONGEST_PEACE)


def _until(text: str, at: datetime) -> float | None:
    try:
        day = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return ((day if day.tzinfo else day.replace(tzinfo=UTC)) - at).total_seconds()
