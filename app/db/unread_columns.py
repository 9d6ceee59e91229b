"""A cursor that says what its columns are only to who reads it.

SQLAlchemy asks of every answer whether it has columns; of a statement that it ran before it knows
which. psycopg makes an object of each, five hundred for a page, which nobody looks at.
"""

from collections.abc import Iterator, Sequence
from typing import Any, overload

import psycopg
from psycopg import Column


class UnreadColumns(Sequence[Column]):
    """The columns of an answer, made when one is read; of the answer that stands there then."""

    def __init__(self, cursor: psycopg.Cursor[Any], length: int) -> None:
        self._cursor, self._length = cursor, length

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, at: int) -> Column: ...
    @overload
    def __getitem__(self, at: slice) -> list[Column]: ...
    def __getitem__(self, at: int | slice) -> Column | list[Column]:
        return self._read()[at]

    def __iter__(self) -> Iterator[Column]:
        return iter(self._read())

    def _read(self) -> list[Column]:
        return psycopg.Cursor.description.__get__(self._cursor) or []


class QuietCursor(psycopg.Cursor[Any]):
    """The cursor of psycopg, except that `description` is not made before it is read."""

    @property
    def description(self) -> Any:
        """Return the columns of the answer, or None where it has none."""
        answer = self.pgresult
        if answer is None or not answer.nfields:
            return super().description
        return UnreadColumns(self, answer.nfields)
