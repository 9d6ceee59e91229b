"""Parsers of dates and instants in the styles that the files use.

The clauses of Unreadable follow `app.kernel.reading`.
"""

import re
from datetime import date, datetime
from enum import Enum

from app.kernel.clock import AMSTERDAM
from app.kernel.reading import Parser, Unreadable, is_empty

FIRST_YEAR, LAST_YEAR = 1900, 2199
_OFFSET = re.compile(r"([+-])([0-9]{2}):?([0-9]{2})")


class DayStyle(Enum):
    """How a file writes a day: what people call it, and the pattern of its day and its time."""

    DUTCH = ("dd-mm-jjjj", r"(?P<d>[0-9]{1,2})-(?P<m>[0-9]{1,2})-(?P<y>[0-9]{4})", " ")
    ISO = ("jjjj-mm-dd", r"(?P<y>[0-9]{4})-(?P<m>[0-9]{2})-(?P<d>[0-9]{2})", "[T ]")
    COMPACT = ("jjjjmmdd", r"(?P<y>[0-9]{4})(?P<m>[0-9]{2})(?P<d>[0-9]{2})", "")

    @property
    def label(self) -> str:
        """Return the style as users write it down."""
        return self.value[0]

    @property
    def day_pattern(self) -> re.Pattern[str]:
        """Return the pattern of a day alone."""
        return re.compile(self.value[1])

    @property
    def instant_pattern(self) -> re.Pattern[str]:
        """Return the pattern of a day with its time, seconds and offset where they are written."""
        colon = "" if self is DayStyle.COMPACT else ":"
        time = rf"(?P<h>[0-9]{{2}}){colon}(?P<min>[0-9]{{2}})"
        rest = rf"({colon}(?P<s>[0-9]{{2}})([.][0-9]{{1,9}})?)?(?P<z>Z|[+-][0-9]{{2}}:?[0-9]{{2}})?"
        return re.compile(self.value[1] + self.value[2] + time + rest)


def day(*styles: DayStyle) -> Parser[date]:
    """Return a parser of days; a real date (Excel) always counts, a number never does."""
    patterns = [style.day_pattern for style in styles]
    clause = f"is geen bestaande datum; schrijf de datum als {_labels(styles)}"

    def parse(value: object) -> date:
        if isinstance(value, datetime):
            value = value.date()
        if not isinstance(value, date):
            value = _day_in(_match(value, patterns, clause), clause)
        return _within(value, clause)

    return parse


def instant(*styles: DayStyle) -> Parser[datetime]:
    """Return a parser of instants with an offset; without one the clock of Amsterdam is meant."""
    patterns = [style.instant_pattern for style in styles]
    clause = f"is geen bestaand tijdstip; schrijf het als {_labels(styles)} met uren en minuten"

    def parse(value: object) -> datetime:
        if not isinstance(value, datetime):
            value = _instant_in(_match(value, patterns, clause), clause)
        _within(value.date(), clause)
        return value if value.tzinfo else value.replace(tzinfo=AMSTERDAM)

    return parse


def _labels(styles: tuple[DayStyle, ...]) -> str:
    return " of ".join(style.label for style in styles)


def _match(value: object, patterns: list[re.Pattern[str]], clause: str) -> re.Match[str]:
    if is_empty(value):
        raise Unreadable(clause.replace("is geen", "is leeg en geen", 1))
    found = [p.fullmatch(value.strip()) for p in patterns] if isinstance(value, str) else []
    for match in found:
        if match:
            return match
    raise Unreadable(clause)


def _day_in(match: re.Match[str], clause: str) -> date:
    try:
        return date(int(match["y"]), int(match["m"]), int(match["d"]))
    except ValueError as error:
        raise Unreadable(clause) from error


def _instant_in(match: re.Match[str], clause: str) -> datetime:
    found = _day_in(match, clause)
    seconds = int(match["s"] or 0)
    try:
        naive = datetime(  # noqa: DTZ001  the offset follows below
            found.year, found.month, found.day, int(match["h"]), int(match["min"]), seconds
        )
        return datetime.fromisoformat(naive.isoformat() + _offset(match["z"]))
    except ValueError as error:
        raise Unreadable(clause) from error


def _offset(written: str | None) -> str:
    if not written or written == "Z":
        return "+00:00" if written else ""
    found = _OFFSET.fullmatch(written)
    return f"{found[1]}{found[2]}:{found[3]}" if found else ""


def _within(found: date, clause: str) -> date:
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise Unreadable(clause)
    return found
