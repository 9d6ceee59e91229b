"""Goals in their order: each is optimised among the plans that are best for all goals before it."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from time import perf_counter

import numpy as np

from app.matching.columns import Columns
from app.matching.couplings import list_couplings
from app.matching.face import Face, first_face
from app.matching.goals import Case, Goal, count_worths
from app.matching.lead import Lead, take_guess, take_lead
from app.matching.optimise import Best, optimise, take_bound
from app.matching.pricing import Priced
from app.matching.problem import Bools, Ints
from app.matching.stretches import first_exact, mix_gently, mix_roughly
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
    walk = _Walk(case, columns, goals, seed, progress or say_nothing)
    walk.meet_floors()
    walk.start()
    while len(walk.bounds) < len(goals):
        walk.take_block()
    walk.settle()
    family = families_of(case, columns, walk.face.column[walk.face.incumbent])
    return Ranking(family, tuple(walk.bounds), walk.is_proved, walk.seconds)


def say_nothing(_: str, __: int, ___: int) -> None:
    """Report no progress."""


def families_of(case: Case, columns: Columns, chosen: Ints) -> Ints:
    """Return the family of each child when these columns, positions, are chosen; -1 for none."""
    family = np.full(len(case.problem.children), -1, dtype=np.int64)
    at = np.isin(columns.column, chosen)
    family[columns.child[at]] = columns.family[columns.column[at]]
    return family


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
    priced: Priced = field(init=False)  # the relaxation of the policy's goals in one number
    lead: Lead | None = None
    met: int = 0  # goals in front that became rows: the floors, and what goes before them
    bounds: list[int] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)
    is_proved: bool = True

    def __post_init__(self) -> None:
        self.worths = count_worths(self.case, self.columns, self.goals)
        self.face = first_face(list_couplings(self.case.problem, self.columns))

    @property
    def _people(self) -> int:
        return len(self.case.problem.children)

    def _most(self, worth: Ints) -> int:
        return self.columns.most(worth, self._people)

    def meet_floors(self) -> None:
        """Ask each floor of the plans that are left, as far as any of them can meet it."""
        self.met = 1 + max((at for at, g in enumerate(self.goals) if g.enough), default=-1)
        for at, goal in enumerate(self.goals[: self.met]):
            self._say(at, at + 1)
            start, worth = perf_counter(), self.worths[at]
            best = optimise(self.face, worth, self.seed)
            enough = goal.enough(self.case) if goal.enough else best.bound
            value = min(best.value, enough)
            chosen = np.isin(self.face.column, best.face.column[best.face.incumbent])
            rows = self.face.rows.with_least(worth, value) if value else self.face.rows
            self.face = replace(self.face, rows=rows, incumbent=chosen)
            self._record((value,), (min(best.bound, enough),), start)

    def start(self) -> None:
        """Find a plan that is hardly ever beaten, by the policy's goals in one number."""
        start, codes = perf_counter(), self.case.policy.goals
        count = 1 + max(at for at, goal in enumerate(self.goals) if goal.code in codes)
        mix = mix_gently(self.worths[self.met : count])
        if mix is None:
            worth = mix_roughly(self.worths[self.met : count])
            self.face, self.priced = take_guess(self.face, worth, self.seed)
        else:
            self.face, self.lead = take_lead(self.face, mix, self.seed)
            self.priced = self.lead.priced
        self.seconds["begin"] = perf_counter() - start

    def _near(self) -> Bools:
        """Return which columns of the face some plan of fractions used: likely to matter."""
        used = self.priced.face.column[self.priced.value > 0]
        return np.isin(self.face.column, used)

    def take_block(self) -> None:
        """Prove the next goals: as many as one number ranks exactly, the lead's last by itself."""
        first, start = len(self.bounds), perf_counter()
        last = self.met + len(self.lead.mix.factors) - 1 if self.lead else -1
        end = last if first < last else first + 1 if first == last else len(self.goals)
        count, mix = first_exact(self.worths[first:end], self._most)
        self._say(first, first + count)
        best = self._take_last(first) if first == last else None
        if best is None:
            best = self._optimise(mix.worth[self.face.column], is_first=first == self.met)
        self._keep(best.face, range(first, first + count))
        values = self._values(first, first + count)
        self._record(values, mix.bounds(values, best.bound), start)

    def _optimise(self, worth: Ints, *, is_first: bool) -> Best:
        before = self.priced if is_first else None
        return optimise(self.face, worth, self.seed, self._near(), before=before)

    def _take_last(self, first: int) -> Best | None:
        """Return the lead's last goal as proved by the lead, None when it did not prove enough."""
        if self.lead is None:
            return None
        before = self._values(self.met, first)
        known = self.lead.certificate_of_last(self.face, before)
        worth = self.worths[first][self.face.column]
        return take_bound(self.face, worth, known, self.lead.bound_of_last(before))

    def settle(self) -> None:
        """Choose between the plans that are the same for every goal."""
        steps, start = len(self.goals) + 1, perf_counter()
        self.tell("Gelijke plannen op volgorde gezet", steps - 1, steps)
        self.face, is_settled = settle_ties(self.face, self.case.problem, self.columns, self.seed)
        self.is_proved = self.is_proved and is_settled
        self.seconds["volgorde"] = perf_counter() - start
        self.tell("Klaar", steps, steps)

    def _values(self, first: int, end: int) -> tuple[int, ...]:
        chosen = self.face.column[self.face.incumbent]
        return tuple(int(worth[chosen].sum()) for worth in self.worths[first:end])

    def _keep(self, face: Face, goals: range) -> None:
        self.face = face
        if any(self.goals[at].steps > 1 for at in goals):
            # Hardly two plans have the same sum of such fine numbers: to see which children have
            # only one outcome left makes all later goals small.
            self.face, _, _ = settle_same(self.face, self.columns, self._people, self.seed)

    def _record(self, values: tuple[int, ...], bounds: tuple[int, ...], start: float) -> None:
        first = len(self.bounds)
        self.is_proved = self.is_proved and bounds == values
        for goal, bound in zip(self.goals[first:], bounds, strict=False):
            self.bounds.append(goal.sense.direction * bound)
            self.seconds[str(goal.code)] = 0.0
        self.seconds[str(self.goals[first].code)] = perf_counter() - start

    def _say(self, first: int, end: int) -> None:
        for at in range(first, end):
            self.tell(self.goals[at].describe(self.case.policy), at, len(self.goals) + 1)
