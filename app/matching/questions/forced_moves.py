"""A column that is forced into a large plan, and who moves for it by the shortest roads.

Its children leave what they had, and those places are filled; then room is made in the family. Who
is tied to others moves only where the roads alone make no room, or where the column parts them;
they go where they add most at the prices of places. What comes of it is a plan.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from app.matching.detours import Detours
from app.matching.problem import Ints
from app.matching.questions.standing_columns import StandingColumns

_TRIED = 5  # families for children who had to leave: a limit on work
_STATES_KEPT = 8


@dataclass(slots=True)
class _State:
    """The plan without some columns, who moved by that, and a copy to try things on."""

    detours: Detours
    moved: frozenset[int]
    tried: Detours


@dataclass(slots=True)
class Vacated:
    """The plan without some columns, their places filled; kept while one child is asked about."""

    standing: StandingColumns
    _states: dict[frozenset[int], _State] = field(default_factory=dict)

    def without(self, columns: frozenset[int]) -> tuple[Detours, frozenset[int]]:
        """Return the plan without these columns, and who moved; for use until the next call."""
        if columns not in self._states:
            while len(self._states) >= _STATES_KEPT:
                del self._states[next(iter(self._states))]
            made = self._vacate(columns)
            self._states[columns] = _State(made, frozenset(made.kids), made.copy())
        state = self._states[columns]
        state.tried.go_back(state.detours)
        return state.tried, state.moved

    def _vacate(self, columns: frozenset[int]) -> Detours:
        standing, detours = self.standing, Detours(self.standing.roads)
        left: dict[int, int] = {}
        for column in sorted(columns):
            child, home = standing.children_of(column)[0], standing.family_of(column)
            if standing.roads.may_move[child]:
                detours.take_out(child)
            else:
                left[home] = left.get(home, 0) + int(standing.size[column])
        for home, many in sorted(left.items()):
            load = sum(int(standing.size[one]) for one in standing.tied[home])
            most = int(standing.most[home])
            for _ in range(max(most - load + many, 0) - max(most - load, 0)):
                detours.add(home)
        return detours


class Forced:
    """The plan after one column is forced. gone, come: columns of tied children, and the forced."""

    def __init__(self, vacated: Vacated, column: int) -> None:
        self.standing = standing = vacated.standing
        members = standing.children_of(column)
        had = {int(standing.held[child]) for child in members} - {-1}
        self.gone = had | set(standing.against(column, had, set()))
        self.come: set[int] = set()
        self.detours, self._moved = vacated.without(frozenset(self.gone))
        for child in members:
            self.detours.lock(child)
        waiting = [(old, members) for old in sorted(self.gone)]
        waiting += [(old, []) for old in self._make_room(column)]
        self._enter(column)
        for old, taken in waiting:
            rest = [child for child in standing.children_of(old) if child not in taken]
            self._place_again(old, rest)

    def _tied_in(self, home: int) -> list[int]:
        """Return the columns that fill a family and that no road moves."""
        standing = self.standing
        stay = [column for column in standing.tied[home] if column not in self.gone]
        return stay + [column for column in self.come if standing.family_of(column) == home]

    def _capacity(self, home: int) -> int:
        load = sum(int(self.standing.size[column]) for column in self._tied_in(home))
        return max(int(self.standing.most[home]) - load, 0)

    def _is_full_for(self, column: int) -> bool:
        standing, home = self.standing, self.standing.family_of(column)
        needed = min(int(standing.size[column]), int(standing.most[home]))
        return self._capacity(home) < needed

    def _make_room(self, column: int) -> list[int]:
        """Take out who is tied, the least worth first, until a column fits; return whom."""
        standing, home = self.standing, self.standing.family_of(column)
        before, out = self._capacity(home), list[int]()
        while in_the_way := self._in_the_way_of(column):
            out.append(min(in_the_way, key=lambda one: (standing.worth[one], one)))
            self.gone.add(out[-1])
        for _ in range(self._capacity(home) - before):
            self.detours.free[home] += 1
            self.detours.homes.append(home)
        return out

    def _in_the_way_of(self, column: int) -> list[int]:
        """Return who is tied where a column goes, of whom one must leave for it; none if it fits.

        Of families with unlike beds everybody there is tied, so that their sums hold too.
        """
        standing, home = self.standing, self.standing.family_of(column)
        tied = self._tied_in(home)
        if self._is_full_for(column):
            return tied
        lacks = standing.lacks(column, tied)
        return [one for one in tied if (standing.sets_of(one) & lacks).any()]

    def _enter(self, column: int) -> None:
        """Put a column in its family and let others make way."""
        home = self.standing.family_of(column)
        before = self._capacity(home)
        self.come.add(column)
        if not all(self.detours.drop(home) for _ in range(before - self._capacity(home))):
            raise ValueError(f"no room for column {column}: places are counted wrong")
        self._fill(home)

    def _fill(self, home: int) -> None:
        """Let somebody come to the places that are left over."""
        left, self.detours.free[home] = int(self.detours.free[home]), 0
        self.detours.homes.append(home)
        for _ in range(left):
            self.detours.add(home)

    def _place_again(self, old: int, rest: list[int]) -> None:
        """Find a family for children who lost theirs: together if they were, else alone."""
        standing = self.standing
        if not rest:
            return
        if len(rest) == int(standing.size[old]):
            own = standing.columns_of(rest[0])
            group = standing.shared.columns.whole_group
            same = (standing.size[own] == len(rest)) & (group[own] == group[old])
            if self._take_best(own[same]):
                return
        if len(rest) == 1 == int(standing.size[old]):
            return
        for child in rest:
            own = standing.columns_of(child)
            self._take_best(own[standing.size[own] == 1])

    def _take_best(self, columns: Ints) -> bool:
        standing = self.standing
        price = self.detours.price[standing.shared.columns.family[columns]]
        net = standing.worth[columns] - standing.size[columns] * price
        for at in np.argsort(-net, kind="stable")[:_TRIED].tolist():
            column = int(columns[at])
            if net[at] > 0 and self._fits(column):
                self._enter(column)
                return True
        return False

    def _fits(self, column: int) -> bool:
        if self._is_full_for(column):
            return False
        standing, tied = self.standing, self._tied_in(self.standing.family_of(column))
        has_beds = not standing.lacks(column, tied).any()
        return has_beds and not standing.against(column, self.gone, self.come)

    def columns(self) -> tuple[list[int], list[int]]:
        """Return the columns that the plan lost, and those that it got."""
        roads, moved = self.standing.roads, self._by_roads()
        before, after = roads.at[moved], self.detours.at[moved]
        lost, got = roads.column[before[before >= 0]], roads.column[after[after >= 0]]
        return sorted({*lost.tolist(), *self.gone}), sorted({*got.tolist(), *self.come})

    def families(self) -> Iterator[tuple[int, int]]:
        """Yield each child of whom a column changed, and where it goes, -1 for nowhere."""
        standing, moved = self.standing, self._by_roads()
        after = {child: -1 for column in self.gone for child in standing.children_of(column)}
        after.update(zip(moved.tolist(), self.detours.home[moved].tolist(), strict=True))
        for column in self.come:
            home = standing.family_of(column)
            after.update(dict.fromkeys(standing.children_of(column), home))
        yield from after.items()

    def _by_roads(self) -> Ints:
        """Return the children who left or came to a place along the roads."""
        kids = np.array(sorted(self._moved.union(self.detours.kids)), dtype=np.int64)
        return np.asarray(kids[self.detours.at[kids] != self.standing.roads.at[kids]])
