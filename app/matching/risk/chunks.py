"""Scoring cut into pieces, for whoever can run pieces elsewhere; the same scores bit by bit.

A pair is scored by itself, so where it is cut plays no part: a test compares.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields, replace

import numpy as np

from app.matching.pairs import EligiblePairs
from app.matching.problem import Problem
from app.matching.risk.score import Scores, score
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


Run = Callable[[Callable[[Piece], Scores], Sequence[Piece]], Iterable[Scores]]
"""Runs a function on pieces, anywhere, and gives the results in their order."""


def score_piece(piece: Piece) -> Scores:
    """Return the scores of one piece."""
    return score(piece.problem, piece.pairs, piece.weights)


def in_pieces(run: Run, *, size: int = PAIRS) -> Scorer:
    """Return a way to score that cuts the pairs into pieces of a size and has them run."""

    def scorer(problem: Problem, pairs: EligiblePairs, weights: Weights) -> Scores:
        if len(pairs) <= size:
            return score(problem, pairs, weights)
        cuts = range(0, len(pairs), size)
        pieces = [Piece(problem, _part(pairs, slice(at, at + size)), weights) for at in cuts]
        return _join(tuple(run(score_piece, pieces)), weights)

    return scorer


def _part(pairs: EligiblePairs, rows: slice) -> EligiblePairs:
    # Without the rules, which a score does not look at: they hold functions, which do not travel.
    return replace(pairs, child=pairs.child[rows], family=pairs.family[rows], rules=())


def _join(parts: tuple[Scores, ...], weights: Weights) -> Scores:
    told = {
        field.name: np.concatenate([getattr(part, field.name) for part in parts])
        for field in fields(Scores)
        if field.name not in {"scored", "weights"}
    }
    names = [field.name for field in fields(ScoredPairs) if field.name != "price"]
    scored = ScoredPairs(
        **{name: np.concatenate([getattr(p.scored, name) for p in parts]) for name in names}
    )
    return Scores(scored=scored, weights=weights, **told)
