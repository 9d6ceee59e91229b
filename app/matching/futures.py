"""Who may be registered in the coming weeks: futures sampled at the region's own rates.

A household that waits stands for others like it. The chance comes from what the region looks like,
never from the seed of a run: the same region on the same day has the same futures, in any order of
rows.
"""

from hashlib import sha256
from random import Random

from app.matching.arrivals import Arrivals, Household, estimate_arrivals
from app.matching.problem import Problem


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


def _digest(problem: Problem) -> str:
    kids, homes = problem.children, problem.families
    day_of = dict(zip(kids.number, kids.registered_on.astype(str).tolist(), strict=True))
    names = zip(homes.provider, homes.reference, homes.free_places.tolist(), strict=True)
    text = repr((str(problem.snapshot_day), sorted(day_of.items()), sorted(names)))
    return sha256(text.encode()).hexdigest()
