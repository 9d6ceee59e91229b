"""Python values to the columns of a problem, with one way to say that a value is missing."""

from collections.abc import Iterable, Sequence
from datetime import date

import numpy as np

from app.matching.problem import Bools, Days, Floats, Ints


def ints(values: Iterable[int]) -> Ints:
    """Return whole numbers as a column."""
    return np.fromiter(values, dtype=np.int64)


def floats(values: Iterable[float | None]) -> Floats:
    """Return numbers as a column; None becomes NaN."""
    return np.fromiter((np.nan if v is None else v for v in values), dtype=np.float64)


def bools(values: Iterable[bool]) -> Bools:
    """Return truth values as a column."""
    return np.fromiter(values, dtype=np.bool_)


def days(values: Iterable[date | str | None]) -> Days:
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
