"""Ranked goals put in one number, so that one solve serves several of them.

Exactly: one step of a goal outweighs all that the goals after it can add up to in any plan.
Gently: it outweighs what one choice can gain on them. More goals fit in such a number, and its best
plan hardly ever breaks the ranking; whether it did is for the exact proofs to say.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from app.matching.problem import Ints

# A column that counted for more would bring a linear solver near a double's precision.
HEAVIEST = 10**10
PULL = 2  # gently


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


Most = Callable[[Ints], int]
"""What no plan can exceed of a worth per column: a safe number, not the best one."""


def mix_exactly(worths: Sequence[Ints], most: Most) -> Mix | None:
    """Return goals as one number that ranks them for certain, None where it would be too heavy."""
    factors, beyond, total = [1], [0], worths[-1]
    for worth in reversed(worths[:-1]):
        below = most(-total)
        factors.insert(0, most(total) + below + 1)
        beyond.insert(0, below)
        if _is_heavy(factors[0], worth, total):
            return None
        total = total + factors[0] * worth
    return Mix(total, tuple(factors), tuple(beyond))


def mix_gently(worths: Sequence[Ints], heaviest: int = HEAVIEST, *, pull: int = PULL) -> Mix | None:
    """Return goals as one number that hardly ever breaks the ranking, None if it is too heavy.

    pull: how many times a step of a goal outweighs what one choice can gain on those after it.
    """
    factors, total = [1], worths[-1]
    for worth in reversed(worths[:-1]):
        factors.insert(0, pull * int(np.abs(total).max(initial=0)) // _unit(worth) + 1)
        if _is_heavy(factors[0], worth, total, heaviest):
            return None
        total = total + factors[0] * worth
    return Mix(total, tuple(factors), ())


def mix_roughly(worths: Sequence[Ints]) -> Ints:
    """Return a number with all goals in it, rounded to what fits: to find plans, not to prove."""
    total = worths[-1].astype(np.float64)
    for worth in reversed(worths[:-1]):
        total = total + (PULL * np.abs(total).max(initial=0) / _unit(worth) + 1) * worth
    scale = min(1.0, HEAVIEST / max(float(np.abs(total).max(initial=0)), 1.0))
    return np.rint(total * scale).astype(np.int64)


def first_exact(worths: Sequence[Ints], most: Most) -> tuple[int, Mix]:
    """Return how many of the first goals one exact number holds, and that number."""
    best = (1, Mix(worths[0], (1,), (0,)))
    for count in range(2, len(worths) + 1):
        mix = mix_exactly(worths[:count], most)
        if mix is None:
            break
        best = (count, mix)
    return best


def _is_heavy(factor: int, worth: Ints, total: Ints, most: int = HEAVIEST) -> bool:
    heaviest = factor * int(np.abs(worth).max(initial=0)) + int(np.abs(total).max(initial=0))
    return heaviest > most


def _unit(worth: Ints) -> int:
    return max(1, int(np.gcd.reduce(worth, initial=0)))
