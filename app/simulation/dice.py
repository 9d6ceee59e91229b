"""Repeatable chance: one stream a noun, so that a change in one draw leaves the others alone."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

T = TypeVar("T")


class Shares(Generic[T]):
    """Options with their weights, ready to be drawn from."""

    __slots__ = ("_options", "_steps")

    def __init__(self, weights: Mapping[T, float]) -> None:
        self._options = tuple(weights)
        self._steps = tuple(accumulate(weights.values()))

    def at(self, point: float) -> T:
        """Return the option at a point 0 <= point < 1 of the total weight."""
        place = bisect_right(self._steps, point * self._steps[-1])
        return self._options[min(place, len(self._options) - 1)]


class Dice:
    """A seeded source of draws.

    Only `Random.random()` is used: Python promises the same numbers from it in every version,
    and of its other methods it does not.
    """

    __slots__ = ("_source",)

    def __init__(self, seed: int, noun: str) -> None:
        self._source = Random(f"{seed}:{noun}")  # noqa: S311  no secret is drawn here

    def fraction(self) -> float:
        """Return a number 0 <= x < 1."""
        return self._source.random()

    def hits(self, chance: float) -> bool:
        """Return True with this chance (0..1)."""
        return self._source.random() < chance

    def between(self, low: int, high: int) -> int:
        """Return a whole number, low and high included."""
        return low + int(self._source.random() * (high - low + 1))

    def pick(self, options: Sequence[T]) -> T:
        """Return one option, all as likely."""
        return options[int(self._source.random() * len(options))]

    def draw(self, shares: Shares[T]) -> T:
        """Return one option by its weight."""
        return shares.at(self._source.random())

    def sample(self, options: Sequence[T], size: int) -> list[T]:
        """Return `size` different options in random order (all of them when there are fewer)."""
        pool = list(options)
        size = min(size, len(pool))
        for place in range(size):
            other = self.between(place, len(pool) - 1)
            pool[place], pool[other] = pool[other], pool[place]
        return pool[:size]
