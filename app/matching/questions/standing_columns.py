"""A large plan as columns, and what ties them: all that forcing a pair looks up, made once."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from app.kernel.words import RHYTHMS
from app.matching.couplings import list_ties
from app.matching.explain.case import Case
from app.matching.placements import find_whole_groups
from app.matching.problem import Bools, Ints
from app.matching.questions.incremental import Incremental
from app.matching.road_prices import raise_prices
from app.matching.roads import Roads
from app.matching.rows import Rows
from app.matching.swaps.lookup import Lookup


@dataclass(slots=True)
class StandingColumns:
    """The choices of a plan of many children, at the prices of one place less in each family.

    worth: of each column in one number; worths: per goal, shape (v, goals); more is better.
    held: the column that each child has, -1 for none. most: children that a family may get,
    shape (m,). tied: per family the plan's columns of children who are tied to others.
    """

    case: Case
    shared: Incremental
    roads: Roads = field(init=False)
    worth: Ints = field(init=False)
    worths: Ints = field(init=False)
    size: Ints = field(init=False)
    held: Ints = field(init=False)
    most: Ints = field(init=False)
    tied: dict[int, list[int]] = field(init=False)
    _ties: Lookup = field(init=False)
    _first: Ints = field(init=False)
    _of_child: Ints = field(init=False)
    _begin: Ints = field(init=False)

    def __post_init__(self) -> None:
        shared, columns = self.shared, self.shared.columns
        self.roads = raise_prices(shared.roads)
        self.size, self.worths = columns.sizes(), np.column_stack(shared.worths)
        self.worth = shared.weigher.of(shared.worths, self.size)
        self._first = np.searchsorted(columns.column, np.arange(len(columns) + 1))
        self._of_child = np.argsort(columns.child, kind="stable")
        kids = np.arange(len(self.case.problem.children) + 1)
        self._begin = np.searchsorted(columns.child[self._of_child], kids)
        room = columns.room[:, 0]
        self.most = room if columns.most_new is None else np.minimum(room, columns.most_new)
        self.held, self.tied = self._find_held(), defaultdict(list)
        held = np.unique(self.held[(self.held >= 0) & ~self.roads.may_move])
        for column in held.tolist():
            self.tied[int(columns.family[column])].append(column)
        self._ties = self._list_ties()

    def _list_ties(self) -> Lookup:
        ties = list_ties(self.case.problem, self.shared.columns)
        upper = ties.limit.astype(np.float64)
        rows = Rows(ties.row, ties.column, ties.coefficient, np.full(len(upper), -np.inf), upper)
        return Lookup(rows, len(self.shared.columns))

    def _find_held(self) -> Ints:
        columns, family = self.shared.columns, self.case.plan.family
        there = family[columns.child] == columns.family[columns.column]
        here = np.bincount(columns.column[there], minlength=len(columns)) == self.size
        whole = np.isin(columns.whole_group, find_whole_groups(self.case.problem, family))
        held = np.full(len(family), -1, dtype=np.int64)
        for wanted in (here & (columns.whole_group < 0), here & (columns.whole_group >= 0) & whole):
            at = wanted[columns.column]
            held[columns.child[at]] = columns.column[at]
        return held

    def columns_of(self, child: int) -> Ints:
        """Return the columns that hold a child."""
        at = self._of_child[self._begin[child] : self._begin[child + 1]]
        return np.asarray(self.shared.columns.column[at])

    def children_of(self, column: int) -> list[int]:
        """Return the children in a column."""
        part = self.shared.columns.child[self._first[column] : self._first[column + 1]]
        found: list[int] = part.tolist()
        return found

    def family_of(self, column: int) -> int:
        """Return the family of a column."""
        return int(self.shared.columns.family[column])

    def against(self, column: int, gone: set[int], come: set[int]) -> list[int]:
        """Return columns that may not be beside one; gone, come: how the plan differs by now."""
        found: list[int] = []
        for row, takes in self._ties.rows_of(column):
            others, sizes = self._ties.columns_of(row)
            here = [
                (other, size)
                for other, size in zip(others.tolist(), sizes.tolist(), strict=True)
                if other != column and (other in come or (other not in gone and self._has(other)))
            ]
            if takes + sum(size for _, size in here) > self._ties.limit(row):
                found += [other for other, _ in here]
        return found

    def lacks(self, column: int, beside: Sequence[int]) -> Bools:
        """Return of which sets of unlike beds (`bed_sums.py`) too few are left beside these."""
        columns = self.shared.columns
        left = columns.room[self.family_of(column)] - columns.use[list(beside)].sum(axis=0)
        return np.asarray((columns.use[column] > left)[len(RHYTHMS) :])

    def sets_of(self, column: int) -> Bools:
        """Return the sets of unlike beds that a column takes a bed of."""
        return np.asarray(self.shared.columns.use[column, len(RHYTHMS) :] > 0)

    def _has(self, column: int) -> bool:
        return bool(self.held[self.shared.columns.child[self._first[column]]] == column)
