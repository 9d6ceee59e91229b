"""The chance of breakdown of millions of pairs, the same to the last digit as `risk/score.py` says.

A chance has six decimals. Sums in another order differ after the thirteenth, which matters only
where a chance lies that near to the middle between two roundings: those few pairs are scored by
the plain code.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from app.matching.problem import Bools, Floats, Ints, Problem
from app.matching.risk.factors import CODES, FACTORS
from app.matching.risk.factors.distance import home_km
from app.matching.risk.factors.siblings import CODE as SPLIT
from app.matching.risk.factors.siblings import can_be_split
from app.matching.risk.hazard import cumulative_hazard, horizon_months
from app.matching.risk.weights import Weights
from app.matching.scale.terms import Distance, Sum, Terms, lay_out
from app.matching.scale.threads import in_threads
from app.matching.scored import ScoredPairs
from app.matching.settled import find_settled, is_away

MILLION = 1e6
# In millionths: a thousand times what the order of summing can change.
NEAR_THE_MIDDLE = 1e-6
PAIRS = 32_768  # of one chunk

Plain = Callable[[Ints, Ints], ScoredPairs]


@dataclass(frozen=True, slots=True)
class _Case:
    """What every chunk reads, and what it writes: a row of scored a pair."""

    problem: Problem
    terms: Terms
    hazard: Floats
    can_split: Bools
    may_be_away: Bools
    split_weight: float
    scored: ScoredPairs
    is_near: Bools


def score_at_scale(
    problem: Problem, pairs: tuple[Ints, Ints], weights: Weights, plain: Plain
) -> ScoredPairs:
    """Return pairs, sorted by child, with their chances and km.

    plain: scores pairs one by one; asked for those whose rounding is in doubt.
    """
    case = _prepare(problem, pairs, weights)
    in_threads(lambda part: _score(case, part), _parts(len(pairs[0])))
    doubtful = np.flatnonzero(case.is_near)
    if len(doubtful):
        certain = plain(pairs[0][doubtful], pairs[1][doubtful])
        case.scored.chance[doubtful] = certain.chance
        case.scored.chance_split[doubtful] = certain.chance_split
    return case.scored


def _parts(size: int) -> list[slice]:
    return [slice(first, min(first + PAIRS, size)) for first in range(0, size, PAIRS)]


def _prepare(problem: Problem, pairs: tuple[Ints, Ints], weights: Weights) -> _Case:
    terms = lay_out(problem, FACTORS, weights.value)
    terms.child[:] -= weights.typical_log_ratio
    months = horizon_months(problem.children.expected_months)
    children, size = np.arange(len(problem.children)), len(pairs[0])
    return _Case(
        problem,
        terms,
        cumulative_hazard(weights.chance_in_year, weights.shape, months),
        can_be_split(problem),
        find_settled(problem).concerns(children),
        float(weights.value[CODES.index(SPLIT)]),
        ScoredPairs(*pairs, *(np.empty(size) for _ in range(3))),
        np.zeros(size, dtype=np.bool_),
    )


def _score(case: _Case, part: slice) -> None:
    scored, problem = case.scored, case.problem
    child, family = scored.child[part], scored.family[part]
    km = home_km(problem, child, family)
    log_ratio = _add_up(case, child, family, km)
    chance, near = _chance(case.hazard[child], log_ratio)
    scored.km[part], scored.chance[part], scored.chance_split[part] = km, chance, chance
    case.is_near[part] = near
    at = np.flatnonzero(case.can_split[child])
    if len(at):
        parted, near = _chance(case.hazard[child[at]], log_ratio[at] + case.split_weight)
        rows = part.start + at
        scored.chance_split[rows] = parted
        case.is_near[rows] |= near
    rows = part.start + np.flatnonzero(case.may_be_away[child])
    rows = rows[is_away(problem, scored.child[rows], scored.family[rows])]
    scored.chance[rows] = scored.chance_split[rows]


def _chance(hazard: Floats, log_ratio: Floats) -> tuple[Floats, Bools]:
    """Return chances rounded to six decimals, and which of them lie near the middle of two."""
    exact = -np.expm1(-hazard * np.exp(log_ratio)) * MILLION
    whole = np.rint(exact)
    return whole / MILLION, np.abs(exact - whole) > 0.5 - NEAR_THE_MIDDLE


def _add_up(case: _Case, child: Ints, family: Ints, km: Floats) -> Floats:
    problem, terms = case.problem, case.terms
    total = terms.child[child] + terms.family[family]
    for lookup in terms.lookups:
        total += lookup.of(child, family)
    for term in terms.sums:
        total += _sum(term, child, family)
    for distance in terms.distances:
        _add_distance(problem, distance, (child, family, km), total)
    for measured in terms.measured:
        total += measured.factor.measure(problem, child, family).value * measured.weight
    return np.asarray(total)


def _add_distance(
    problem: Problem, distance: Distance, pairs: tuple[Ints, Ints, Floats], total: Floats
) -> None:
    child, family, km = pairs
    if distance.rare:
        at = np.flatnonzero(distance.child[child])
        child, family, km = child[at], family[at], km[at]
    if distance.km is not home_km:
        km = distance.km(problem, child, family)
    part = distance.child[child] * distance.family[family]
    # An unknown distance (NaN) counts as none here, and 0.0 for whoever has no certain place.
    part *= distance.of_km(np.fmax(km, 0.0))
    if distance.rare:
        total[at] += part
    else:
        total += part


def _sum(term: Sum, child: Ints, family: Ints) -> Floats:
    total = term.lookups[0].of(child, family)
    for lookup in term.lookups[1:]:
        total += lookup.of(child, family)
    total /= term.over
    return np.asarray(np.clip(total, term.least, term.most, out=total) * term.weight)
