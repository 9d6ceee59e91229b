"""The plans that are still in the running, as a model that shrinks with every goal."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from app.matching.certificate import Certificate
from app.matching.couplings import Couplings
from app.matching.cuts import Cut
from app.matching.problem import Bools, Ints
from app.matching.rows import Rows

_STEPS_WORTH = 64  # one step of the guide against so many columns' worth of the goal at hand
_HEAVIEST = 10**9  # a column that counts for more would bring sums near a double's precision


@dataclass(frozen=True, slots=True)
class Face:
    """All plans that are best for every goal so far.

    column: which of the model's columns are left, shape (v,). rows and child_row (see Couplings)
    are over those. incumbent: one plan of the face, shape (v,). fine_rows: the rows that ask for
    the sum of fine numbers (chances, days) that an earlier goal reached. guide: shape (v,), worth
    of which every plan of the face has the same sum, the most that the other rows allow or near
    it: in a search it can stand in for the fine rows, which slow a solver down.
    """

    column: Ints
    rows: Rows
    child_row: Ints
    incumbent: Bools
    guide: Ints
    fine_rows: Ints

    def keep(self, kept: Bools, rows: Rows) -> "Face":
        """Return the face with fewer columns; rows are still over all of the old ones."""
        return Face(
            column=self.column[kept],
            rows=rows.restricted(kept),
            child_row=self.child_row[kept],
            incumbent=self.incumbent[kept],
            guide=self.guide[kept],
            fine_rows=self.fine_rows,
        )

    def with_cuts(self, cuts: Sequence[Cut]) -> "Face":
        """Return the face with rows that all of its plans keep anyway."""
        rows = self.rows.with_most([cut.column for cut in cuts], [cut.limit for cut in cuts])
        return replace(self, rows=rows)

    def improve(self, worth: Ints, chosen: Bools) -> "Face":
        """Return the face with this choice as incumbent, if it is a better plan of the face."""
        better = worth[chosen].sum() > worth[self.incumbent].sum()
        return replace(self, incumbent=chosen) if better and self.rows.holds(chosen) else self

    def narrow(self, worth: Ints, certificate: Certificate, *, is_proved: bool) -> "Face":
        """Return the face of the plans that have as much worth as the incumbent.

        With no gap the columns that may hold and the rows that are tight describe exactly these
        plans; with one, a row that asks for the value is needed as well.
        """
        value = int(worth[self.incumbent].sum())
        kept = certificate.may_hold(value)
        rows = self.rows.tightened(certificate.is_tight(value))
        if certificate.gap(value) == 0:
            return self.keep(kept, rows)
        face = self
        if is_proved and np.abs(worth).max() > 1:
            face = replace(
                self,
                guide=worth + self.pull(worth) * self.guide,
                fine_rows=np.append(self.fine_rows, len(rows.lower)),
            )
        return face.keep(kept, rows.with_least(worth, value))

    def pull(self, worth: Ints) -> int:
        """Return how often to count the guide next to a worth: much, yet exact in a double."""
        heaviest = int(np.abs(self.guide).max(initial=0))
        if not heaviest:
            return 0
        return max(1, min(_STEPS_WORTH * int(np.abs(worth).max()), _HEAVIEST // heaviest))


def first_face(couplings: Couplings) -> Face:
    """Return the face of all plans; its incumbent places nobody."""
    size = len(couplings.child_row)
    rows = Rows(
        row=couplings.row,
        column=couplings.column,
        coefficient=couplings.coefficient,
        lower=np.full(len(couplings.limit), -np.inf),
        upper=couplings.limit.astype(np.float64),
    )
    nobody = np.zeros(size, dtype=np.bool_)
    return Face(
        column=np.arange(size),
        rows=rows,
        child_row=couplings.child_row,
        incumbent=nobody,
        guide=np.zeros(size, dtype=np.int64),
        fine_rows=np.zeros(0, dtype=np.int64),
    )
