"""Python values to NumPy columns, with one way to say that a value is missing."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

import numpy as np

from app.matching.problem import Bools, Days, Floats, Ints


def column_of(table: Sequence[object]) -> Callable[[str], list[Any]]:
    """Return a function that picks one attribute of every row."""
    return lambda name: [getattr(row, name) for row in table]


def vocabulary(lists: Iterable[Iterable[str | None]]) -> tuple[str, ...]:
    """Return all words of the lists, sorted, each once."""
    return tuple(sorted({word for words in lists for word in words if word}))


def ints(values: Iterable[int]) -> Ints:
    """Return whole numbers as a column."""
    return np.fromiter(values, dtype=np.int64)


def floats(values: Iterable[float | None]) -> Floats:
    """Return numbers as a column; None becomes NaN."""
    return np.fromiter((np.nan if v is None else v for v in values), dtype=np.float64)


def bools(values: Iterable[bool]) -> Bools:
    """Return truth values as a column."""
    return np.fromiter(values, dtype=np.bool_)


def days(values: Iterable[date | None]) -> Days:
    """Return dates as a column of datetime64[D]; None becomes NaT."""
    return np.array(list(values), dtype="datetime64[D]")


def codes(words: Sequence[str], values: Iterable[str | None]) -> Ints:
    """Return each value's position in a word list; -1 for None or an unknown word."""
    position = {str(word): i for i, word in enumerate(words)}
    return ints(position.get(str(value), -1) for value in values)


def matrix(lists: Sequence[Iterable[str]], words: Sequence[str]) -> Bools:
    """Return which words each list holds, shape (rows, words)."""
    grid = np.zeros((len(lists), len(words)), dtype=np.bool_)
    position = {word: i for i, word in enumerate(words)}
    for row, held in enumerate(lists):
        grid[row, [position[word] for word in held if word in position]] = True
    return grid
