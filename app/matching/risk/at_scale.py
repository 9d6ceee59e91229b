"""How a factor says what it looks at, so that millions of pairs need not be measured one by one.

A factor that says nothing is measured by its own code on every pair: right, and slower.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.matching.problem import Floats, Ints, Problem

Numbers = Callable[[Problem], Ints]
Table = Callable[[Problem], NDArray[np.generic]]


@dataclass(frozen=True, slots=True)
class ByKind:
    """The value is the same for all children of one number with all families of one number.

    child, family: a number each, shape (n,) and (m,). The factor's own code measures one of each.
    """

    child: Numbers
    family: Numbers


@dataclass(frozen=True, slots=True)
class BySum:
    """The value is a sum over columns of what child and family bring, divided, within limits.

    child, family: tables (n, columns) and (m, columns) of few whole numbers or halves, so that
    their products add up exactly, in whatever order.
    """

    child: Table
    family: Table
    over: float
    least: float = -np.inf
    most: float = np.inf


@dataclass(frozen=True, slots=True)
class ByKm:
    """The value is something of the child times something of a distance; 0.0 where not known.

    km: the distance, NaN where unknown. child: shape (n,), 0.0 where the child's place is unknown
    or not certain. of_km: of known distances. Families without a certain place have value 0.0.
    """

    km: Callable[[Problem, Ints, Ints], Floats]
    child: Callable[[Problem], Floats]
    of_km: Callable[[Floats], Floats]


AtScale = ByKind | BySum | ByKm


def every_child(problem: Problem) -> Ints:
    """Number all children alike."""
    return np.zeros(len(problem.children), dtype=np.int64)


def each_child(problem: Problem) -> Ints:
    """Number every child by itself."""
    return np.arange(len(problem.children), dtype=np.int64)


def every_family(problem: Problem) -> Ints:
    """Number all families alike."""
    return np.zeros(len(problem.families), dtype=np.int64)


def number(values: NDArray[np.generic]) -> Ints:
    """Return a number per row, the same for equal rows; values: shape (k,) or (k, columns)."""
    if values.ndim > 1 and not values.shape[1]:
        return np.zeros(len(values), dtype=np.int64)
    axis = 0 if values.ndim > 1 else None
    found = np.unique(values, axis=axis, return_inverse=True)[1]
    return np.asarray(found.reshape(-1), dtype=np.int64)


OF_CHILD = ByKind(each_child, every_family)
