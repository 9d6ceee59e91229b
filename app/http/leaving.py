"""Operations that will go: since when that is known, and until when they work.

`Deprecation` (RFC 9745) and `Sunset` (RFC 8594) come with every answer that still works, and stand
in the contract. Nothing goes sooner than the policy of docs/integration.md promises.
"""

from collections.abc import MutableMapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from email.utils import format_datetime

from starlette.datastructures import MutableHeaders

from app.kernel.clock import AMSTERDAM

LEAST_NOTICE = timedelta(days=183)  # six months


@dataclass(frozen=True, slots=True)
class Leaving:
    """Since when an operation is advised against, and the day from which it works no longer.

    Raises ValueError for a day that comes sooner than six months after.
    """

    since: date
    until: date

    def __post_init__(self) -> None:
        """Hold to what was promised."""
        if self.until - self.since < LEAST_NOTICE:
            raise ValueError(f"{self.until} comes less than six months after {self.since}")

    def headers(self) -> dict[str, str]:
        """Return both headers."""
        return {
            "Deprecation": f"@{int(_begin(self.since).timestamp())}",
            "Sunset": format_datetime(_begin(self.until).astimezone(UTC), usegmt=True),
        }


# By operationId. Nothing is leaving now.
LEAVING: MutableMapping[str, Leaving] = {}


def note_leaving(headers: MutableHeaders, operation: str) -> None:
    """Add the headers of an operation that will go; a Deprecation of its own stays."""
    found = LEAVING.get(operation)
    for name, value in found.headers().items() if found else ():
        headers.setdefault(name, value)


def describe_leaving(operation: dict[str, object], headers: dict[str, dict[str, object]]) -> None:
    """Mark an operation of the contract that will go, and the headers of an answer of it."""
    found = LEAVING.get(str(operation["operationId"]))
    if found is None:
        return
    operation["deprecated"] = True
    for name, example in found.headers().items():
        text = f"Deze operatie werkt tot {found.until}; zie docs/integration.md."
        schema = {"type": "string", "examples": [example]}
        headers[name] = {"description": text, "schema": schema}


def _begin(day: date) -> datetime:
    return datetime.combine(day, time(), AMSTERDAM)
