"""Scoring cut into pieces, for whoever can run pieces elsewhere; the same scores bit by bit.

A pair is scored by itself, so where it is cut plays no part: a test compares.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from app.matching.pairs import EligiblePairs
from app.matching.problem import Problem
from app.matching.risk.factors.siblings import can_be_split
from app.matching.risk.score import Scores, score, score_pairs
from app.matching.risk.weights import Weights
from app.matching.scored import ScoredPairs

PAIRS = 250_000  # in one piece: a region is one, a country a few dozen
Scorer = Callable[[Problem, EligiblePairs, Weights], Scores]


@dataclass(frozen=True, slots=True)
class Piece:
    """Some of the pairs, with all that a score looks at."""

    problem: Problem
    pairs: EligiblePairs
    weights: Weights


Run = Callable[[Callable[[Piece], ScoredPairs], Sequence[Piece]], Iterable[ScoredPairs]]
"""Runs a function on pieces, anywhere, and gives the results in their order."""


def score_piece(piece: Piece) -> ScoredPairs:
    """Return the chances of one piece."""
    return score_pairs(piece.problem, piece.pairs.child, piece.pairs.family, piece.weights)


def in_pieces(run: Run, *, size: int = PAIRS) -> Scorer:
    """Return a way to score that cuts the pairs into pieces of a size and has them run."""

    def scorer(problem: Problem, pairs: EligiblePairs, weights: Weights) -> Scores:
        if len(pairs) <= size:
            return score(problem, pairs, weights)
        cuts = range(0, len(pairs), size)
        pieces = [Piece(problem, _part(pairs, slice(at, at + size)), weights) for at in cuts]
        scored = _join(tuple(run(score_piece, pieces)))
        return Scores(scored, can_be_split(problem)[pairs.child], weights, problem)

    return scorer


def _part(pairs: EligiblePairs, rows: slice) -> EligiblePairs:
    # Without the rules, which a score does not look at: they hold functions, which do not travel.
    return replace(pairs, child=pairs.child[rows], family=pairs.family[rows], rules=())


def _join(parts: tuple[ScoredPairs, ...]) -> ScoredPairs:
    return ScoredPairs(
        child=np.concatenate([part.child for part in parts]),
        family=np.concatenate([part.family for part in parts]),
        chance=np.concatenate([part.chance for part in parts]),
        chance_split=np.concatenate([part.chance_split for part in parts]),
        km=np.concatenate([part.km for part in parts]),
    )
