"""Ranked goals put in one number: in blocks that rank exactly, in stretches that nearly always do.

A block's number ranks its goals for certain: one step of a goal outweighs all that the goals after
it can add up to. A stretch pulls more gently, so that more goals fit; its best plan is a candidate
and its bound a bound, and only the blocks' proofs say that it kept the ranking.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from app.matching.problem import Ints

# A column that counted for more would bring a linear solver near a double's precision.
HEAVIEST = 10**10
_PULL = 2  # a step of a goal counts for so much of all goals after it that one column has


@dataclass(frozen=True, slots=True)
class Mix:
    """Consecutive goals in one number: the sum of factor x goal.

    worth: of each column, shape (v,). factors: one per goal. beyond: per goal, how far below zero
    the goals after it can bring the number.
    """

    worth: Ints
    factors: tuple[int, ...]
    beyond: tuple[int, ...]

    def bounds(self, values: Sequence[int], bound: int) -> tuple[int, ...]:
        """Return what no plan can exceed per goal, among those that reach the goals before it.

        values: what the plan reaches; bound: of the number as a whole.
        """
        bounds, left = [], bound
        for value, factor, beyond in zip(values, self.factors, self.beyond, strict=True):
            bounds.append(max(value, (left + beyond) // factor))
            left -= factor * value
        return tuple(bounds)


def mix_exactly(worths: Sequence[Ints], people: int) -> Mix:
    """Return goals as one number that ranks them for certain; people: columns of a plan at most."""

    def outweigh(_: int, most: int, least: int) -> int:
        return people * (most + least) + 1

    return _mix(worths, outweigh, people)


def mix_gently(worths: Sequence[Ints], people: int) -> Mix:
    """Return goals as one number that ranks them in all but strange cases."""

    def outweigh(unit: int, most: int, least: int) -> int:
        return max(1, _PULL * max(most, least) // unit)

    return _mix(worths, outweigh, people)


def _mix(worths: Sequence[Ints], outweigh: Callable[[int, int, int], int], people: int) -> Mix:
    total = worths[-1].astype(np.int64)
    factors, beyond = [1], [0]
    for worth in reversed(worths[:-1]):
        most, least = int(total.max(initial=0)), int(-total.min(initial=0))
        unit = max(1, int(np.gcd.reduce(worth))) if len(worth) else 1
        factors.insert(0, outweigh(unit, most, least))
        beyond.insert(0, people * least)
        total = total + factors[0] * worth
    return Mix(total, tuple(factors), tuple(beyond))


def count_fitting(mix: Callable[[Sequence[Ints], int], Mix], worths: Sequence[Ints], people: int) -> int:
    """Return how many of the first goals fit in one number of this kind; 1 at least."""
    count = 1
    while count < len(worths):
        mixed = mix(worths[: count + 1], people)
        if int(np.abs(mixed.worth).max(initial=0)) > HEAVIEST:
            break
        count += 1
    return count
