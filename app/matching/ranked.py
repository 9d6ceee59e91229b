"""Goals in their order: each is optimised among the plans that are best for all goals before it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from time import perf_counter

import numpy as np

from app.matching.columns import Columns
from app.matching.couplings import list_couplings
from app.matching.face import Face, first_face
from app.matching.goals import Case, Goal
from app.matching.lead import Lead, take_lead
from app.matching.optimise import optimise, take_bound
from app.matching.problem import Ints
from app.matching.stretches import count_fitting, mix_exactly, mix_gently
from app.matching.ties import settle_same, settle_ties

Progress = Callable[[str, int, int], None]
"""Called as progress(step in Dutch, steps done, steps in all): before every step and at the end."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """What the walk down the goals came to.

    family: of each child, -1 for none, shape (n,). bounds: per goal, in its own steps and sense.
    seconds: wall time per step; goals proved together have it at the first of them.
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
    walk = _Walk(case, columns, goals, seed, progress or _say_nothing)
    while len(walk.bounds) < len(goals):
        walk.take_stretch()
    walk.settle()
    return Ranking(walk.families(), tuple(walk.bounds), walk.is_proved, walk.seconds)


def _say_nothing(_: str, __: int, ___: int) -> None:
    pass


@dataclass(slots=True)
class _Walk:
    """The way down: the face of the plans still in the running, and what was found so far."""

    case: Case
    columns: Columns
    goals: tuple[Goal, ...]
    seed: int
    tell: Progress
    worths: list[Ints] = field(init=False)  # per goal, over all columns; more is better
    face: Face = field(init=False)
    bounds: list[int] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)
    is_proved: bool = True

    def __post_init__(self) -> None:
        self.worths = [
            goal.sense.direction * goal.coefficients(self.case, self.columns)
            for goal in self.goals
        ]
        self.face = first_face(list_couplings(self.case.problem, self.columns))

    @property
    def _people(self) -> int:
        return len(self.case.problem.children)

    def take_stretch(self) -> None:
        """Prove as many next goals as one gentle mix can hold: the last of them by the mix."""
        first, start = len(self.bounds), perf_counter()
        worths = self._on_face(first, len(self.goals))
        last = first + count_fitting(mix_gently, worths, self._people) - 1
        lead = None
        if last > first:
            mix = mix_gently(worths[: last - first + 1], self._people)
            self.face, lead = take_lead(self.face, mix, self.seed)
        while (at := len(self.bounds)) < last:
            worths = self._on_face(at, last)
            self._take_block(at + count_fitting(mix_exactly, worths, self._people), lead, start)
            start = perf_counter()
        self._take_last(lead, first, start)

    def _take_block(self, end: int, lead: Lead | None, start: float) -> None:
        """Prove the next goals up to `end` as one number that ranks them exactly."""
        first = len(self.bounds)
        self._say(first, end)
        mix = mix_exactly(self._on_face(first, end), self._people)
        near = lead.near_on(self.face) if lead else None
        best = optimise(self.face, mix.worth, self.seed, near)
        self._keep(best.face, first, end, start)
        self._record(mix.bounds(self._values(first, end), best.bound), first)

    def _take_last(self, lead: Lead | None, first: int, start: float) -> None:
        """Prove the last goal of a stretch: from the mix when that proved enough, else anew."""
        last = len(self.bounds)
        self._say(last)
        worth = self._on_face(last, last + 1)[0]
        best = None
        if lead is not None:
            before = self._values(first, last)
            known = lead.certificate_of_last(self.face, before)
            best = take_bound(self.face, worth, known, lead.bound_of_last(before))
        if best is None:
            best = optimise(self.face, worth, self.seed, lead and lead.near_on(self.face))
        self._keep(best.face, last, last + 1, start)
        self._record((best.bound,), last)

    def settle(self) -> None:
        """Choose between the plans that are the same for every goal."""
        steps, start = len(self.goals) + 1, perf_counter()
        self.tell("Gelijke plannen op volgorde gezet", steps - 1, steps)
        self.face, is_settled = settle_ties(
            self.face, self.case.problem, self.columns, self.seed
        )
        self.is_proved = self.is_proved and is_settled
        self.seconds["volgorde"] = perf_counter() - start
        self.tell("Klaar", steps, steps)

    def families(self) -> Ints:
        """Return the family of each child, -1 for none."""
        family = np.full(self._people, -1, dtype=np.int64)
        columns = self.columns
        chosen = np.isin(columns.column, self.face.column[self.face.incumbent])
        family[columns.child[chosen]] = columns.family[columns.column[chosen]]
        return family

    def _on_face(self, first: int, end: int) -> list[Ints]:
        return [worth[self.face.column] for worth in self.worths[first:end]]

    def _values(self, first: int, end: int) -> tuple[int, ...]:
        chosen = self.face.column[self.face.incumbent]
        return tuple(int(worth[chosen].sum()) for worth in self.worths[first:end])

    def _keep(self, face: Face, first: int, end: int, start: float) -> None:
        self.face = face
        if any(goal.steps > 1 for goal in self.goals[first:end]):
            # Hardly two plans have the same sum of such fine numbers: to see which children have
            # only one outcome left makes all later goals small.
            self.face, _, _ = settle_same(self.face, self.columns, self._people, self.seed)
        for goal in self.goals[first:end]:
            self.seconds[str(goal.code)] = 0.0
        self.seconds[str(self.goals[first].code)] = perf_counter() - start

    def _record(self, bounds: tuple[int, ...], first: int) -> None:
        reached = self._values(first, first + len(bounds))
        self.is_proved = self.is_proved and bounds == reached
        self.bounds += [
            goal.sense.direction * bound
            for goal, bound in zip(self.goals[first:], bounds, strict=False)
        ]

    def _say(self, first: int, end: int | None = None) -> None:
        for at in range(first, end or first + 1):
            self.tell(self.goals[at].describe(self.case.policy), at, len(self.goals) + 1)
