"""Which children are near to where a plan loses: along choices that lose little by the prices."""

from dataclasses import dataclass
from heapq import heapify, heappop, heappush

import numpy as np

from app.matching.bundles import Bundles
from app.matching.problem import Bools, Ints
from app.matching.rows import Rows

HOME, UNIT = 0, 1  # what a center is: a family, or a child or group that is placed as one
Center = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Choices as roads between families and those who may go there; as long as what they lose.

    home, unit, lost: of each choice. by_home, by_unit: choices in the order of what they lose,
    and where each one's begin. price, upper: of each row; row_of: the center that a row belongs to.
    """

    unit: list[int]
    home: list[int]
    lost: list[int]
    by_home: tuple[list[int], list[int]]
    by_unit: tuple[list[int], list[int]]
    price: Ints
    upper: Ints
    row_kind: Ints
    row_of: Ints

    def centers(self, chosen: Bools, load: Ints, least: int) -> list[tuple[int, Center]]:
        """Return where a plan loses at least so much, the most first, with how much."""
        slack = self.price * (self.upper - load)
        loss = [np.zeros(len(begins) - 1, np.int64) for _, begins in (self.by_home, self.by_unit)]
        for kind in (HOME, UNIT):
            rows = np.flatnonzero((self.row_kind == kind) & (slack > 0))
            np.add.at(loss[kind], self.row_of[rows], slack[rows])
        for at in np.flatnonzero(chosen).tolist():
            loss[UNIT][self.unit[at]] += self.lost[at]
        found = [
            (-int(loss[kind][at]), kind, int(at))
            for kind in (HOME, UNIT)
            for at in np.flatnonzero(loss[kind] > least)
        ]
        return [(-lost, (kind, at)) for lost, kind, at in sorted(found)]

    def columns_near(self, center: Center, chosen: Bools, reach: int, most: int) -> Ints:
        """Return the choices of those within reach of a center, `most` children or groups."""
        near = self._grow(center, chosen, reach, most)
        choices, begins = self.by_unit
        found = [
            at
            for unit in near[UNIT]
            for at in choices[begins[unit] : begins[unit + 1]]
            if chosen[at] or (self.lost[at] <= reach and self.home[at] in near[HOME])
        ]
        return np.array(sorted(found), dtype=np.int64)

    def _grow(self, center: Center, chosen: Bools, reach: int, most: int) -> tuple[set[int], ...]:
        """Return the families and the children or groups within reach, nearest first (Dijkstra).

        The road that the plan takes has no length: who is in a family is as near as the family.
        """
        near: tuple[set[int], set[int]] = (set(), set())
        waiting = [(0, *center)]
        heapify(waiting)
        sides = ((self.by_home, self.unit), (self.by_unit, self.home))
        while waiting and len(near[UNIT]) < most:
            far, kind, at = heappop(waiting)
            if at in near[kind]:
                continue
            near[kind].add(at)
            (choices, begins), across = sides[kind]
            for choice in choices[begins[at] : begins[at + 1]]:
                further = far if chosen[choice] else far + self.lost[choice]
                if further <= reach and across[choice] not in near[1 - kind]:
                    heappush(waiting, (further, 1 - kind, across[choice]))
        return near


def find_surroundings(
    bundles: Bundles, near: Ints, rows: Rows, *, lost: Ints, price: Ints
) -> Surroundings:
    """Return the roads along these columns of the face; rows and lost are over those, price a row.

    A child of a group that can be whole is placed with it, so the group is one unit.
    """
    kids, single = len(bundles.group_of), len(bundles.single)
    own = np.where(bundles.group_of >= 0, kids + bundles.group_of, np.arange(kids))
    unit = np.concatenate([own[bundles.child], kids + bundles.bundle_group])[near]
    home = np.concatenate([bundles.family, bundles.bundle_family])[near]
    first, last = np.full(len(rows.upper), kids + single, np.int64), np.full(len(rows.upper), -1)
    np.minimum.at(first, rows.row, unit[rows.column])
    np.maximum.at(last, rows.row, unit[rows.column])
    row_home = np.full(len(rows.upper), -1, dtype=np.int64)
    row_home[rows.row] = home[rows.column]
    is_own = first == last
    return Surroundings(
        unit=unit.tolist(),
        home=home.tolist(),
        lost=lost.tolist(),
        by_home=_sorted_by(home, lost, len(bundles.places)),
        by_unit=_sorted_by(unit, lost, kids + bundles.groups()),
        price=np.where(row_home < 0, 0, price),
        upper=rows.upper.astype(np.int64),
        row_kind=np.where(is_own, UNIT, HOME),
        row_of=np.where(is_own, first, row_home),
    )


def _sorted_by(key: Ints, lost: Ints, size: int) -> tuple[list[int], list[int]]:
    order = np.lexsort((np.arange(len(key)), lost, key))
    return order.tolist(), np.searchsorted(key[order], np.arange(size + 1)).tolist()
