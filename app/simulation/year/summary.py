"""Replications taken together: means, intervals, and differences on the same chance."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import mean, stdev

from app.simulation.year.measures import MEASURES, Figures

_LEVEL = 0.975  # both sides of a 95% interval


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over replications and half its 95% interval (t); half is NaN for one replication."""

    mean: float
    half: float

    @property
    def is_clear(self) -> bool:
        """Return whether 0 lies outside the interval."""
        return abs(self.mean) > self.half


@dataclass(frozen=True, slots=True)
class Line:
    """One policy: each measure, its paired difference with the reference, and who fares worst."""

    name: str
    level: Mapping[str, Estimate]
    against: Mapping[str, Estimate]
    worst: str
    waiting: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """One replication. figures and waiting (after each week's plan), by policy."""

    seed: int
    figures: Mapping[str, Figures]
    waiting: Mapping[str, tuple[int, ...]]


def summarise(outcomes: Sequence[Outcome], *, reference: str) -> tuple[Line, ...]:
    """Return a line a policy; differences are policy minus reference, in the same replication."""
    names = tuple(outcomes[0].figures)
    return tuple(_line(outcomes, name, reference) for name in names)


def estimate(values: Sequence[float]) -> Estimate:
    """Return the mean with half its 95% interval."""
    if len(values) < 2:
        return Estimate(values[0], float("nan"))
    from scipy.stats import t  # takes a second to import

    half = float(t.ppf(_LEVEL, len(values) - 1)) * stdev(values) / sqrt(len(values))
    return Estimate(mean(values), half)


def _line(outcomes: Sequence[Outcome], name: str, reference: str) -> Line:
    def values(policy: str, code: str) -> list[float]:
        return [outcome.figures[policy].value[code] for outcome in outcomes]

    pairs = {one.code: (values(name, one.code), values(reference, one.code)) for one in MEASURES}
    return Line(
        name=name,
        level={code: estimate(own) for code, (own, _) in pairs.items()},
        against={
            code: estimate([a - b for a, b in zip(own, other, strict=True)])
            for code, (own, other) in pairs.items()
        },
        worst=Counter(outcome.figures[name].worst for outcome in outcomes).most_common(1)[0][0],
        waiting=tuple(
            mean(week) for week in zip(*(o.waiting[name] for o in outcomes), strict=True)
        ),
    )
