"""Constraints as sparse rows between two limits, without any solver."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from app.matching.problem import Bools, Floats, Ints


@dataclass(frozen=True, slots=True)
class Rows:
    """lower <= A x <= upper; A by its entries, shape (z,); limits, shape (r,), may be infinite."""

    row: Ints
    column: Ints
    coefficient: Ints
    lower: Floats
    upper: Floats

    def holds(self, chosen: Bools) -> bool:
        """Return whether choosing these columns keeps every row; chosen has shape (v,)."""
        total = np.zeros(len(self.lower), dtype=np.int64)
        taken = chosen[self.column]
        np.add.at(total, self.row[taken], self.coefficient[taken])
        return bool(np.all((self.lower <= total) & (total <= self.upper)))

    def tightened(self, tight: Bools) -> "Rows":
        """Return the rows with lower = upper where tight; which side is told by what is finite."""
        upper = np.where(tight & np.isinf(self.upper), self.lower, self.upper)
        lower = np.where(tight & np.isinf(self.lower), upper, self.lower)
        return replace(self, lower=lower, upper=upper)

    def with_least(self, coefficient: Ints, least: int) -> "Rows":
        """Return the rows and one more: the sum of coefficient x column is at least `least`."""
        column = np.flatnonzero(coefficient)
        return Rows(
            row=np.append(self.row, np.full(len(column), len(self.lower))),
            column=np.append(self.column, column),
            coefficient=np.append(self.coefficient, coefficient[column]),
            lower=np.append(self.lower, float(least)),
            upper=np.append(self.upper, np.inf),
        )

    def with_most(self, columns: Sequence[Ints], limits: Sequence[int]) -> "Rows":
        """Return the rows and more: the sum of each of these sets of columns is at most a limit."""
        row = np.repeat(np.arange(len(columns)), [len(column) for column in columns])
        column = np.concatenate([self.column, *columns])
        return Rows(
            row=np.append(self.row, row + len(self.lower)),
            column=column,
            coefficient=np.append(self.coefficient, np.ones(len(row), dtype=np.int64)),
            lower=np.append(self.lower, np.full(len(columns), -np.inf)),
            upper=np.append(self.upper, np.asarray(limits, dtype=np.float64)),
        )

    def reduced(self, worth: Ints, price: Floats) -> Floats:
        """Return worth less the price of what each column takes from the rows, shape (v,)."""
        paid = self.coefficient * price[self.row]
        return np.asarray(worth - np.bincount(self.column, paid, minlength=len(worth)))

    def in_order(self, order: Ints) -> "Rows":
        """Return the rows over these columns, in this order, and in an order that follows from it.

        So that equal models are equal to a solver too, however their rows were numbered.
        """
        return self.put_in_order(order)[0]

    def put_in_order(self, order: Ints) -> tuple["Rows", Ints]:
        """Return the same, and the new number of each row, -1 where it holds no such column."""
        place = np.full(int(self.column.max(initial=-1)) + 1, -1, dtype=np.int64)
        place[order] = np.arange(len(order))
        entry = np.flatnonzero(place[self.column] >= 0)
        row, column = self.row[entry], place[self.column[entry]]
        mark = (np.arange(len(order), dtype=np.uint64) + 1) * np.uint64(0x9E3779B97F4A7C15)
        mark ^= mark >> np.uint64(29)  # numbers of no pattern, one a column: their sums tell rows
        key = np.zeros(len(self.lower), dtype=np.uint64)
        np.add.at(key, row, mark[column] * self.coefficient[entry].astype(np.uint64))
        used = np.unique(row)
        used = used[np.lexsort((self.upper[used], key[used]))]
        number = np.full(len(self.lower), -1, dtype=np.int64)
        number[used] = np.arange(len(used))
        sort = np.lexsort((column, number[row]))  # sums of fractions are in this order too
        return Rows(
            number[row][sort],
            column[sort],
            self.coefficient[entry][sort],
            self.lower[used],
            self.upper[used],
        ), number

    def relaxed(self, dropped: Ints) -> "Rows":
        """Return the rows with the limits of some of them taken away."""
        entry = ~np.isin(self.row, dropped)
        lower, upper = self.lower.copy(), self.upper.copy()
        lower[dropped], upper[dropped] = -np.inf, np.inf
        return Rows(self.row[entry], self.column[entry], self.coefficient[entry], lower, upper)

    def restricted(self, kept: Bools) -> "Rows":
        """Return the rows over the kept columns only, which get new numbers in the same order."""
        entry = kept[self.column]
        number = np.cumsum(kept) - 1
        return replace(
            self,
            row=self.row[entry],
            column=number[self.column[entry]],
            coefficient=self.coefficient[entry],
        )
