"""The recipe: problem, pairs, risk, plan, check, explanation."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from time import perf_counter
from typing import Protocol

from app.matching.explain.case import Case
from app.matching.explain.explanation import Explanation, explain
from app.matching.pairs import EligiblePairs, find_pairs
from app.matching.plan import Plan
from app.matching.policy import Policy
from app.matching.problem import Problem
from app.matching.risk.chunks import Scorer
from app.matching.risk.score import Scores, score
from app.matching.risk.weights import Weights

Advance = Callable[[int], None]


class OnStep(Protocol):
    """Called with each step's Dutch name; what it returns is open while the step runs."""

    def __call__(self, name: str, total: int = 1) -> AbstractContextManager[Advance]:
        """Begin a step; the value moves its bar."""


@dataclass(frozen=True, slots=True)
class MatchResult:
    """All that a match came to. seconds: wall time of each step."""

    problem: Problem
    pairs: EligiblePairs
    scores: Scores
    plan: Plan
    explanations: tuple[Explanation, ...]
    seconds: dict[str, float]


def silent(name: str, total: int = 1) -> AbstractContextManager[Advance]:  # noqa: ARG001
    """Report no progress."""
    return nullcontext(lambda _: None)


def match(
    problem: Problem,
    policy: Policy,
    weights: Weights,
    *,
    seed: int = 0,
    on_step: OnStep = silent,
    scorer: Scorer = score,
) -> MatchResult:
    """Return the best plan for a problem, checked, with the explanation of every child.

    The order of rows in the problem and the seed never change the plan, nor does where the scorer
    runs its pieces. Raises InputRefused for a large problem with floors.
    """
    from app.matching.large import refuse_floors
    from app.matching.look_ahead import price_places
    from app.matching.solve import solve

    refuse_floors(problem, policy)
    clock = _Clock()
    with on_step("Harde regels"):
        pairs = find_pairs(problem, policy)
    clock.lap("regels")
    with on_step("Kans op afbreuk"):
        scores = scorer(problem, pairs, weights)
    clock.lap("kansen")
    if policy.look_ahead is not None:
        with on_step("Vooruitzien"):
            scores = replace(scores, scored=price_places(problem, scores.scored, policy))
        clock.lap("vooruitzien")
    with on_step("Beste plan zoeken en narekenen", total=len(policy.goals) + 4) as advance:
        plan = solve(
            problem, scores.scored, policy, seed=seed, progress=lambda _, done, __: advance(done)
        )
    clock.lap("plan")
    with on_step("Uitleg"):
        explanations = explain(Case(problem, pairs, scores, plan, policy))
    clock.lap("uitleg")
    return MatchResult(problem, pairs, scores, plan, explanations, clock.seconds)


class _Clock:
    """Splits the time that goes by into named laps."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._last = perf_counter()

    def lap(self, name: str) -> None:
        self.seconds[name] = round(perf_counter() - self._last, 3)
        self._last = perf_counter()
