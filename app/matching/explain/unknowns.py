"""Which unknown facts could change the ranking of a child's options, once they are known."""

from dataclasses import replace

import numpy as np

from app.matching.explain.case import Case
from app.matching.explain.options import Option
from app.matching.explain.reason import Kind, Reason
from app.matching.risk.factor import Level
from app.matching.risk.factors import FACTORS
from app.matching.risk.score import Z90


def mark_decisive(case: Case, options: tuple[Option, ...]) -> tuple[Option, ...]:
    """Return the options with their unknowns marked where the answer could change the first one.

    An unknown is decisive between the first option and another when, of 90 answers in 100, one
    lies far enough to turn them around. What is unknown of the child is so with every family.
    """
    if len(options) < 2:
        return options
    first, *others = options
    marked: list[set[str]] = [set() for _ in options]
    for place, other in enumerate(others, start=1):
        gap = abs(_log_hazard(first) - _log_hazard(other))
        for code in _reaching(case, first, other, gap):
            marked[0].add(code)
            marked[place].add(code)
    return tuple(
        replace(option, reasons=_mark(case, option, codes))
        for option, codes in zip(options, marked, strict=True)
    )


def _log_hazard(option: Option) -> float:
    return float(np.log(-np.log1p(-min(max(option.chance, 1e-9), 1 - 1e-9))))


def _reaching(case: Case, one: Option, other: Option, gap: float) -> list[str]:
    """Return the factors whose answers could move two options further than they lie apart."""
    spread = np.hypot(*(_spread(case, option) for option in (one, other)))
    weights = case.scores.weights
    reach = Z90 * spread * np.hypot(weights.value, weights.error)
    return [
        factor.code
        for factor, far, is_open in zip(FACTORS, reach, spread > 0, strict=True)
        if is_open and factor.level is Level.PAIR and far >= gap
    ]


def _spread(case: Case, option: Option) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    row = case.scores.position(option.child, option.family)
    if row is None:
        raise ValueError(f"not an eligible pair: {option.child}, {option.family}")
    behind, at = case.scores.behind(row)
    return np.asarray(behind.spread[at])


def _mark(case: Case, option: Option, codes: set[str]) -> tuple[Reason, ...]:
    # Found by the sentence: one question may stand for several factors.
    asked = {
        factor.unknown(case.problem, option.child, option.family)
        for factor in FACTORS
        if factor.code in codes and factor.unknown is not None
    }
    return tuple(
        replace(reason, changes_ranking=True)
        if reason.kind is Kind.UNKNOWN and reason.sentence in asked
        else reason
        for reason in option.reasons
    )
