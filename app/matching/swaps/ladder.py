"""Ranked goals in one number of two words, which NumPy adds and compares in their order.

A complex number holds two whole numbers of up to 53 bits; NumPy compares complex numbers by the
first and then by the second. So sums and comparisons of ranked values are exact, without weights
that grow past what a double holds.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.matching.problem import Ints
from app.matching.stretches import first_exact

Ranked = NDArray[np.complex128]
Most = Callable[[Ints], int]

GRID = 120  # prices are whole fractions of this, which hits those with small denominators
SCALE = 2 * GRID  # even, so that the middle of two is whole as well
FINE = 256  # of these go in one step of the second word: room to tell equal choices apart
_WORD = 2**51  # sums of a word stay below this


@dataclass(frozen=True, slots=True)
class Stretch:
    """Goals that one linear solve ranks exactly. step: what one step of it is in the ladder."""

    worth: Ints
    step: complex


@dataclass(frozen=True, slots=True)
class Ladder:
    """The first goals of a ranking as one number. worth: of each column, shape (v,); goals: how
    many they are."""

    worth: Ranked
    stretches: tuple[Stretch, ...]
    goals: int


def make_ladder(worths: Sequence[Ints], most: Most) -> Ladder | None:
    """Return as many of the first goals as two words hold, None where not even one fits."""
    first = _fitting(worths, most, 1)
    second = _fitting(worths[first:], most, FINE)
    stretches = [
        *_stretches(worths[:first], most, 1.0),
        *_stretches(worths[first : first + second], most, 1.0j * FINE),
    ]
    if not stretches:
        return None
    total = sum(stretch.step * stretch.worth for stretch in stretches)
    return Ladder(np.asarray(total, dtype=np.complex128), tuple(stretches), first + second)


def _fitting(worths: Sequence[Ints], most: Most, fine: int) -> int:
    """Return how many of the first goals fit in one word."""
    count = 0
    while count < len(worths) and _total(worths[: count + 1], most, fine) is not None:
        count += 1
    return count


def _total(worths: Sequence[Ints], most: Most, fine: int) -> Ints | None:
    """Return goals as one number that ranks them for certain, None where it fits no word."""
    total = worths[-1]
    for worth in reversed(worths[:-1]):
        factor = _span(total, most) + 1
        if factor * (int(np.abs(worth).max(initial=0)) + 1) * SCALE * fine > _WORD:
            return None
        total = total + factor * worth
    return total if 4 * SCALE * fine * (_span(total, most) + 1) < _WORD else None


def _span(worth: Ints, most: Most) -> int:
    return max(most(worth), 0) + max(most(-worth), 0)


def _stretches(worths: Sequence[Ints], most: Most, unit: complex) -> list[Stretch]:
    """Return the goals of one word, as few stretches as linear solves can hold."""
    found: list[Ints] = []
    at = 0
    while at < len(worths):
        count, mix = first_exact(worths[at:], most)
        found.append(mix.worth)
        at += count
    steps, total = [1], found[-1] if found else np.zeros(0, dtype=np.int64)
    for worth in reversed(found[:-1]):
        steps.insert(0, _span(total, most) + 1)
        total = total + steps[0] * worth
    return [Stretch(worth, unit * step) for worth, step in zip(found, steps, strict=False)]


def sum_by(key: Ints, value: Ranked, size: int) -> Ranked:
    """Return the sums of ranked values by key, shape (size,)."""
    first = np.bincount(key, value.real, minlength=size)
    return np.asarray(first + 1j * np.bincount(key, value.imag, minlength=size))


def ordered(value: complex) -> tuple[float, float]:
    """Return one ranked value as what Python compares in order too."""
    return value.real, value.imag


def as_whole(value: complex) -> int:
    """Return one ranked value as a whole number of Python's, in the same order and additive."""
    return int(value.real) * _SHIFT + int(value.imag)


_SHIFT = 1 << 60
