"""What a flow does not know: which of its choices must go for siblings and children kept apart."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from app.kernel.words import RHYTHMS, SiblingWish
from app.matching.columns import Columns
from app.matching.problem import Bools, Ints, Problem
from app.matching.siblings import find_siblings


@dataclass(frozen=True, slots=True)
class FaultFinder:
    """Finds the columns of a plan that break a rule, always the later child by number."""

    problem: Problem
    columns: Columns

    def __call__(self, chosen: Bools) -> Ints:
        """Return the chosen columns that must go, none when the plan keeps every rule."""
        column = self._column_of(chosen)
        family = np.append(self.columns.family, -1)[column]  # no column reads the end
        wrong = {int(column[c]) for c in self._too_many(family)}
        wrong |= {int(column[c]) for c in self._kept_apart(family, column)}
        wrong |= set(self._too_many_new(column))
        wrong |= set(self._unlike_beds(column))
        return np.array(sorted(wrong), dtype=np.int64)

    def _column_of(self, chosen: Bools) -> Ints:
        columns = self.columns
        column = np.full(len(self.problem.children), -1, dtype=np.int64)
        taken = chosen[columns.column]
        column[columns.child[taken]] = columns.column[taken]
        return column

    def _too_many(self, family: Ints) -> Iterator[int]:
        """Siblings above what the family takes together, or together though they must not be."""
        siblings, number = find_siblings(self.problem), self.problem.children.number
        apart = siblings.has_wish(SiblingWish.APART)
        kids = np.flatnonzero((siblings.of_child >= 0) & (family >= 0))
        seen: dict[tuple[int, int], int] = {}
        for child in sorted(kids, key=lambda c: number[c]):
            key = (int(siblings.of_child[child]), int(family[child]))
            seen[key] = seen.get(key, 0) + 1
            most = 1 if apart[key[0]] else int(self.problem.families.max_siblings[key[1]])
            if seen[key] > most:
                yield int(child)

    def _too_many_new(self, column: Ints) -> Iterator[int]:
        """Columns above the policy's limit on new children in one family: groups stay first."""
        most, columns = self.columns.most_new, self.columns
        if most is None:
            return
        number, counts = self.problem.children.number, columns.new_children()
        placed = np.flatnonzero(column >= 0).tolist()
        kids = sorted(placed, key=lambda c: (columns.whole_group[column[c]] < 0, number[c]))
        taken = np.zeros(len(columns.room), dtype=np.int64)
        for at in dict.fromkeys(column[kids].tolist()):
            home = columns.family[at]
            if taken[home] + counts[at] > most:
                yield at
            else:
                taken[home] += counts[at]

    def _unlike_beds(self, column: Ints) -> Iterator[int]:
        """Columns above what a set of unlike beds holds: groups stay first."""
        columns, five = self.columns, len(RHYTHMS)
        use, room = columns.use[:, five:], columns.room[:, five:]
        if not room.shape[1]:
            return
        number, load = self.problem.children.number, np.zeros_like(room)
        placed = np.flatnonzero(column >= 0)
        placed = placed[use[column[placed]].any(axis=1)]
        kids = sorted(placed, key=lambda c: (columns.whole_group[column[c]] < 0, number[c]))
        for at in dict.fromkeys(column[kids].tolist()):
            home = columns.family[at]
            if np.any((use[at] > 0) & (load[home] + use[at] > room[home])):
                yield at
            else:
                load[home] += use[at]

    def _kept_apart(self, family: Ints, column: Ints) -> Iterator[int]:
        """Of two children who may not live together the single choice, else the later number."""
        number, whole = self.problem.children.number, self.columns.whole_group
        for one, other in self.problem.kept_apart:
            if family[one] >= 0 and family[one] == family[other]:
                first, last = sorted((int(one), int(other)), key=lambda c: number[c])
                is_whole = whole[column[last]] >= 0 and whole[column[first]] < 0
                yield first if is_whole else last
