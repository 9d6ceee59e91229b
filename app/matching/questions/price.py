"""What a pair costs: the best plan that holds it beside the best of all, exact where proved."""

from dataclasses import dataclass, field

from app.matching.explain.case import Case
from app.matching.goals import ranked_goals
from app.matching.large import is_large
from app.matching.plan import Proof
from app.matching.questions.difference import Difference, GoalChange, compare_plans, list_moves
from app.matching.questions.estimate import Estimator
from app.matching.resolve import resolve_with
from app.matching.swaps.forcing import Forcer, Found, make_forcer


@dataclass(slots=True)
class Pricer:
    """Prices pairs of one finished match; what they share is made once."""

    case: Case
    _estimator: Estimator | None = None
    _forcer: Forcer | None = field(default=None, repr=False)

    def prepare(self) -> None:
        """Get ready for many pairs: what that takes is more than one or two prices do."""
        case = self.case
        if is_large(case.problem):
            self._estimate_by()
        elif self._forcer is None and case.plan.proof is Proof.OPTIMAL:
            self._forcer = make_forcer(
                case.problem, case.scores.scored, case.policy, case.plan.family,
                seed=case.plan.seed,
            )  # fmt: skip
            if self._forcer is not None:
                self._forcer.prepare()

    def price(self, child: int, family: int) -> Difference:
        """Return what it costs every goal to choose this pair, and who goes elsewhere.

        The best plan that holds it, with the same proof and tie-break as the plan itself: found
        around that plan where this was prepared and can be proved, else by a forced solve; of a
        problem too large for that an estimate. Raises CannotBeForced when no plan holds the pair.
        """
        case = self.case
        if self._estimator is not None or is_large(case.problem):
            return self._estimate_by().price(child, family)
        if self._forcer is not None and case.plan.family[child] != family:
            found = self._forcer.force(child, family)
            if found is not None:
                return self._tell(found)
        plan = resolve_with(
            case.problem, case.scores.scored, case.policy, case.plan, forced=[(child, family)]
        )
        is_proved = all(made.proof is Proof.OPTIMAL for made in (case.plan, plan))
        numbers = case.problem.children.number
        return compare_plans(case.plan, plan, numbers, is_estimate=not is_proved)

    def _tell(self, found: Found) -> Difference:
        case = self.case
        goals = tuple(
            GoalChange(
                one.code, one.sentence, one.unit, one.sense, one.value,
                goal.in_units(goal.sense.direction * value),
            )
            for one, goal, value in zip(
                case.plan.goals, ranked_goals(case.policy), found.values, strict=True
            )
        )  # fmt: skip
        moves = list_moves(case.plan.family, found.family, case.problem.children.number)
        return Difference(goals, moves)

    def _estimate_by(self) -> Estimator:
        if self._estimator is None:
            self._estimator = Estimator(self.case)
        return self._estimator
