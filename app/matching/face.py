"""The plans that are still in the running, as a model that shrinks with every goal."""

from dataclasses import dataclass, replace

import numpy as np

from app.matching.certificate import Certificate
from app.matching.couplings import Couplings
from app.matching.problem import Bools, Ints
from app.matching.rows import Rows


@dataclass(frozen=True, slots=True)
class Face:
    """All plans that are best for every goal so far.

    column: which of the model's columns are left, shape (v,). rows and child_row (see Couplings)
    are over those. incumbent: one plan of the face, shape (v,). guide: worth that every plan of
    the face has the same sum of, shape (v,); it leads a search without changing its outcome.
    """

    column: Ints
    rows: Rows
    child_row: Ints
    incumbent: Bools
    guide: Ints

    def keep(self, kept: Bools, rows: Rows) -> "Face":
        """Return the face with fewer columns; rows are still over all of the old ones."""
        return Face(
            column=self.column[kept],
            rows=rows.restricted(kept),
            child_row=self.child_row[kept],
            incumbent=self.incumbent[kept],
            guide=self.guide[kept],
        )

    def improve(self, worth: Ints, chosen: Bools) -> "Face":
        """Return the face with this choice as incumbent, if it is a better plan of the face."""
        better = worth[chosen].sum() > worth[self.incumbent].sum()
        return replace(self, incumbent=chosen) if better and self.rows.holds(chosen) else self

    def narrow(self, worth: Ints, certificate: Certificate) -> "Face":
        """Return the face of the plans that have as much worth as the incumbent.

        With no gap the columns that may hold and the rows that are tight describe exactly these
        plans; with one, a row that asks for the value is needed as well.
        """
        value = int(worth[self.incumbent].sum())
        rows = self.rows.tightened(certificate.is_tight(value))
        if certificate.gap(value) > 0:
            rows = rows.with_least(worth, value)
        return self.keep(certificate.may_hold(value), rows)


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
    return Face(np.arange(size), rows, couplings.child_row, nobody, np.zeros(size, np.int64))
