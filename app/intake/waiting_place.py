"""Where a page of the waiting list ends: the values it is ordered by, as a cursor and back."""

import json
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from app.http.paging import decode_cursor
from app.kernel.errors import InputRefused

Key = Sequence[Any]
_MOST = 2**31 - 1


def told(key: Key) -> str:
    """Return a place in the list as a text."""
    return json.dumps([v if isinstance(v, int | str) else str(v) for v in key])


def place(cursor: str | None, kinds: Sequence[type]) -> Key | None:
    """Return the place behind a cursor; kinds: of its values. Raises InputRefused."""
    text = decode_cursor(cursor)
    if text is None:
        return None
    try:
        given = json.loads(text)
        return [_read(value, kind) for value, kind in zip(given, kinds, strict=True)]
    except (ValueError, TypeError) as error:
        raise InputRefused("cursor: deze is niet door ons gegeven; begin opnieuw.") from error


def _read(value: Any, kind: type) -> Any:
    if kind is int:
        if type(value) is not int or abs(value) > _MOST:
            raise ValueError
        return value
    if type(value) is not str:
        raise ValueError
    readers: dict[type, Callable[[str], Any]] = {date: date.fromisoformat, UUID: UUID, str: str}
    return readers[kind](value)
