"""The price of a pair where the plan is too large to solve again: who moves by the shortest roads.

What comes of it is a plan that keeps every rule, so that no price is below the exact one. Of
children alone it is the exact price beside a plan that is best; of children who are tied to others
it is not always, for whoever is tied elsewhere hardly moves: an estimate, and told as such.
"""

from dataclasses import dataclass, field, replace

from app.matching.explain.case import Case
from app.matching.questions.difference import Difference, GoalChange, Move
from app.matching.questions.forced_moves import Forced, Vacated
from app.matching.questions.incremental import Incremental
from app.matching.questions.standing_columns import StandingColumns
from app.matching.resolve import CannotBeForced


@dataclass(slots=True)
class Estimator:
    """Prices pairs of one large plan; what they share is made once for a case."""

    case: Case
    standing: StandingColumns = field(init=False)
    _vacated: Vacated = field(init=False)
    _unchanged: tuple[GoalChange, ...] = field(init=False)

    def __post_init__(self) -> None:
        self.standing = StandingColumns(self.case, Incremental(self.case))
        self._vacated = Vacated(self.standing)
        self._unchanged = tuple(
            GoalChange(g.code, g.sentence, g.unit, g.sense, g.value, round(g.value, 6))
            for g in self.case.plan.goals
        )

    def price(self, child: int, family: int) -> Difference:
        """Return about what it costs to bring a child to a family; raises CannotBeForced."""
        standing = self.standing
        if self.case.plan.family[child] == family:
            return self._tell([], [], ())
        own = standing.columns_of(child)
        own = own[standing.shared.columns.family[own] == family]
        if not len(own):
            raise CannotBeForced([(child, family)])
        found = [self._force(column) for column in own.tolist()]
        return found[0] if len(found) == 1 else min(found, key=lambda one: one.losses)

    def _force(self, column: int) -> Difference:
        forced, plan = Forced(self._vacated, column), self.case.plan
        numbers = self.case.problem.children.number
        lost, got = forced.columns()
        moves = [
            Move(child, int(plan.family[child]), after)
            for child, after in forced.families()
            if plan.family[child] != after
        ]
        moves.sort(key=lambda move: numbers[move.child])
        return self._tell(lost, got, tuple(moves))

    def _tell(self, lost: list[int], got: list[int], moves: tuple[Move, ...]) -> Difference:
        standing = self.standing
        gains = standing.worths[got].sum(axis=0) - standing.worths[lost].sum(axis=0)
        changes = tuple(
            replace(same, after=round(same.before + goal.in_units(goal.sense.direction * gain), 6))
            if gain
            else same
            for same, goal, gain in zip(
                self._unchanged, standing.shared.goals, gains.tolist(), strict=True
            )
        )
        return Difference(changes, moves, is_estimate=True)
