"""Rows to the columns of a problem."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from app.matching.as_columns import bools, codes, days, floats, ints, matrix

__all__ = ["bools", "codes", "column_of", "days", "floats", "ints", "matrix", "vocabulary"]


def column_of(table: Sequence[object]) -> Callable[[str], list[Any]]:
    """Return a function that picks one attribute of every row."""
    return lambda name: [getattr(row, name) for row in table]


def vocabulary(lists: Iterable[Iterable[str | None]]) -> tuple[str, ...]:
    """Return all words of the lists, sorted, each once."""
    return tuple(sorted({word for words in lists for word in words if word}))
