"""Weights judged on placements that began after they were learnt, half a year at a time."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from app.learning.evaluate import Predicted
from app.learning.history import History
from app.learning.learn import fit_weights
from app.learning.placement import PastPlacement
from app.learning.sample import Sample, draw_up
from app.learning.side_by_side import Judged, judge, predict_by
from app.matching.risk.weights import load_weights

HALF_A_YEAR = timedelta(days=182)


@dataclass(frozen=True, slots=True)
class HeldOut:
    """Placements of one half-year, with what the weights of its first day and the priors say."""

    sample: Sample
    learnt: Predicted
    prior: Predicted


def hold_out(
    before: Sequence[PastPlacement], lived: Sequence[PastPlacement], *, cut: date
) -> HeldOut:
    """Return the half-year after a day, each placement as it stood at the end of that half-year.

    Learnt from what was known on the day itself. before: placements of before the service.
    """
    last, prior = cut + HALF_A_YEAR, load_weights()
    known = [p.as_on(cut) for p in (*before, *lived) if p.course.began_on <= cut]
    known.sort(key=lambda p: p.course.number)
    learnt = fit_weights(History(tuple(known), cut), prior, code_version="toets")
    begun = [p.as_on(last) for p in lived if cut < p.course.began_on <= last]
    sample = draw_up(History(tuple(begun), last))
    return HeldOut(sample, *(predict_by(sample, weights) for weights in (learnt, prior)))


def half_years(first: date, last: date) -> Iterator[date]:
    """Yield the first day of each half-year before a last day, the newest first."""
    cut = last - HALF_A_YEAR
    while cut >= first:
        yield cut
        cut -= HALF_A_YEAR


def judge_all(parts: Iterable[HeldOut]) -> tuple[Judged, Judged]:
    """Return how well the learnt weights and the priors did on all parts together."""
    told = list(parts)
    sample = Sample(
        *(
            np.concatenate([getattr(part.sample, name) for part in told])
            for name in Sample.__slots__
        )
    )
    return judge(sample, _joined(p.learnt for p in told)), judge(
        sample, _joined(p.prior for p in told)
    )


def lines_of(what: str, learnt: Judged, prior: Judged) -> list[str]:
    """Return the slope with its interval and the Brier score of both, to print.

    Not what was expected beside what was seen: that is of a year, and nobody was followed so long.
    """
    return [
        f"{what}, {name}: slope {one.slope[0]:.2f} ({one.slope[1]:.2f} to {one.slope[2]:.2f}), "
        f"Brier {one.brier:.4f}"
        for name, one in (("learnt", learnt), ("priors", prior))
    ]


def _joined(parts: Iterable[Predicted]) -> Predicted:
    told = list(parts)
    return Predicted(
        np.concatenate([part.ratio for part in told]),
        np.concatenate([part.hazard for part in told]),
    )
