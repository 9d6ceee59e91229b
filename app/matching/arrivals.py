"""How many households come in, and of which kind: from the region's own registrations over time.

Of each kind (urgency and form) the rate is what was seen, drawn towards what the waiting list says
as if that had been seen for four weeks more: with few records the waiting list decides, with many
it hardly counts (the mean of a Poisson rate with a gamma prior).
"""

from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np

from app.kernel.words import CARE_FORMS, URGENCIES
from app.matching.past import PastArrivals
from app.matching.problem import Problem
from app.matching.siblings import find_siblings

WINDOWS = (7, 28)  # days
PRIOR_DAYS = 28  # so long the waiting list counts as seen
MOST_DAYS = 365
WAITING_LIST, REGISTRATIONS, PLACEMENTS = "wachtlijst", "aanmeldingen", "plaatsingshistorie"
Household = tuple[int, ...]
Kind = tuple[int, int]  # positions in URGENCIES and CARE_FORMS


@dataclass(frozen=True, slots=True)
class Arrivals:
    """What comes in, per kind: households like these, positions; rate: how many a day.

    source: WAITING_LIST, REGISTRATIONS or PLACEMENTS; days: over how long; seen: how many of them.
    unlike: how many a day of whose kind nobody waits, so that nobody can stand for them.
    """

    like: tuple[tuple[Household, ...], ...]
    rate: tuple[float, ...]
    source: str = WAITING_LIST
    days: int = max(WINDOWS)
    seen: int = 0
    unlike: float = 0.0


def estimate_arrivals(problem: Problem) -> Arrivals:
    """Return the region's own arrivals: from its past, or from who waits where none is known.

    From who waits: per urgency the higher rate of the last 7 and the last 28 days. That list shows
    only who still waits, so it is never too high by more than chance, and often too low.
    """
    waiting = _Waiting.of(problem)
    days = _days_known(problem.past, problem.snapshot_day)
    return _from_past(waiting, problem, days) if days else _from_waiting(waiting)


@dataclass(frozen=True, slots=True)
class _Waiting:
    """Who waits: households with their kind and the days that they have waited."""

    households: list[Household]
    kind: dict[Household, Kind] = field(default_factory=dict)
    waited: dict[Household, int] = field(default_factory=dict)

    @classmethod
    def of(cls, problem: Problem) -> "_Waiting":
        kids, days, found = problem.children, problem.waiting_days(), cls(list_households(problem))
        for household in found.households:
            urgency = int(kids.urgency[list(household)].min())
            found.kind[household] = urgency, int(kids.care_form[household[0]])
            found.waited[household] = int(days[household[0]])
        return found

    def rates(self) -> list[float]:
        """Return how many come a day, per urgency, as the list itself has it."""
        waited = [
            np.array([self.waited[h] for h in self.households if self.kind[h][0] == code])
            for code in range(len(URGENCIES))
        ]
        return [max(float(np.count_nonzero(w < days)) / days for days in WINDOWS) for w in waited]

    def like(self) -> dict[Kind, list[Household]]:
        """Return the households of each kind."""
        found: dict[Kind, list[Household]] = defaultdict(list)
        for household in self.households:
            found[self.kind[household]].append(household)
        return found


def _from_waiting(waiting: _Waiting) -> Arrivals:
    by_urgency = [
        tuple(h for h in waiting.households if waiting.kind[h][0] == code)
        for code in range(len(URGENCIES))
    ]
    seen = sum(days < max(WINDOWS) for days in waiting.waited.values())
    return Arrivals(tuple(by_urgency), tuple(waiting.rates()), seen=seen)


def _from_past(waiting: _Waiting, problem: Problem, days: int) -> Arrivals:
    past, like = problem.past, waiting.like()
    is_placement = bool(past.is_placement.any())
    expected = _expected(waiting, like)
    counts = _count(past, problem.snapshot_day, days, expected)
    if is_placement and len(problem.children):  # of children, while a household comes as one
        scale = len(waiting.households) / max(1, sum(map(len, waiting.households)))
        counts = {kind: count * (scale or 1.0) for kind, count in counts.items()}
    seen = sum(counts.values())
    for household, waited in waiting.waited.items():
        if waited < days:
            kind = waiting.kind[household]
            counts[kind] = counts.get(kind, 0.0) + 1
            seen += 1
    kinds = sorted({*counts, *expected})
    rate = {
        kind: (counts.get(kind, 0.0) + PRIOR_DAYS * expected.get(kind, 0.0)) / (days + PRIOR_DAYS)
        for kind in kinds
    }
    known = {kind: _like(like, kind) for kind in kinds}
    kept = [kind for kind in kinds if known[kind]]
    return Arrivals(
        like=tuple(tuple(known[kind]) for kind in kept),
        rate=tuple(rate[kind] for kind in kept),
        source=PLACEMENTS if is_placement else REGISTRATIONS,
        days=days,
        seen=round(seen),
        unlike=sum(rate[kind] for kind in kinds if not known[kind]),
    )


def _expected(waiting: _Waiting, like: dict[Kind, list[Household]]) -> dict[Kind, float]:
    """Return the rate of each kind as the waiting list has it."""
    size: dict[int, int] = defaultdict(int)
    for (urgency, _), households in like.items():
        size[urgency] += len(households)
    rates = waiting.rates()
    return {kind: rates[kind[0]] * len(hh) / size[kind[0]] for kind, hh in like.items()}


def _count(
    past: PastArrivals, day: np.datetime64, days: int, expected: dict[Kind, float]
) -> dict[Kind, float]:
    """Return how many of each kind came in these days; unknown urgencies as the list has them."""
    counts: dict[Kind, float] = defaultdict(float)
    ago = (day - past.came_on).astype("timedelta64[D]").astype(np.int64)
    recent = (ago >= 0) & (ago < days)
    for urgency, form in zip(
        past.urgency[recent].tolist(), past.care_form[recent].tolist(), strict=True
    ):
        for code, share in _urgencies(urgency, form, expected):
            counts[code, form] += share
    return counts


def _urgencies(urgency: int, form: int, expected: dict[Kind, float]) -> list[tuple[int, float]]:
    if urgency >= 0:
        return [(urgency, 1.0)]
    rates = [expected.get((code, form), 0.0) for code in range(len(URGENCIES))]
    total = sum(rates)
    if not total:  # nobody of that form came lately: the least urgent stands for them
        return [(len(URGENCIES) - 1, 1.0)]
    return [(code, rate / total) for code, rate in enumerate(rates) if rate]


def _like(like: dict[Kind, list[Household]], kind: Kind) -> list[Household]:
    """Return who stands for a kind: the same, or where nobody is, whoever has the same form."""
    assert 0 <= kind[1] < len(CARE_FORMS)  # noqa: S101  a past arrival always has its form
    same_form = [(code, kind[1]) for code in range(len(URGENCIES))]
    return like.get(kind) or [h for other in same_form for h in like.get(other, ())]


def _days_known(past: PastArrivals, day: np.datetime64) -> int:
    """Return of how many days until this one all arrivals are known, a year at most."""
    if not len(past.since):
        return 0
    known = int((day - past.since[0]).astype("timedelta64[D]").astype(np.int64))
    return min(max(known, 0), MOST_DAYS)


def list_households(problem: Problem) -> list[Household]:
    """Return brothers and sisters who wait together, and children alone, by number."""
    number, group = problem.children.number, find_siblings(problem).of_child
    waits = np.flatnonzero(~problem.is_begun()).tolist()
    homes: dict[tuple[bool, int], list[int]] = defaultdict(list)
    for child in sorted(waits, key=number.__getitem__):
        alone = bool(group[child] < 0)
        homes[alone, child if alone else int(group[child])].append(child)
    return sorted(map(tuple, homes.values()), key=lambda members: number[members[0]])
