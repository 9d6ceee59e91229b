"""Who was registered before and no longer waits: from them look-ahead learns what comes in."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class PastArrivals:
    """Households, one row each, that came in since a day and no longer wait.

    came_on: day of registration. urgency in URGENCIES, care_form in CARE_FORMS; urgency -1 where
    it is not known, as of a placement. since: shape (1,), the first day of which all is known;
    shape (0,) without any record. is_placement: the rows are children of a history of placements,
    by the day on which they were placed, and not households by the day of registration.
    """

    came_on: NDArray[np.datetime64]
    urgency: NDArray[np.int64]
    care_form: NDArray[np.int64]
    since: NDArray[np.datetime64]
    is_placement: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.came_on)


def past_arrivals(
    rows: Sequence[tuple[np.datetime64, int, int]],
    since: np.datetime64 | None,
    *,
    is_placement: bool = False,
) -> PastArrivals:
    """Return rows of day, urgency and care form as a table; without a day it tells of nothing."""
    days, urgency, form = zip(*rows, strict=True) if rows else ((), (), ())
    return PastArrivals(
        np.array(days, dtype="datetime64[D]"),
        np.array(urgency, dtype=np.int64),
        np.array(form, dtype=np.int64),
        np.array([] if since is None else [since], dtype="datetime64[D]"),
        np.full(len(rows), is_placement, dtype=np.bool_),
    )


def no_past_arrivals() -> PastArrivals:
    """Return a table that tells of nothing."""
    return past_arrivals([], None)
