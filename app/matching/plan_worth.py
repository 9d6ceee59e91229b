"""All goals of a large plan in one number per choice, the same when a question needs it again."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.matching.problem import Ints
from app.matching.stretches import PULL, Mix, mix_gently

_FLOW_LIMIT = 2**61  # the flow multiplies costs by its nodes, within 64 bits
_TIE_STEPS = 256  # of one step of the last goal: days and kilometres choose within that
_SHARES = (0.75, 0.25)  # of what is left for those two


@dataclass(frozen=True, slots=True)
class Weigher:
    """factors: of the policy's goals, as many as fit. steps: of the whole to one step of those.

    ranges: the least and the most that a child counts for days waited and for kilometres.
    """

    factors: tuple[int, ...]
    steps: int
    ranges: tuple[tuple[float, float], ...]

    def of(self, worths: Sequence[Ints], sizes: Ints) -> Ints:
        """Return the number of choices with these worths per goal and so many children each."""
        total = np.zeros(len(sizes), dtype=np.int64)
        for factor, worth in zip(self.factors, worths, strict=False):
            total += factor * worth
        if self.steps < 2:
            return total
        return np.asarray(total * self.steps + self._ties(worths, sizes))

    def _ties(self, worths: Sequence[Ints], sizes: Ints) -> Ints:
        """Return less than one step: most of it for days waited, the rest for near."""
        total = np.zeros(len(sizes))
        for worth, share, (least, most) in zip(worths[-2:], _SHARES, self.ranges, strict=True):
            far = (worth / sizes - least) / max(most - least, 1.0)
            total += share * np.clip(far, 0.0, 1.0)
        return np.floor(total * (self.steps - 1)).astype(np.int64)


def heaviest_of(children: int, families: int) -> int:
    """Return the most that one choice may count, for a flow of that many to be counted exactly."""
    return _FLOW_LIMIT // (children + families + 2)


def fit_weigher(worths: Sequence[Ints], sizes: Ints, ranked: int, most: int) -> Weigher:
    """Return the number that holds as many of the first `ranked` goals as `most` allows."""
    mixes = (mix_gently(worths[:some], most) for some in range(ranked, 1, -1))
    mix = next((mix for mix in mixes if mix is not None), Mix(worths[0], (1,), (0,)))
    steps = min(_TIE_STEPS, most // (int(np.abs(mix.worth).max(initial=0)) + 1))
    return Weigher(mix.factors, steps if steps >= 2 else 1, _ranges(worths, sizes))


def fit_firmly(
    worths: Sequence[Ints], sizes: Ints, ranked: int, most: int, *, children: int
) -> Weigher:
    """Return the same with the goals as far apart as fits, for a flow of so many children.

    Whoever moves can lose twice what one choice counts for: pulled apart by twice the children no
    plan breaks the ranking, and where that does not fit none does that moves half as many children
    as the pull. A linear model would round the last goals of such a number away, a flow does not.
    """
    gentle, pull = fit_weigher(worths, sizes, ranked, most), 2 * children
    while pull > PULL:
        mix = mix_gently(worths[: len(gentle.factors)], most // _TIE_STEPS, pull=pull)
        if mix is not None:
            return Weigher(mix.factors, _TIE_STEPS, gentle.ranges)
        pull //= 2
    return gentle


def _ranges(worths: Sequence[Ints], sizes: Ints) -> tuple[tuple[float, float], ...]:
    each = [worth / sizes for worth in worths[-2:]]
    return tuple((float(e.min(initial=0.0)), float(e.max(initial=0.0))) for e in each)
