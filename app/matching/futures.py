"""Who may be registered in the coming weeks: futures sampled from the waiting list itself.

A household that waits stands for others like it. The chance comes from what the region looks like,
never from the seed of a run: the same region on the same day has the same futures, in any order of
rows.
"""

from collections import defaultdict
from dataclasses import dataclass
from hashlib import sha256
from random import Random

import numpy as np

from app.kernel.words import URGENCIES
from app.matching.problem import Problem
from app.matching.siblings import find_siblings

_WINDOWS = (7, 28)  # days
Household = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Arrivals:
    """What comes in, per urgency: households like these, positions; rate: how many a day.

    rate: the higher of those of the last 7 and the last 28 days. The list shows only who still
    waits, so it is never too high by more than chance, and often too low.
    """

    like: tuple[tuple[Household, ...], ...]
    rate: tuple[float, ...]


def estimate_arrivals(problem: Problem) -> Arrivals:
    """Return the region's own arrivals, from the days of registration of who waits."""
    by_urgency: dict[int, list[Household]] = defaultdict(list)
    urgency, days = problem.children.urgency, problem.waiting_days()
    for household in _households(problem):
        by_urgency[int(urgency[list(household)].min())].append(household)
    like = tuple(tuple(by_urgency[code]) for code in range(len(URGENCIES)))
    waited = [np.array([days[h[0]] for h in households]) for households in like]
    rates = [
        max(float(np.count_nonzero(w < window)) / window for window in _WINDOWS) for w in waited
    ]
    return Arrivals(like, tuple(rates))


def sample_futures(problem: Problem, *, number: int, days: int) -> list[list[Household]]:
    """Return so many futures: the households that are registered within so many days."""
    arrivals, dice = estimate_arrivals(problem), Random(_digest(problem))  # noqa: S311  no secret
    return [_sample(arrivals, dice, days) for _ in range(number)]


def _sample(arrivals: Arrivals, dice: Random, days: int) -> list[Household]:
    found: list[Household] = []
    for like, rate in zip(arrivals.like, arrivals.rate, strict=True):
        whole, part = divmod(rate * days, 1)
        size = int(whole) + (dice.random() < part)
        # Only random() is promised to be the same in every version of Python.
        found += [like[int(dice.random() * len(like))] for _ in range(size)]
    return found


def _households(problem: Problem) -> list[Household]:
    """Return brothers and sisters who wait together, and children alone, by number."""
    number, group = problem.children.number, find_siblings(problem).of_child
    waits = np.flatnonzero(~problem.is_begun()).tolist()
    homes: dict[tuple[bool, int], list[int]] = defaultdict(list)
    for child in sorted(waits, key=number.__getitem__):
        alone = bool(group[child] < 0)
        homes[alone, child if alone else int(group[child])].append(child)
    return sorted(map(tuple, homes.values()), key=lambda members: number[members[0]])


def _digest(problem: Problem) -> str:
    kids, homes = problem.children, problem.families
    day_of = dict(zip(kids.number, kids.registered_on.astype(str).tolist(), strict=True))
    names = zip(homes.provider, homes.reference, homes.free_places.tolist(), strict=True)
    text = repr((str(problem.snapshot_day), sorted(day_of.items()), sorted(names)))
    return sha256(text.encode()).hexdigest()
