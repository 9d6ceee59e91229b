"""Pairs and chances again after a change: only of the children and families that changed."""

from typing import Any

import numpy as np

from app.matching.explain.case import Case
from app.matching.look_ahead import price_places
from app.matching.pairs import EligiblePairs
from app.matching.problem import Bools, Problem
from app.matching.risk.score import Scores, score
from app.matching.scored import ScoredPairs

_TOLD = ("child", "family", "chance", "chance_split", "km")


def rescore(
    case: Case, problem: Problem, children: set[int], families: set[int]
) -> tuple[EligiblePairs, Scores]:
    """Return pairs and scores of a problem that differs from the case's in these rows only.

    A rule and a chance look at one child and one family, so all other pairs stay as they were.
    How many families each rule refuses is not counted again.
    """
    old = case.pairs
    is_old = ~np.isin(old.child, list(children)) & ~np.isin(old.family, list(families))
    fresh = _open_pairs(case, problem, children, families)
    found = score(problem, fresh, case.scores.weights)
    return _merge(case, is_old, fresh, found)


def _open_pairs(
    case: Case, problem: Problem, children: set[int], families: set[int]
) -> EligiblePairs:
    """Return the eligible pairs among those that changed, sorted; their counts are left empty."""
    size = (len(problem.children), len(problem.families))
    touched = np.zeros(size, dtype=np.bool_)
    touched[sorted(children)] = True
    touched[:, sorted(families)] = True
    child, family = np.nonzero(touched)
    is_open = np.ones(len(child), dtype=np.bool_)
    for rule in case.pairs.rules:
        is_open &= ~np.broadcast_to(rule.refuses(problem, case.policy, child, family), child.shape)
    none = np.zeros((0, 0), dtype=np.int64)
    return EligiblePairs(child[is_open], family[is_open], none, case.pairs.rules)


def _merge(
    case: Case, is_old: Bools, fresh: EligiblePairs, found: Scores
) -> tuple[EligiblePairs, Scores]:
    old, problem = case.scores, found.problem
    child = np.concatenate([case.pairs.child[is_old], fresh.child])
    family = np.concatenate([case.pairs.family[is_old], fresh.family])
    order = np.lexsort((family, child))

    def joined(one: Any, other: Any) -> Any:
        return np.concatenate([one[is_old], other])[order]

    scored = ScoredPairs(
        **{name: joined(getattr(old.scored, name), getattr(found.scored, name)) for name in _TOLD}
    )
    if case.policy.look_ahead is not None:
        scored = price_places(problem, scored, case.policy)
    pairs = EligiblePairs(child[order], family[order], case.pairs.refused, case.pairs.rules)
    return pairs, Scores(scored, joined(old.can_split, found.can_split), old.weights, problem)
