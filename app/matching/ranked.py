"""Goal after goal: each is optimised among the plans that are best for all goals before it."""

from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter

import numpy as np

from app.matching.columns import Columns
from app.matching.couplings import list_couplings
from app.matching.face import Face, first_face
from app.matching.goals import Case, Goal
from app.matching.optimise import Best, optimise
from app.matching.problem import Ints
from app.matching.ties import settle_same, settle_ties

Progress = Callable[[str, int, int], None]
"""Called as progress(step in Dutch, steps done, steps in all): before every step and at the end."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """What the walk down the goals came to.

    family: of each child, -1 for none, shape (n,). bounds: per goal, in its own steps and sense.
    seconds: wall time per step.
    """

    family: Ints
    bounds: tuple[int, ...]
    is_proved: bool
    seconds: dict[str, float]


def descend(
    case: Case,
    columns: Columns,
    goals: tuple[Goal, ...],
    *,
    seed: int,
    progress: Progress | None,
) -> Ranking:
    """Return the plan that is best for every goal in turn and first in the order of ties."""
    tell, steps = progress or _say_nothing, len(goals) + 1
    face = first_face(list_couplings(case.problem, columns))
    bounds: list[int] = []
    seconds: dict[str, float] = {}
    is_proved = True
    for done, goal in enumerate(goals):
        tell(goal.describe(case.policy), done, steps)
        start = perf_counter()
        best = _optimise(case, columns, goal, face=face, seed=seed)
        face, is_proved = best.face, is_proved and best.is_proved
        bounds.append(goal.sense.direction * best.bound)
        seconds[str(goal.code)] = perf_counter() - start
    tell("Gelijke plannen op volgorde gezet", steps - 1, steps)
    start = perf_counter()
    face, is_settled = settle_ties(face, case.problem, columns, seed)
    seconds["volgorde"] = perf_counter() - start
    tell("Klaar", steps, steps)
    family = _families(case, columns, face)
    return Ranking(family, tuple(bounds), is_proved and is_settled, seconds)


def _say_nothing(_: str, __: int, ___: int) -> None:
    pass


def _optimise(case: Case, columns: Columns, goal: Goal, *, face: Face, seed: int) -> Best:
    worth = goal.sense.direction * goal.coefficients(case, columns)[face.column]
    best = optimise(face, worth, seed)
    if goal.steps == 1:
        return best
    # Hardly two plans have the same sum of such fine numbers: to see which children have only one
    # outcome left makes all later goals small.
    settled, _, _ = settle_same(best.face, columns, len(case.problem.children), seed)
    return Best(best.value, best.bound, settled)


def _families(case: Case, columns: Columns, face: Face) -> Ints:
    family = np.full(len(case.problem.children), -1, dtype=np.int64)
    chosen = np.isin(columns.column, face.column[face.incumbent])
    family[columns.child[chosen]] = columns.family[columns.column[chosen]]
    return family
