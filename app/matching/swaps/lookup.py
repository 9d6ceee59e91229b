"""Sparse rows looked up from both sides, a few at a time."""

import numpy as np

from app.matching.problem import Ints
from app.matching.rows import Rows


class Lookup:
    """The entries of rows by row and by column, as Python's own numbers; found once."""

    def __init__(self, rows: Rows, columns: int) -> None:
        self._rows = rows
        self._by_row = _Sorted(rows.row, len(rows.lower))
        self._by_column = _Sorted(rows.column, columns)
        self._of_column: dict[int, list[tuple[int, int]]] = {}

    def rows_of(self, column: int) -> list[tuple[int, int]]:
        """Return the rows of a column, each with what it takes of it."""
        found = self._of_column.get(column)
        if found is None:
            at = self._by_column.of(column)
            row, size = self._rows.row[at].tolist(), self._rows.coefficient[at].tolist()
            found = self._of_column[column] = list(zip(row, size, strict=True))
        return found

    def columns_of(self, row: int) -> tuple[Ints, Ints]:
        """Return the columns of a row, and what each takes of it."""
        at = self._by_row.of(row)
        return self._rows.column[at], self._rows.coefficient[at]

    def limit(self, row: int) -> int:
        """Return the most that a row holds."""
        return int(self._rows.upper[row])


class _Sorted:
    def __init__(self, key: Ints, size: int) -> None:
        self._order = np.argsort(key, kind="stable")
        self._bounds = np.searchsorted(key[self._order], np.arange(size + 1))

    def of(self, key: int) -> Ints:
        """Return the positions that have a key."""
        return self._order[self._bounds[key] : self._bounds[key + 1]]
