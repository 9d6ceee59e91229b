"""The text of a line over which a seal is set: the same wherever it is worked out again."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Select, String, Uuid, select, type_coerce

from app.models import AuditEvent

# In this order, and never another: a seal of years ago must still be worked out. What is added
# later comes into a version of its own.
FIELDS = (
    "id", "at", "operation", "actor", "role", "provider_id", "organisation", "client", "purpose",
    "subject", "reference", "outcome", "request_id", "trace_id",
)  # fmt: skip
_ID, _DIGEST = 8, 32  # bytes
MARK = _ID + _DIGEST


def select_lines(first: int, last: int) -> Select[Any]:
    """Return the SELECT of the lines between two numbers, both included, in their order."""
    plain = [_plain(name) for name in FIELDS]
    return select(*plain).where(AuditEvent.id.between(first, last)).order_by(AuditEvent.id)


def _plain(name: str) -> Any:
    # As the database holds them: no word is looked up in its list, which takes half of the time.
    column = getattr(AuditEvent, name)
    is_word = name in ("purpose", "outcome")
    return type_coerce(
        column, String if is_word else Uuid if name == "provider_id" else column.type
    )


def instant(at: datetime) -> str:
    """Return an instant as a seal writes it: in UTC, to the microsecond."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def compact(values: Sequence[Any]) -> str:
    """Return values as one line of JSON without spaces; letters stand as they are."""
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def canonical(row: Sequence[Any]) -> str:
    """Return the canonical text of a line, given in the order of FIELDS."""
    number, at, operation, actor, role, provider, *others = row
    told = str(provider) if provider is not None else None
    return compact([number, instant(at), operation, actor, role, told, *others])


def mark_of(row: Sequence[Any]) -> bytes:
    """Return the mark of a line: its number and the SHA-256 of its canonical text."""
    number: int = row[0]
    return number.to_bytes(_ID, "big") + hashlib.sha256(canonical(row).encode()).digest()


def marks_of(rows: Iterable[Sequence[Any]]) -> bytes:
    """Return the marks of lines, one after the other."""
    return b"".join(map(mark_of, rows))


def first_difference(sealed: bytes, found: bytes) -> int | None:
    """Return the number of the first line of which two lists of marks differ, None where alike.

    That is a line that was changed, one that is gone, or one that came in between.
    """
    for at in range(0, max(len(sealed), len(found)), MARK):
        was, is_ = sealed[at : at + MARK], found[at : at + MARK]
        if was != is_:
            numbers = [int.from_bytes(mark[:_ID], "big") for mark in (was, is_) if mark]
            return min(numbers)
    return None
