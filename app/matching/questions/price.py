"""What a pair costs: the best plan that holds it beside the best of all, exact where proved."""

from dataclasses import dataclass

from app.matching.explain.case import Case
from app.matching.large import is_large
from app.matching.plan import Proof
from app.matching.questions.difference import Difference, compare_plans
from app.matching.questions.estimate import Estimator
from app.matching.resolve import resolve_with


@dataclass(slots=True)
class Pricer:
    """Prices pairs of one finished match; what they share is made once."""

    case: Case
    _estimator: Estimator | None = None

    def price(self, child: int, family: int) -> Difference:
        """Return what it costs every goal to choose this pair, and who goes elsewhere.

        By a forced solve with the same proof and tie-break as the plan itself; of a problem too
        large for that an estimate. Raises CannotBeForced when no plan holds the pair.
        """
        if is_large(self.case.problem):
            return self._estimate(child, family)
        case = self.case
        plan = resolve_with(
            case.problem, case.scores.scored, case.policy, case.plan, forced=[(child, family)]
        )
        is_proved = all(made.proof is Proof.OPTIMAL for made in (case.plan, plan))
        numbers = case.problem.children.number
        return compare_plans(case.plan, plan, numbers, is_estimate=not is_proved)

    def _estimate(self, child: int, family: int) -> Difference:
        if self._estimator is None:
            self._estimator = Estimator(self.case)
        return self._estimator.price(child, family)
