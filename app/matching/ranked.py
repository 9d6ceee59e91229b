"""Goal after goal: each is optimised among the plans that are best for all goals before it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from time import perf_counter

import numpy as np

from app.matching.columns import Columns
from app.matching.couplings import list_couplings
from app.matching.face import Face, first_face
from app.matching.optimise import optimise
from app.matching.goals import Case, Goal
from app.matching.problem import Ints
from app.matching.ties import settle_same, settle_ties

Progress = Callable[[str, int, int], None]
"""Called as progress(step in Dutch, steps done, steps in all)."""


@dataclass(slots=True)
class Ranking:
    """One walk down the ranked goals: the face as it shrinks, and what each goal came to.

    bound: per goal, in steps and in the goal's own sense. seconds: per step.
    """

    case: Case
    columns: Columns
    seed: int
    progress: Progress | None
    face: Face = field(init=False)
    bounds: list[int] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)
    is_proved: bool = True

    def __post_init__(self) -> None:
        self.face = first_face(list_couplings(self.case.problem, self.columns))

    def descend(self, goals: tuple[Goal, ...]) -> None:
        """Optimise every goal in turn, then let the tie-break choose among what is left."""
        for done, goal in enumerate(goals):
            self._take(goal.code, goal.describe(self.case.policy), (done, len(goals) + 1), goal)
        self._take("volgorde", "Gelijke plannen op volgorde gezet", (len(goals), len(goals) + 1))
        if self.progress is not None:
            self.progress("Klaar", len(goals) + 1, len(goals) + 1)

    def family(self) -> Ints:
        """Return the family of each child in the plan, -1 for none, shape (n,)."""
        family = np.full(len(self.case.problem.children), -1, dtype=np.int64)
        chosen = np.isin(self.columns.column, self.face.column[self.face.incumbent])
        family[self.columns.child[chosen]] = self.columns.family[self.columns.column[chosen]]
        return family

    def _take(
        self, code: str, sentence: str, count: tuple[int, int], goal: Goal | None = None
    ) -> None:
        if self.progress is not None:
            self.progress(sentence, *count)
        start = perf_counter()
        if goal is None:
            self.face, is_proved = settle_ties(
                self.face, self.case.problem, self.columns, self.seed
            )
            self.is_proved &= is_proved
        else:
            self._optimise(goal)
        self.seconds[code] = perf_counter() - start

    def _optimise(self, goal: Goal) -> None:
        sign = goal.sense.direction
        worth = sign * goal.coefficients(self.case, self.columns)
        best = optimise(self.face, worth[self.face.column], self.seed)
        self.face = best.face
        self.bounds.append(sign * best.bound)
        self.is_proved &= best.is_proved
        if goal.steps > 1:
            # Hardly two plans have the same sum of such fine numbers: to see which children have
            # only one outcome left makes all later goals small.
            children = len(self.case.problem.children)
            self.face = settle_same(self.face, self.columns, children, self.seed)[0]
