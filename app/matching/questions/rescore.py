"""Pairs and chances again after a change: only of the children and families that changed."""

from dataclasses import fields, replace
from typing import Any

import numpy as np

from app.matching.explain.case import Case
from app.matching.pairs import EligiblePairs
from app.matching.problem import Bools, Problem
from app.matching.risk.score import Scores, score
from app.matching.scored import ScoredPairs

_PER_PAIR = ("low", "high", "low_split", "high_split", "features", "spread", "can_split")


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
    old = case.scores
    child = np.concatenate([case.pairs.child[is_old], fresh.child])
    family = np.concatenate([case.pairs.family[is_old], fresh.family])
    order = np.lexsort((family, child))

    def joined(name: str, one: Any, other: Any) -> Any:
        both = [getattr(one, name)[is_old], getattr(other, name)]
        return np.concatenate(both)[order]

    scored = ScoredPairs(
        **{f.name: joined(f.name, old.scored, found.scored) for f in fields(ScoredPairs)}
    )
    parts: dict[str, Any] = {name: joined(name, old, found) for name in _PER_PAIR}
    pairs = EligiblePairs(child[order], family[order], case.pairs.refused, case.pairs.rules)
    return pairs, replace(old, scored=scored, **parts)
