"""Past placements as numbers: the factors of each, how long it was followed, how it ended."""

from dataclasses import dataclass

import numpy as np

from app.learning.as_problem import as_problem
from app.learning.history import History
from app.learning.placement import Ending
from app.matching.problem import Bools, Floats, Ints
from app.matching.risk.factors import CODES, FACTORS
from app.matching.risk.factors.siblings import CODE as SPLIT

DAYS_A_MONTH = 365.25 / 12


@dataclass(frozen=True, slots=True)
class Sample:
    """n past placements. features: (n, factors), columns CODES; months: followed, over 0.

    broke: whether it broke down. A placement that ended as planned, or still runs, was followed
    until then without a breakdown: it is censored, for both say only that it held so long.
    """

    features: Floats
    months: Floats
    broke: Bools

    def __len__(self) -> int:
        return len(self.months)

    def take(self, rows: Ints | Bools) -> "Sample":
        """Return some of the placements."""
        return Sample(self.features[rows], self.months[rows], self.broke[rows])


def draw_up(history: History) -> Sample:
    """Return the sample of a history, measured with the factors that score a pair."""
    problem = as_problem(history.placements)
    rows = np.arange(len(history))
    features = np.column_stack([f.measure(problem, rows, rows).value for f in FACTORS])
    apart = [placement.child.with_siblings is False for placement in history.placements]
    features[:, CODES.index(SPLIT)] = apart  # a pair cannot know it: the plan decides
    days = [
        ((p.course.ended_on or history.until) - p.course.began_on).days for p in history.placements
    ]
    return Sample(
        features=features,
        # One that ended on the day it began was followed for half a day.
        months=np.maximum(np.array(days, dtype=np.float64), 0.5) / DAYS_A_MONTH,
        broke=np.array([p.course.ending is Ending.BROKEN for p in history.placements]),
    )
