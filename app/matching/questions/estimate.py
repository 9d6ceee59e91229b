"""The price of a pair where the plan is too large to solve again: a chain of moves along prices.

A child alone goes by the shortest road (`incremental.py`). For one that is tied to others every
family has a price: what the plan loses with one place less there. A child that is forced
into a full family pushes out who loses least by it, who goes where it gains most at these prices,
and so on until somebody takes a free place or has none; then the places that were left are filled.
The plan at the end is one that exists, apart from what couples siblings and children kept apart:
an estimate, and told as such.
"""

from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np

from app.matching.choices import open_choices
from app.matching.columns import Columns, list_columns
from app.matching.explain.case import Case
from app.matching.goals import Case as GoalCase
from app.matching.goals import Goal, count_worths, ranked_goals
from app.matching.placements import find_whole_groups
from app.matching.problem import Ints
from app.matching.questions.difference import Difference, GoalChange, Move
from app.matching.questions.incremental import Incremental
from app.matching.questions.place_prices import PlacePrices
from app.matching.resolve import CannotBeForced
from app.matching.slots import FULL_TIME
from app.matching.stretches import mix_gently, mix_roughly

_MOST_STEPS = 200  # of one chain: a limit on work


@dataclass(slots=True)
class Estimator:
    """Prices of a large plan, and what is needed to follow a chain; made once for a case.

    worths: per goal, more is better; mix: all of them in one number. chosen: the column that each
    child has in the plan, -1 for none.
    """

    case: Case
    columns: Columns = field(init=False)
    goals: tuple[Goal, ...] = field(init=False)
    worths: list[Ints] = field(init=False)
    mix: Ints = field(init=False)
    chosen: Ints = field(init=False)
    shared: Incremental = field(init=False)
    _prices: PlacePrices | None = None
    size: Ints = field(init=False)
    first: Ints = field(init=False)
    order: Ints = field(init=False)
    bounds: Ints = field(init=False)
    held: dict[int, list[int]] = field(init=False)  # the plan's columns, by family

    def __post_init__(self) -> None:
        case = self.case
        pairs = open_choices(case.problem, case.scores.scored, case.policy)
        self.columns = list_columns(case.problem, pairs, case.policy)
        self.goals = ranked_goals(case.policy)
        goal_case = GoalCase(case.problem, pairs, case.policy)
        self.worths = count_worths(goal_case, self.columns, self.goals)
        self.mix = _mix(self.worths)
        self.size = self.columns.sizes()
        self.order = np.argsort(self.columns.child, kind="stable")
        children = len(case.problem.children)
        self.bounds = np.searchsorted(self.columns.child[self.order], np.arange(children + 1))
        self.first = np.searchsorted(self.columns.column, np.arange(len(self.columns) + 1))
        self.chosen = self._find_chosen()
        self.shared = Incremental(case)
        self.held = defaultdict(list)
        for column in np.unique(self.chosen[self.chosen >= 0]).tolist():
            self.held[int(self.columns.family[column])].append(column)

    @property
    def prices(self) -> PlacePrices:
        """Return the prices of places, which only children who are tied to others need."""
        if self._prices is None:
            held = np.unique(self.chosen[self.chosen >= 0])
            self._prices = PlacePrices(self.columns, self.mix, held)
        return self._prices

    def _find_chosen(self) -> Ints:
        """Return the column that each child has in the plan, -1 for none."""
        columns, family = self.columns, self.case.plan.family
        held = family[columns.child] == columns.family[columns.column]
        here = np.bincount(columns.column[held], minlength=len(columns)) == self.size
        whole = np.isin(columns.whole_group, find_whole_groups(self.case.problem, family))
        chosen = np.full(len(family), -1, dtype=np.int64)
        for wanted in (here & (columns.whole_group < 0), here & (columns.whole_group >= 0) & whole):
            at = wanted[columns.column]
            chosen[columns.child[at]] = columns.column[at]
        return chosen

    def columns_of(self, child: int) -> Ints:
        """Return the columns that hold a child."""
        at = self.order[self.bounds[child] : self.bounds[child + 1]]
        return np.asarray(self.columns.column[at])

    def children_of(self, column: int) -> list[int]:
        """Return the children of a column."""
        found: list[int] = self.columns.child[self.first[column] : self.first[column + 1]].tolist()
        return found

    def price(self, child: int, family: int) -> Difference:
        """Return about what it costs to bring a child to a family; raises CannotBeForced."""
        if self.shared.roads.may_move[child]:
            return self.shared.price(child, family)
        own = self.columns_of(child)
        own = own[self.columns.family[own] == family]
        if not len(own):
            raise CannotBeForced([(child, family)])
        chain = _Chain(self, child)
        chain.follow(int(own[np.argmax(self.mix[own])]))
        chain.fill_homes()
        return chain.difference()


def _mix(worths: list[Ints]) -> Ints:
    for count in range(len(worths), 0, -1):
        mix = mix_gently(worths[:count])
        if mix is not None and count >= len(worths) - 2:
            return mix.worth
    return mix_roughly(worths)


class _Chain:
    """One chain of moves, from a column of this child that is forced."""

    def __init__(self, told: Estimator, child: int) -> None:
        self.told = told
        own = int(told.chosen[child])
        self.less = told.prices.less_without(own) if own >= 0 else told.prices.less
        self.now: dict[int, int] = {}  # children whose column is no longer that of the plan
        self.seen: set[int] = set()  # families that the chain has passed
        self.here: dict[int, set[int]] = defaultdict(set)  # columns that came to a family
        self.left: list[int] = []  # families that somebody left

    def follow(self, column: int) -> None:
        """Place a column and everybody that it pushes out."""
        waiting = [column]
        for _ in range(_MOST_STEPS):
            if not waiting:
                return
            self._place(waiting.pop(), waiting)
        for left in waiting:
            self._drop(left)

    def fill_homes(self) -> None:
        """Let those who gain by it move to the places that were left, one after another."""
        told = self.told
        for _ in range(_MOST_STEPS):
            if not self.left:
                return
            family = self.left.pop()
            room = int(told.columns.room[family, FULL_TIME]) - self._load(family)
            into = told.prices.columns_into(family)
            into = into[told.size[into] <= room]
            gains = [self._gain(column) for column in into.tolist()]
            if gains and max(gains) > 0:
                best = int(into[int(np.argmax(gains))])
                self.seen.clear()
                self._place(best, [])

    def _gain(self, column: int) -> int:
        """Return what is gained when the children of a column move to it, with what they leave."""
        told = self.told
        old = {self.column_of(child) for child in told.children_of(column)}
        if len(old) != 1 or (self.now.keys() & set(told.children_of(column))):
            return 0  # a group that is not whole, or somebody whom the chain moved already
        now = old.pop()
        if now < 0:
            return int(told.mix[column])
        if told.size[now] != told.size[column]:
            return 0
        freed = int(told.prices.more[told.columns.family[now]])
        return int(told.mix[column] - told.mix[now]) + freed

    def column_of(self, child: int) -> int:
        return self.now.get(child, int(self.told.chosen[child]))

    def _net(self, columns: Ints) -> Ints:
        told = self.told
        price = self.less[told.columns.family[columns]]
        return np.asarray(told.mix[columns] - told.size[columns] * price)

    def _place(self, column: int, waiting: list[int]) -> None:
        told = self.told
        family = int(told.columns.family[column])
        inside = told.children_of(column)
        left = {self.column_of(child) for child in inside} - {-1, column}
        for child in inside:
            self.now[child] = column
        self.here[family].add(column)
        self.seen.add(family)
        for old in left:
            self.here[int(told.columns.family[old])].discard(old)
            self.left.append(int(told.columns.family[old]))
            # A group that loses one of its children goes on without it.
            self._send(old, [c for c in told.children_of(old) if c not in inside], waiting)
        while self._load(family) > told.columns.room[family, FULL_TIME]:
            out = self._weakest(family, column)
            if out < 0:
                return
            self._drop(out)
            self._send(out, told.children_of(out), waiting)

    def _drop(self, column: int) -> None:
        for child in self.told.children_of(column):
            self.now[child] = -1
        self.here[int(self.told.columns.family[column])].discard(column)

    def _inside(self, family: int) -> set[int]:
        """Return the columns that fill a family now."""
        told = self.told
        own = set(told.held.get(family, ()))
        own = {c for c in own if all(self.column_of(k) == c for k in told.children_of(c))}
        return own | self.here[family]

    def _load(self, family: int) -> int:
        return sum(int(self.told.size[column]) for column in self._inside(family))

    def _weakest(self, family: int, forced: int) -> int:
        """Return who loses least by leaving a family, -1 for nobody."""
        others = sorted(self._inside(family) - {forced})
        losses = [self._loss(column) for column in others]
        return others[int(np.argmin(losses))] if others else -1

    def _loss(self, column: int) -> int:
        best = self._next(column)
        gained = int(self._net(np.array([best]))[0]) if best >= 0 else 0
        return int(self.told.mix[column]) - max(gained, 0)

    def _next(self, column: int) -> int:
        """Return where the same children go best besides the families passed, -1 for nowhere."""
        told = self.told
        own = told.columns_of(told.children_of(column)[0])
        return self._best(own[told.prices.same[own] == told.prices.same[column]])

    def _best(self, columns: Ints) -> int:
        told, net = self.told, self._net(columns)
        fits = (net > 0) & ~np.isin(told.columns.family[columns], list(self.seen))
        return int(columns[fits][np.argmax(net[fits])]) if fits.any() else -1

    def _send(self, old: int, children: list[int], waiting: list[int]) -> None:
        """Let children who lost their column go on: together if they were, else alone."""
        told = self.told
        if children and len(children) == int(told.size[old]):
            best = self._next(old)
            if best >= 0:
                waiting.append(best)
                return
        for child in children:
            self.now[child] = -1
            own = told.columns_of(child)
            best = self._best(own[told.size[own] == 1])
            if best >= 0:
                waiting.append(best)

    def difference(self) -> Difference:
        """Return what the chain came to, beside the plan."""
        told, plan = self.told, self.told.case.plan
        columns, numbers = told.columns, told.case.problem.children.number
        old = {int(told.chosen[child]) for child in self.now} - {-1}
        new = set(self.now.values()) - {-1}
        changes = []
        for goal, worth, value in zip(told.goals, told.worths, plan.goals, strict=True):
            gain = sum(int(worth[c]) for c in new) - sum(int(worth[c]) for c in old)
            after = value.value + goal.in_units(goal.sense.direction * gain)
            changes.append(
                GoalChange(
                    value.code, value.sentence, value.unit, value.sense, value.value,
                    round(after, 6),
                )
            )  # fmt: skip
        moves = [
            Move(child, int(plan.family[child]), int(columns.family[column]) if column >= 0 else -1)
            for child, column in self.now.items()
        ]
        moved = sorted((m for m in moves if m.before != m.after), key=lambda m: numbers[m.child])
        return Difference(tuple(changes), tuple(moved), is_estimate=True)
