"""Placements with the chance that was stated when they began, as arrays, and what was seen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from app.kernel.endings import EndLabel
from app.learning.sample import DAYS_A_MONTH
from app.matching.problem import Bools, Days, Floats
from app.outcomes.as_history import LeftOut, counts, has_ended
from app.outcomes.queries import OutcomeRow

_MOST = 1 - 1e-9  # a stated chance of one has no finite hazard


@dataclass(frozen=True, slots=True)
class Stated:
    """n placements with a stated chance, shape (n,).

    chance: over the horizon. time: followed, as a part of the horizon (1.0 is the whole of it, not
    cut off). broke: broke down within the horizon. due: the whole horizon has passed since it
    began, whatever became of it. began, last: days. hazard: cumulative, over the
    whole horizon. shape: of the Weibull by which it was stated.
    """

    chance: Floats
    time: Floats
    broke: Bools
    due: Bools
    began: Days
    last: Days
    horizon_days: Floats
    hazard: Floats
    shape: Floats
    provider: tuple[str, ...]
    form: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.chance)

    def expected_until(self, days: Floats) -> Floats:
        """Return the cumulative hazard of each after so many days since it began."""
        part = np.clip(days / self.horizon_days, 0.0, 1.0)
        return np.asarray(self.hazard * part**self.shape)

    @property
    def expected(self) -> Floats:
        """Return the cumulative hazard of each over the time that it was followed."""
        return np.asarray(self.hazard * np.minimum(self.time, 1.0) ** self.shape)


def stated_of(
    rows: Sequence[OutcomeRow], *, today: date, shapes: Mapping[str, float]
) -> tuple[Stated, LeftOut, int]:
    """Return the placements that began with a chance, who is left out, and how many had none."""
    left_out = LeftOut()
    known = [row for row in rows if counts(row, left_out, until=today)]
    told = [row for row in known if row.chance is not None and row.horizon is not None]
    return _arrays(told, today, shapes), left_out, len(known) - len(told)


def _arrays(rows: Sequence[OutcomeRow], today: date, shapes: Mapping[str, float]) -> Stated:
    chance = np.array([row.chance for row in rows], dtype=np.float64)
    last = [row.ended_on if has_ended(row, until=today) else today for row in rows]
    days = [
        max((end - row.began_on).days, 0.5)
        for row, end in zip(rows, last, strict=True)
        if end is not None
    ]
    horizon = np.array([row.horizon for row in rows], dtype=np.float64) * DAYS_A_MONTH
    time = np.array(days, dtype=np.float64) / horizon
    ended_so = [row.label is EndLabel.BROKEN and has_ended(row, until=today) for row in rows]
    return Stated(
        chance=chance,
        time=time,
        broke=np.array(ended_so, dtype=np.bool_) & (time <= 1.0),
        due=np.array([(today - row.began_on).days for row in rows], np.float64) >= horizon,
        began=np.array([row.began_on for row in rows], dtype="datetime64[D]"),
        last=np.array(last, dtype="datetime64[D]"),
        horizon_days=horizon,
        hazard=-np.log1p(-np.minimum(chance, _MOST)),
        shape=np.array([shapes[row.weights_version or ""] for row in rows], dtype=np.float64),
        provider=tuple(row.provider for row in rows),
        form=tuple(row.form for row in rows),
    )
