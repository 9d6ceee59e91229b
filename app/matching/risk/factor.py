"""What a risk factor is: a measure on pairs, and the sentence that goes with it."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from app.matching.problem import Floats, Ints, Problem
from app.matching.risk.at_scale import AtScale


class Level(StrEnum):
    """Whose property a factor is; only factors of the pair can choose between families."""

    CHILD = "kind"
    PAIR = "paar"


@dataclass(frozen=True, slots=True)
class Measure:
    """One factor measured on pairs, shape (k,).

    value: 0.0 where there is nothing special, or where the factor is unknown. spread: the
    standard deviation of the value where it is unknown (in part), 0.0 where it is known.
    """

    value: Floats
    spread: Floats


@dataclass(frozen=True, slots=True)
class Factor:
    """One factor of the risk score.

    measure: problem, positions of children and of families (both shape (k,)) to a measure.
    sentence: problem, child, family and the value to plain Dutch. unknown: the same, without the
    value, for what is not known; None when the factor is always known. at_scale: what the value
    depends on, for pairs by the million; None when only the measure knows.
    """

    code: str
    level: Level
    measure: Callable[[Problem, Ints, Ints], Measure]
    sentence: Callable[[Problem, int, int, float], str]
    unknown: Callable[[Problem, int, int], str] | None = None
    at_scale: AtScale | None = None


def known(value: object) -> Measure:
    """Return a measure without unknowns, from booleans or numbers of shape (k,)."""
    values = np.asarray(value, dtype=np.float64)
    return Measure(values, np.zeros(values.shape))


def partly_known(value: Floats, *, is_known: object, spread: object) -> Measure:
    """Return a measure that is 0.0 with the given spread wherever it is not known."""
    has = np.asarray(is_known, dtype=np.bool_)
    return Measure(
        np.where(has, value, 0.0), np.where(has, 0.0, np.asarray(spread, dtype=np.float64))
    )
