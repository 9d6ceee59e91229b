"""A large plan made better where it loses by the prices: small pieces of it are solved again.

Weak duality says for each choice, family and child how much the plan stays below its bound there.
Around the largest such losses the nearest children are freed, and the best plan for them beside
all others is found exactly. A piece that gains nothing leaves the plan as it was.
"""

from dataclasses import dataclass

import numpy as np

from app.matching.bundles import Bundles
from app.matching.certificate import Certificate
from app.matching.model import solve_whole
from app.matching.problem import Bools, Ints
from app.matching.rows import Rows
from app.matching.stretches import HEAVIEST
from app.matching.surroundings import Surroundings, find_surroundings

# Children freed at once; how far from the loss, and losses of how much, in usual distances.
_SWEEPS = ((25, 1.0, 0.1), (100, 1.5, 0.1), (200, 2.0, 0.1), (400, 2.0, 0.3), (800, 2.0, 1.0))
_WIDEST = 6.0
_NEAR = 2.6  # choices a child within the usual distance
_LARGEST = HEAVIEST // 10  # of a worth in a piece: gains are counted exactly afterwards


@dataclass(frozen=True, slots=True)
class Ground:
    """What a plan is judged by: rows and worth over the columns of the face, and a certificate."""

    bundles: Bundles
    rows: Rows
    worth: Ints
    certificate: Certificate

    def losses(self) -> Ints:
        """Return what each column loses by the prices, shape (v,), 0 or more."""
        return np.asarray(-self.certificate.reduced // self.certificate.scale)

    def usual(self) -> int:
        """Return the distance within which the choices lie that a plan mostly chooses from."""
        lost = self.losses()
        count = min(int(_NEAR * len(self.bundles.group_of)), len(lost) - 1)
        return int(np.partition(lost, count)[count]) + 1


def repair(ground: Ground, chosen: Bools, seed: int) -> Bools:
    """Return a plan that is worth no less; chosen: columns of the face that keep every row."""
    if not ground.rows.holds(chosen):
        return chosen
    usual = ground.usual()
    near = np.flatnonzero((ground.losses() <= _WIDEST * usual) | chosen)
    piece = _Repair(ground, near, chosen[near], seed)
    for most, far, least in _SWEEPS:
        for loss, center in piece.around.centers(piece.chosen, piece.load, int(least * usual)):
            reach = min(max(loss, int(far * usual)), int(_WIDEST * usual))
            piece.solve_around(center, reach, most)
    better = np.zeros_like(chosen)
    better[near[piece.chosen]] = True
    return better


class _Repair:
    """A plan while it is repaired. chosen: of the near columns; load: what fills each row."""

    def __init__(self, ground: Ground, near: Ints, chosen: Bools, seed: int) -> None:
        kept = np.zeros(len(ground.worth), dtype=np.bool_)
        kept[near] = True
        rows = ground.rows.restricted(kept)
        self.worth, self.seed, self.chosen = ground.worth[near], seed, chosen.copy()
        self.upper = rows.upper.astype(np.int64)
        self.load = np.zeros(len(rows.upper), dtype=np.int64)
        taken = chosen[rows.column]
        np.add.at(self.load, rows.row[taken], rows.coefficient[taken])
        entry = np.argsort(rows.column, kind="stable")
        self.row, self.coefficient = rows.row[entry], rows.coefficient[entry]
        self.first = np.searchsorted(rows.column[entry], np.arange(len(near) + 1))
        price = np.maximum(ground.certificate.price, 0) // ground.certificate.scale
        self.around: Surroundings = find_surroundings(
            ground.bundles, near, rows, lost=ground.losses()[near], price=price
        )

    def solve_around(self, center: tuple[int, int], reach: int, most: int) -> None:
        """Free the children nearest to a center and give them the best places that are left."""
        columns = self.around.columns_near(center, self.chosen, reach, most)
        if len(columns) < 2:
            return
        rows, used, mine, entries = self._rows_of(columns)
        worth = self.worth[columns]
        weight = max(1, int(np.abs(worth).max()) // _LARGEST)
        solved = solve_whole(rows, worth // weight, self.seed)
        now = self.chosen[columns]
        if solved is None or worth[solved.chosen].sum() <= worth[now].sum():
            return
        at, coefficient, column = entries
        load = np.zeros(len(used), dtype=np.int64)
        taken = solved.chosen[column]
        np.add.at(load, at[taken], coefficient[taken])
        if np.any(self.load[used] - mine + load > self.upper[used]):
            return  # within a solver's tolerance, and not within ours
        self.load[used] += load - mine
        self.chosen[columns] = solved.chosen

    def _rows_of(self, columns: Ints) -> tuple[Rows, Ints, Ints, tuple[Ints, Ints, Ints]]:
        """Return the rows over these columns with what the others leave, and how both are filled.

        used: the rows' numbers; mine: what these columns fill of them now; entries: position in
        used, coefficient and position in columns.
        """
        count = self.first[columns + 1] - self.first[columns]
        entry = np.repeat(self.first[columns] - np.cumsum(count) + count, count)
        entry += np.arange(int(count.sum()))
        column = np.repeat(np.arange(len(columns)), count)
        used, at = np.unique(self.row[entry], return_inverse=True)
        coefficient = self.coefficient[entry]
        mine = np.zeros(len(used), dtype=np.int64)
        taken = self.chosen[columns][column]
        np.add.at(mine, at[taken], coefficient[taken])
        left = self.upper[used] - self.load[used] + mine
        binds = np.bincount(at, coefficient, minlength=len(used)) > left
        number, kept = np.cumsum(binds) - 1, binds[at]
        rows = Rows(
            row=number[at[kept]],
            column=column[kept],
            coefficient=coefficient[kept],
            lower=np.full(int(binds.sum()), -np.inf),
            upper=left[binds].astype(np.float64),
        )
        return rows, used, mine, (at, coefficient, column)
