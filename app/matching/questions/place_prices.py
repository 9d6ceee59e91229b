"""What a place more or less in each family is worth to a plan, by shortest paths of moves."""

from collections import deque
from dataclasses import dataclass, field

import numpy as np

from app.matching.columns import Columns
from app.matching.problem import Bools, Ints
from app.matching.slots import FULL_TIME

_MOST_PASSES = 300  # of a search: each looks at all columns once
_MOST_UPDATES = 2_000  # of families, when one place comes free
_NEVER = 2**42  # dearer than any move, and far from overflowing


@dataclass(slots=True)
class PlacePrices:
    """Prices beside a plan: which column each set of the same children has, or none.

    worth: of each column, shape (v,), more is better. held: the plan's columns, positions. less:
    what the plan loses with a place less in each family (0 where one is free), more: what it gains
    with a place more, both shape (m,). Exact for children alone in an optimal plan.
    """

    columns: Columns
    worth: Ints
    held: Ints
    less: Ints = field(init=False)
    more: Ints = field(init=False)
    size: Ints = field(init=False)
    same: Ints = field(init=False)  # one number for all columns that place the same children
    at: Ints = field(init=False)  # the plan's column of each such number, -1 for none
    by_family: Ints = field(init=False)
    bounds: Ints = field(init=False)

    def __post_init__(self) -> None:
        columns, homes = self.columns, len(self.columns.room)
        self.size = columns.sizes()
        first = np.searchsorted(columns.column, np.arange(len(columns)))
        alone = columns.child[first]
        whole = int(columns.child.max(initial=0)) + 1 + columns.whole_group
        self.same = np.where(columns.whole_group < 0, alone, whole).astype(np.int64)
        self.at = np.full(int(self.same.max(initial=-1)) + 1, -1, dtype=np.int64)
        self.at[self.same[self.held]] = self.held
        self.by_family = np.argsort(columns.family, kind="stable")
        self.bounds = np.searchsorted(columns.family[self.by_family], np.arange(homes + 1))
        load = np.bincount(columns.family[self.held], self.size[self.held], minlength=homes)
        is_full = load >= columns.room[:, FULL_TIME]
        self.less = self._search_less(is_full)
        self.more = self._search_more(is_full)

    def _search_less(self, is_full: Bools) -> Ints:
        family, held = self.columns.family, self.held
        price = np.where(is_full, _NEVER, 0).astype(np.int64)
        for _ in range(_MOST_PASSES):
            best = np.zeros(len(self.at), dtype=np.int64)  # nobody need be placed
            np.maximum.at(best, self.same, self.worth - self.size * price[family])
            lower = price.copy()
            np.minimum.at(lower, family[held], self.worth[held] - best[self.same[held]])
            lower = np.where(is_full, np.maximum(lower, 0), 0)
            if np.array_equal(lower, price):
                break
            price = lower
        return price

    def _search_more(self, is_full: Bools) -> Ints:
        family = self.columns.family
        others = np.flatnonzero(self.at[self.same] != np.arange(len(family)))
        now = self.at[self.same[others]]
        has = np.where(now >= 0, self.worth[now], 0)
        price = np.zeros(len(is_full), dtype=np.int64)
        for _ in range(_MOST_PASSES):
            left = np.where(now >= 0, price[family[now]], 0)
            rise = price.copy()
            np.maximum.at(rise, family[others], self.worth[others] - has + left)
            rise = np.where(is_full, rise, 0)
            if np.array_equal(rise, price):
                break
            price = rise
        return price

    def columns_into(self, family: int) -> Ints:
        """Return the columns that come to a family."""
        return self.by_family[self.bounds[family] : self.bounds[family + 1]]

    def less_without(self, column: int) -> Ints:
        """Return `less` once this column of the plan has left its family, shape (m,)."""
        price, home = self.less.copy(), int(self.columns.family[column])
        price[home] = min(price[home], self.more[home])
        waiting = deque([home])
        for _ in range(_MOST_UPDATES):
            if not waiting:
                break
            family = waiting.popleft()
            into = self.columns_into(family)
            now = self.at[self.same[into]]
            into, now = into[(now >= 0) & (now != column)], now[(now >= 0) & (now != column)]
            cost = self.worth[now] - self.worth[into] + self.size[into] * price[family]
            for at in np.flatnonzero(cost < price[self.columns.family[now]]).tolist():
                left = int(self.columns.family[now[at]])
                if cost[at] < price[left]:
                    price[left] = max(int(cost[at]), 0)
                    waiting.append(left)
        return price
