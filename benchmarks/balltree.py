"""The other way to score a country: families in reach by BallTree, then NumPy columns.

What a good engineer writes in an afternoon: pairs in reach first, each rule on the pairs that are
left, factors without weight left out. One thread, in blocks of children, so that memory stays low.
"""

from collections.abc import Iterator

import numpy as np

from app.kernel.postcode import EARTH_RADIUS_KM
from app.matching.policy import Policy
from app.matching.problem import Ints, Problem
from app.matching.risk.factors import FACTORS
from app.matching.risk.factors.distance import home_km
from app.matching.risk.hazard import chance, cumulative_hazard, horizon_months
from app.matching.risk.weights import Weights
from app.matching.rules import RULES
from app.matching.scored import ScoredPairs

BLOCK = 500  # children
# The tree measures along great circles, the service flat: a tenth of a percent apart at most.
MARGIN = 1.002


def score_by_balltree(
    problem: Problem, policy: Policy, weights: Weights, within_km: float
) -> ScoredPairs:
    """Return the pairs that no rule refuses, with their chance and distance."""
    blocks = [
        _score(
            problem, weights, *_obey(problem, policy, *_within(problem, child, family, within_km))
        )
        for child, family in _in_reach(problem, within_km)
    ]
    child, family, found, km = (np.concatenate(column) for column in zip(*blocks, strict=True))
    return ScoredPairs(child, family, found, found, km)


def _in_reach(problem: Problem, within_km: float) -> Iterator[tuple[Ints, Ints]]:
    from sklearn.neighbors import BallTree

    kids, homes = problem.children, problem.families
    tree = BallTree(np.radians(np.column_stack([homes.lat, homes.lon])), metric="haversine")
    places = np.radians(np.column_stack([kids.lat, kids.lon]))
    for first in range(0, len(places), BLOCK):
        found = tree.query_radius(
            places[first : first + BLOCK], within_km * MARGIN / EARTH_RADIUS_KM
        )
        child = np.repeat(np.arange(first, first + len(found)), [len(near) for near in found])
        yield child, np.concatenate([np.sort(near) for near in found]).astype(np.int64)


def _within(problem: Problem, child: Ints, family: Ints, within_km: float) -> tuple[Ints, Ints]:
    kept = home_km(problem, child, family) <= within_km
    return child[kept], family[kept]


def _obey(problem: Problem, policy: Policy, child: Ints, family: Ints) -> tuple[Ints, Ints]:
    for rule in RULES:
        if rule.listed:
            pairs = rule.listed(problem)
            size = len(problem.families)
            refused = np.isin(child * size + family, pairs[0] * size + pairs[1])
        else:
            refused = np.broadcast_to(rule.refuses(problem, policy, child, family), child.shape)
        child, family = child[~refused], family[~refused]
    return child, family


def _score(problem: Problem, weights: Weights, child: Ints, family: Ints) -> tuple[Ints, ...]:
    log_ratio = np.full(len(child), -weights.typical_log_ratio)
    for factor, weight in zip(FACTORS, weights.value.tolist(), strict=True):
        if weight:
            log_ratio += factor.measure(problem, child, family).value * weight
    months = horizon_months(problem.children.expected_months)
    hazard = cumulative_hazard(weights.chance_in_year, weights.shape, months)[child]
    return child, family, chance(hazard, log_ratio), home_km(problem, child, family)
