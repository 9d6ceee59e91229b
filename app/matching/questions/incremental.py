"""A "what if" of a plan too large to solve again: only what the changes move, by shortest roads.

Places, pins and forbidden families; children who are tied to others stay where they are. What comes
of it is a plan, checked where it changed, and no plan proved best: told as an estimate.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from math import nan

import numpy as np

from app.kernel.errors import Conflict
from app.matching.check import check_families
from app.matching.choices import open_choices
from app.matching.columns import Columns, list_columns
from app.matching.detours import Detours
from app.matching.excerpt import excerpt_pairs, members_and, take_excerpt
from app.matching.explain.case import Case
from app.matching.goals import Case as GoalCase
from app.matching.goals import Goal, count_worths, ranked_goals
from app.matching.large import count_ranked
from app.matching.plan_worth import Weigher, fit_firmly, heaviest_of
from app.matching.problem import Ints, Problem
from app.matching.questions.difference import Difference, GoalChange, Move
from app.matching.resolve import Pair
from app.matching.roads import Roads, find_coupled, lay_roads
from app.matching.slots import FULL_TIME, open_slots
from app.matching.solve import PlanRefused

TIED = (
    "{name}: dit kind hangt samen met broers, zussen of een kind dat apart moet. In zo'n groot "
    "gebied wordt dat niet in een vraag uitgerekend: vraag na de wijziging een nieuwe matchrun aan."
)
UNLIKE = (
    "Gezin {name} heeft plaatsen die van elkaar verschillen in vorm, dagen of ritme. In zo'n groot "
    "gebied wordt dat niet in een vraag uitgerekend: vraag na de wijziging een nieuwe matchrun aan."
)
NO_ROOM = (
    "In gezin {name} kan niemand plaatsmaken: er wonen in dit plan alleen kinderen die samenhangen "
    "met anderen. Vraag na de wijziging een nieuwe matchrun aan."
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked: a case with other places in some families, its pairs too, and pairs.

    families: those with other places.
    """

    case: Case
    families: Sequence[int]
    forced: Sequence[Pair]
    forbidden: Sequence[Pair]


@dataclass(slots=True)
class Incremental:
    """What all questions to one large plan share: its roads, and what each choice counts for."""

    case: Case
    columns: Columns = field(init=False)
    goals: tuple[Goal, ...] = field(init=False)
    worths: list[Ints] = field(init=False)  # per goal, of each column; more is better
    weigher: Weigher = field(init=False)
    roads: Roads = field(init=False)

    def __post_init__(self) -> None:
        case, policy = self.case, self.case.policy
        pairs = open_choices(case.problem, case.scores.scored, policy)
        self.columns = columns = list_columns(case.problem, pairs, policy)
        goal_case = GoalCase(case.problem, pairs, policy)
        self.goals = ranked_goals(policy)
        self.worths = count_worths(goal_case, columns, self.goals)
        sizes = columns.sizes()
        children = len(case.problem.children)
        most = heaviest_of(children, len(case.problem.families))
        ranked = count_ranked(goal_case, self.goals)
        self.weigher = fit_firmly(self.worths, sizes, ranked, most, children=children)
        worth = self.weigher.of(self.worths, sizes)
        self.roads = lay_roads(case.problem, columns, worth, case.plan.family)

    def answer(self, wanted: Wanted) -> tuple[Case, Difference]:
        """Return the case and the difference after the changes; raises Conflict, PlanRefused."""
        change = _Change(self, wanted)
        change.ban()
        change.change_places()
        change.pin()
        return change.finish()


class _Change:
    """One question while it is worked out."""

    def __init__(self, shared: Incremental, wanted: Wanted) -> None:
        self.shared, self.wanted, self.roads = shared, wanted, shared.roads
        self.case = wanted.case
        self.more: dict[int, list[Ints]] = {}  # worths per goal of choices that were added
        self.change = np.zeros(0, dtype=np.int64)  # of places, per family
        if wanted.families:
            before, after = (self._places(case.problem) for case in (shared.case, self.case))
            self.change = after - before
            for family in wanted.families:
                if before[family] == 0 and after[family] > 0:
                    self._open(family)
        self.detours = Detours(self.roads)

    def _places(self, problem: Problem) -> Ints:
        whole, most = open_slots(problem)[:, FULL_TIME], self.case.policy.limits.most_new
        return whole if most is None else np.minimum(whole, most)

    def _open(self, family: int) -> None:
        """Take in the choices of a family that had no place: the rules refused all of them."""
        shared, policy, problem = self.shared, self.case.policy, self.case.problem
        if self.roads.into[family + 1] > self.roads.into[family]:
            return
        scored = self.case.scores.scored
        few = open_choices(problem, scored.kept(scored.family == family), policy)
        few = few.kept(self.roads.may_move[few.child])
        columns = list_columns(problem, few, policy)
        worths = count_worths(GoalCase(problem, few, policy), columns, shared.goals)
        worth = shared.weigher.of(worths, columns.sizes())
        self.roads = self.roads.with_more(family, columns.child, worth)
        self.more[family] = worths

    def ban(self) -> None:
        for child, family in self.wanted.forbidden:
            is_there = self.shared.case.plan.family[child] == family
            if is_there and not self.roads.may_move[child]:
                raise self._stays(child)
            choice = self.roads.find(child, family)
            if choice >= 0:
                self.detours.forbid(child, choice)

    def change_places(self) -> None:
        for family in sorted(set(self.wanted.families)):
            for _ in range(int(self.change[family])):
                self.detours.add(family)
            for _ in range(-int(self.change[family])):
                self._must(self.detours.drop(family), family)

    def pin(self) -> None:
        for child, family in self.wanted.forced:
            if not self.roads.may_move[child]:
                if self.shared.case.plan.family[child] == family:
                    continue
                raise self._stays(child)
            if family in self.case.problem.beds.family:
                raise refuse_unlike(self.case.problem, family)
            choice = self.roads.find(child, family)
            is_free = choice >= 0 and choice not in self.detours.banned
            self._must(is_free and self.detours.pin(child, choice), family)

    def _must(self, is_done: bool, family: int) -> None:
        if not is_done:
            raise Conflict(NO_ROOM.format(name=_name(self.case.problem, family)))

    def _stays(self, child: int) -> Conflict:
        """Return why no question moves a child: something ties it, or the bed that it has."""
        if find_coupled(self.case.problem)[child]:
            return Conflict(TIED.format(name=f"Kind {self.case.problem.children.number[child]}"))
        return refuse_unlike(self.case.problem, int(self.shared.case.plan.family[child]))

    def finish(self) -> tuple[Case, Difference]:
        """Return the case with its new plan, checked where it changed, and the difference."""
        plan, difference = self.shared.case.plan, self.difference()
        family = plan.family.copy()
        for move in difference.moves:
            family[move.child] = move.after
        _refuse_changed_faults(self.case, plan.family, family, self.wanted.families)
        values = tuple(
            replace(value, value=goal.after, bound=nan)  # what is best then nobody worked out
            for value, goal in zip(plan.goals, difference.goals, strict=True)
        )
        return replace(self.case, plan=replace(plan, family=family, goals=values)), difference

    def difference(self) -> Difference:
        """Return what has changed so far, beside the plan."""
        moved = self._moved()
        return Difference(self._goals(moved), tuple(moved), is_estimate=True)

    def _moved(self) -> list[Move]:
        at, roads = self.detours.at, self.roads
        numbers, before = self.case.problem.children.number, self.shared.case.plan.family
        kids = np.flatnonzero(at != roads.at).tolist()
        moves = [
            Move(child, int(before[child]), int(roads.family[at[child]]) if at[child] >= 0 else -1)
            for child in kids
        ]
        return sorted(moves, key=lambda move: numbers[move.child])

    def _goals(self, moved: Sequence[Move]) -> tuple[GoalChange, ...]:
        changes = []
        values = self.shared.case.plan.goals
        for number, (goal, value) in enumerate(zip(self.shared.goals, values, strict=True)):
            gain = sum(
                self._worth(number, self.detours.at[move.child])
                - self._worth(number, self.roads.at[move.child])
                for move in moved
            )
            after = round(value.value + goal.in_units(goal.sense.direction * gain), 6)
            changes.append(
                GoalChange(value.code, value.sentence, value.unit, value.sense, value.value, after)
            )
        return tuple(changes)

    def _worth(self, goal: int, choice: int) -> int:
        if choice < 0:
            return 0
        column, family = self.roads.column[choice], int(self.roads.family[choice])
        if column >= 0:
            return int(self.shared.worths[goal][column])
        return int(self.more[family][goal][choice - self.roads.into[family]])


def refuse_unlike(problem: Problem, family: int) -> Conflict:
    """Return that what is asked of a family with unlike beds is for a new run to tell."""
    return Conflict(UNLIKE.format(name=_name(problem, family)))


def _name(problem: Problem, family: int) -> str:
    return f"{problem.families.reference[family]} van {problem.families.provider[family]}"


def _refuse_changed_faults(case: Case, before: Ints, after: Ints, families: Sequence[int]) -> None:
    """Raise PlanRefused when a rule is broken by who moved, or in a family that somebody left."""
    moved = np.flatnonzero(before != after)
    homes = {*before[moved].tolist(), *after[moved].tolist(), *families} - {-1}
    begun = case.problem.begun
    there = np.flatnonzero(np.isin(after, list(homes))).tolist()
    begun_there = begun.child[np.isin(begun.family, list(homes))].tolist()
    kids = np.array(sorted(members_and(case.problem, [*moved, *there, *begun_there])), np.int64)
    homes |= set(after[kids].tolist()) | set(begun.family[np.isin(begun.child, kids)].tolist())
    home = np.array(sorted(homes - {-1}), dtype=np.int64)
    if not len(kids):
        return
    few = take_excerpt(case.problem, kids, home)
    size = (len(case.problem.children), len(case.problem.families))
    pairs = excerpt_pairs(case.scores.scored, kids, home, size)
    place = np.full(size[1] + 1, -1, dtype=np.int64)
    place[home] = np.arange(len(home))
    faults = check_families(GoalCase(few, pairs, case.policy), place[after[kids]])
    if faults:
        raise PlanRefused(" ".join(faults))
