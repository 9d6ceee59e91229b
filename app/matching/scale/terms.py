"""Each factor's part of the log hazard, laid out so that a pair is a few look-ups and sums."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from app.matching.problem import Bools, Floats, Ints, Problem
from app.matching.risk.at_scale import ByKind, ByKm, BySum, OnlyFor, number
from app.matching.risk.factor import Factor
from app.matching.scale.lookups import Lookup, join_small

# Above so many cells a table of kinds is no longer a short cut.
MOST_CELLS = 4_000_000
AT_ONCE = 3  # columns of a sum in one look-up: 64 kinds of severity by 64 of answers


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum over groups of columns, then divided, held within limits and weighed.

    lookups: of each group the sum of products of its columns, in whole numbers or halves.
    """

    lookups: tuple[Lookup, ...]
    over: float
    least: float
    most: float
    weight: float


@dataclass(frozen=True, slots=True)
class Distance:
    """A factor of the distance to the child's home."""

    value: Callable[[Problem, Ints, Ints, Floats], Floats]
    weight: float


@dataclass(frozen=True, slots=True)
class Measured:
    """A factor measured by its own code on every pair of these children, shape (n,)."""

    factor: Factor
    concerned: Bools
    weight: float


@dataclass(frozen=True, slots=True)
class Terms:
    """All factors with a weight. child, family: what each adds by itself, shape (n,) and (m,)."""

    child: Floats
    family: Floats
    lookups: tuple[Lookup, ...]
    sums: tuple[Sum, ...]
    distances: tuple[Distance, ...]
    measured: tuple[Measured, ...]


def lay_out(problem: Problem, factors: Sequence[Factor], weights: Floats) -> Terms:
    """Return the terms of a problem; a factor without weight adds nothing and is left out."""
    found = [
        _term(problem, factor, weight)
        for factor, weight in zip(factors, weights.tolist(), strict=True)
        if weight
    ]
    return Terms(
        *_gather([term for term in found if isinstance(term, Lookup)], problem),
        tuple(term for term in found if isinstance(term, Sum)),
        tuple(term for term in found if isinstance(term, Distance)),
        tuple(term for term in found if isinstance(term, Measured)),
    )


def _term(problem: Problem, factor: Factor, weight: float) -> Lookup | Sum | Distance | Measured:
    how = factor.at_scale
    if isinstance(how, ByKind):
        return _lookup(problem, factor, how, weight) or _measured(problem, factor, weight)
    if isinstance(how, BySum):
        return Sum(_columns(problem, how), how.over, how.least, how.most, weight)
    if isinstance(how, ByKm):
        return Distance(how.value, weight)
    return _measured(problem, factor, weight)


def _measured(problem: Problem, factor: Factor, weight: float) -> Measured:
    how = factor.at_scale
    if isinstance(how, OnlyFor):
        return Measured(factor, how.child(problem), weight)
    return Measured(factor, np.ones(len(problem.children), dtype=np.bool_), weight)


def _lookup(problem: Problem, factor: Factor, how: ByKind, weight: float) -> Lookup | None:
    """Return the factor measured on one child and one family of each kind, None if too many."""
    child, child_kind = _first_of_each(how.child(problem))
    family, family_kind = _first_of_each(how.family(problem))
    shape = len(child), len(family)
    if shape[0] * shape[1] > MOST_CELLS:
        return None
    measure = factor.measure(problem, np.repeat(child, shape[1]), np.tile(family, shape[0]))
    return Lookup(measure.value.reshape(shape) * weight, child_kind, family_kind)


def _columns(problem: Problem, how: BySum) -> tuple[Lookup, ...]:
    """Return the sum in groups of columns, each looked up by the kinds of both sides."""
    child = how.child(problem).astype(np.float64)
    family = how.family(problem).astype(np.float64)
    found = []
    for first in range(0, child.shape[1], AT_ONCE):
        left, right = child[:, first : first + AT_ONCE], family[:, first : first + AT_ONCE]
        one, child_kind = _first_of_each(number(left))
        other, family_kind = _first_of_each(number(right))
        found.append(Lookup(left[one] @ right[other].T, child_kind, family_kind))
    return tuple(found)


def _gather(lookups: list[Lookup], problem: Problem) -> tuple[Floats, Floats, tuple[Lookup, ...]]:
    """Return what children add by themselves, what families do, and the other look-ups, joined."""
    child, family = np.zeros(len(problem.children)), np.zeros(len(problem.families))
    rest = []
    for lookup in lookups:
        if lookup.table.shape[1] == 1:
            child += lookup.table[lookup.child, 0]
        elif lookup.table.shape[0] == 1:
            family += lookup.table[0, lookup.family]
        else:
            rest.append(lookup)
    return child, family, tuple(join_small(rest))


def _first_of_each(kinds: Ints) -> tuple[Ints, Ints]:
    _, first, kind = np.unique(kinds, return_index=True, return_inverse=True)
    return first.astype(np.int64), kind.astype(np.int64)
