"""Each factor's part of the log hazard, laid out so that a pair is a few look-ups and sums."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from app.matching.problem import Floats, Ints, Problem
from app.matching.risk.at_scale import ByKind, ByKm, BySum, number
from app.matching.risk.factor import Factor
from app.matching.scale.lookups import Lookup, join_small

# Above so many cells a table of kinds is no longer a short cut.
MOST_CELLS = 4_000_000


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum of look-ups, in whole numbers or halves, then divided, held within limits, weighed."""

    lookups: tuple[Lookup, ...]
    over: float
    least: float
    most: float
    weight: float


@dataclass(frozen=True, slots=True)
class Distance:
    """A factor of a distance: child × family × of_km. child has the weight in it, family is 0 or 1.

    rare: most children have nothing of it, so that only the others' pairs are worth measuring.
    """

    km: Callable[[Problem, Ints, Ints], Floats]
    of_km: Callable[[Floats], Floats]
    child: Floats
    family: Floats
    rare: bool


@dataclass(frozen=True, slots=True)
class Measured:
    """A factor measured by its own code on every pair."""

    factor: Factor
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
        term
        for factor, weight in zip(factors, weights.tolist(), strict=True)
        if weight
        for term in _term(problem, factor, weight)
    ]
    return Terms(
        *_gather([term for term in found if isinstance(term, Lookup)], problem),
        tuple(term for term in found if isinstance(term, Sum)),
        tuple(term for term in found if isinstance(term, Distance)),
        tuple(term for term in found if isinstance(term, Measured)),
    )


def _term(
    problem: Problem, factor: Factor, weight: float
) -> list[Lookup | Sum | Distance | Measured]:
    how = factor.at_scale
    if isinstance(how, ByKind):
        return [_lookup(problem, factor, how, weight) or Measured(factor, weight)]
    if isinstance(how, BySum) and how.least == -how.most == -np.inf:
        return [*_columns(problem, how, weight / how.over)]
    if isinstance(how, BySum):
        columns = tuple(join_small(_columns(problem, how, 1.0)))
        return [Sum(columns, how.over, how.least, how.most, weight)]
    if isinstance(how, ByKm):
        return [_distance(problem, how, weight)]
    return [Measured(factor, weight)]


def _distance(problem: Problem, how: ByKm, weight: float) -> Distance:
    child = how.child(problem) * weight
    rare = np.count_nonzero(child) < len(child) / 2
    homes = problem.families
    known = homes.area_certain & ~np.isnan(homes.lat + homes.lon)
    return Distance(how.km, how.of_km, child, known.astype(np.float64), bool(rare))


def _lookup(problem: Problem, factor: Factor, how: ByKind, weight: float) -> Lookup | None:
    """Return the factor measured on one child and one family of each kind, None if too many."""
    child, child_kind = _first_of_each(how.child(problem))
    family, family_kind = _first_of_each(how.family(problem))
    shape = len(child), len(family)
    if shape[0] * shape[1] > MOST_CELLS:
        return None
    measure = factor.measure(problem, np.repeat(child, shape[1]), np.tile(family, shape[0]))
    return Lookup(measure.value.reshape(shape) * weight, child_kind, family_kind)


def _columns(problem: Problem, how: BySum, weight: float) -> list[Lookup]:
    """Return the products of each column, looked up by the kinds of both sides."""
    child = how.child(problem).astype(np.float64)
    family = how.family(problem).astype(np.float64)
    found = []
    for left, right in zip(child.T, family.T, strict=True):
        one, child_kind = _first_of_each(number(left))
        other, family_kind = _first_of_each(number(right))
        table = np.outer(left[one], right[other]) * weight
        found.append(Lookup(table, child_kind, family_kind))
    return found


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
