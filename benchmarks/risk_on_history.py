"""How well the weights rank and size the outcomes of past placements, of which they know nothing.

Run: `.venv/bin/python -m benchmarks.risk_on_history [HISTORY.csv [YYYY-MM-DD]]`; without a file on
the synthetic history of the tests, whose outcomes prove nothing about real placements.
"""

import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from app.learning.history import read_history
from app.learning.sample import Sample, draw_up
from app.matching.problem import Bools, Floats
from app.matching.risk.factor import Level
from app.matching.risk.factors import FACTORS
from app.matching.risk.hazard import YEAR, chance, cumulative_hazard
from app.matching.risk.weights import Weights, load_weights

HISTORY = Path(__file__).parents[1] / "tests" / "data" / "regio-1" / "plaatsingen-historie.csv"
FOLLOWED_UNTIL = date(2026, 11, 1)
FIFTHS = 5
RESAMPLES, SEED = 200, 1


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured. concordance: of all placements, and with one level's factors alone.

    auc: of breakdown within a year, among those that broke down or were followed for a year.
    fifths: from the lowest predicted chance to the highest: mean predicted, observed in a year.
    """

    placements: int
    broken: int
    concordance: float
    concordance_child: float
    concordance_pair: float
    auc: float
    predicted: float
    observed: float
    fifths: tuple[tuple[float, float], ...]


def measure(sample: Sample, weights: Weights) -> Measured:
    """Return how the weights do on a history; chances run over twelve months."""
    parts = sample.features * weights.value
    is_child = np.array([factor.level is Level.CHILD for factor in FACTORS])
    ratio = parts.sum(axis=1) - weights.typical_log_ratio
    hazard = cumulative_hazard(weights.chance_in_year, weights.shape, np.array(YEAR))
    predicted = chance(hazard, ratio)
    months, broken = sample.months, sample.broke
    in_year = broken & (months <= YEAR)
    known = in_year | (months >= YEAR)
    order = np.array_split(np.argsort(ratio, kind="stable"), FIFTHS)
    return Measured(
        placements=len(months),
        broken=int(broken.sum()),
        concordance=concordance(ratio, months, broken),
        concordance_child=concordance(parts[:, is_child].sum(axis=1), months, broken),
        concordance_pair=concordance(parts[:, ~is_child].sum(axis=1), months, broken),
        auc=_auc(ratio[known], in_year[known]),
        predicted=float(predicted.mean()),
        observed=broken_within(YEAR, months, broken),
        fifths=tuple(
            (float(predicted[at].mean()), broken_within(YEAR, months[at], broken[at]))
            for at in order
        ),
    )


def concordance(risk: Floats, months: Floats, is_broken: Bools) -> float:
    """Return Harrell's C: of two placements, how often the riskier one broke down first."""
    right = pairs = 0.0
    for at in np.flatnonzero(is_broken):
        later = risk[months > months[at]]
        right += float((risk[at] > later).sum() + 0.5 * (risk[at] == later).sum())
        pairs += len(later)
    return right / pairs


def broken_within(limit: float, months: Floats, is_broken: Bools) -> float:
    """Return the Kaplan-Meier estimate of breakdown within some months."""
    kept = 1.0
    for month in np.unique(months[is_broken & (months <= limit)]):
        kept *= 1 - (is_broken & (months == month)).sum() / (months >= month).sum()
    return float(1 - kept)


def _auc(risk: Floats, happened: Bools) -> float:
    yes, no = risk[happened][:, None], risk[~happened][None, :]
    return float((yes > no).mean() + 0.5 * (yes == no).mean())


def resampled_concordance(sample: Sample, weights: Weights) -> tuple[float, float]:
    """Return the middle 95% of the concordance when placements are drawn again (bootstrap)."""
    draw = np.random.default_rng(SEED)
    risk, size = (sample.features * weights.value).sum(axis=1), len(sample.months)
    found = []
    for _ in range(RESAMPLES):
        at = draw.integers(0, size, size)
        found.append(concordance(risk[at], sample.months[at], sample.broke[at]))
    low, high = np.quantile(found, [0.025, 0.975])
    return float(low), float(high)


def main() -> None:
    """Measure a history and print it."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else HISTORY
    until = date.fromisoformat(sys.argv[2]) if len(sys.argv) > 2 else FOLLOWED_UNTIL
    weights = load_weights()
    sample = draw_up(read_history(path, until=until))
    found, (low, high) = measure(sample, weights), resampled_concordance(sample, weights)
    print(f"{weights.version} on {path.name}: {found.placements} placements, {found.broken} broken")
    print(f"concordance {found.concordance:.3f} ({low:.3f}-{high:.3f})")
    print(f"AUC of a year {found.auc:.3f}")
    print(f"child {found.concordance_child:.3f}, pair {found.concordance_pair:.3f} alone")
    print(f"in a year: predicted {found.predicted:.1%}, observed {found.observed:.1%}")
    for fifth, (predicted, observed) in enumerate(found.fifths, start=1):
        print(f"  fifth {fifth}: predicted {predicted:.1%}, observed {observed:.1%}")


if __name__ == "__main__":
    main()
