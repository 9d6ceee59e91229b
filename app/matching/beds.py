"""Free beds that are unlike the others of their family, or end by themselves; one row a bed.

A family whose beds are all alike needs no rows: its own columns say it all. Of a family that has
rows every free bed is here, and its columns tell what the beds offer together (`tell_families`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from app.kernel.words import CARE_FORMS, RHYTHMS

if TYPE_CHECKING:
    from app.matching.problem import Families


@dataclass(frozen=True, slots=True)
class Beds:
    """Beds, shape (k,). family: position in Families. forms: (k, 4) columns as CARE_FORMS.

    slots: (k, 4) columns as RHYTHMS[1:], in which the bed is free; one that is free in all four
    takes a child full time. since, until: first and last day of the bed itself, beside those of
    its family, NaT where not told; such an end must be as late as the stay is expected to end.
    """

    family: NDArray[np.int64]
    forms: NDArray[np.bool_]
    slots: NDArray[np.bool_]
    since: NDArray[np.datetime64]
    until: NDArray[np.datetime64]

    def __len__(self) -> int:
        return len(self.family)

    def take(self, rows: NDArray[np.int64]) -> "Beds":
        """Return some rows, in this order."""
        return Beds(**{f.name: getattr(self, f.name)[rows] for f in fields(self)})

    def add(self, other: "Beds") -> "Beds":
        """Return these rows and those of the other."""
        names = [f.name for f in fields(self)]
        return Beds(**{n: np.concatenate([getattr(self, n), getattr(other, n)]) for n in names})

    def change(self, rows: NDArray[np.int64], **values: Any) -> "Beds":
        """Return the beds with other values in some rows."""
        columns = {}
        for name, value in values.items():
            columns[name] = getattr(self, name).copy()
            columns[name][rows] = value
        return replace(self, **columns)


def no_beds() -> Beds:
    """Return a table without rows."""
    days = np.zeros(0, dtype="datetime64[D]")
    return Beds(
        np.zeros(0, dtype=np.int64),
        np.zeros((0, len(CARE_FORMS)), dtype=np.bool_),
        np.zeros((0, len(RHYTHMS) - 1), dtype=np.bool_),
        days,
        days,
    )


def tell_families(families: "Families", beds: Beds, gone: Sequence[int] = ()) -> "Families":
    """Return the families with what their beds offer together, where they have rows here.

    gone: families that had rows and have none left, so that nothing is free there.
    """
    table = {
        name: getattr(families, name).copy() for name in ("free_places", "part_places", "forms")
    }
    for family in np.unique(beds.family).tolist():
        own = beds.take(np.flatnonzero(beds.family == family))
        whole = own.slots.all(axis=1)
        table["free_places"][family] = whole.sum()
        table["part_places"][family] = own.slots[~whole].sum(axis=0)
        table["forms"][family] = own.forms.any(axis=0)
    without = np.setdiff1d(np.array(gone, dtype=np.int64), beds.family)
    table["free_places"][without] = 0
    table["part_places"][without] = 0
    return replace(families, **table)
