"""What another order of goals would change: solved as exactly as the plan itself."""

from dataclasses import dataclass, replace

import numpy as np

from app.matching.choices import open_choices
from app.matching.goals import Case
from app.matching.large import EXACT_UP_TO
from app.matching.limits import Order
from app.matching.plan import Plan, Proof
from app.matching.policy import Policy
from app.matching.policy_table import GoalCode
from app.matching.problem import Bools, Ints, Problem
from app.matching.scored import ScoredPairs
from app.matching.solve import solve
from app.matching.tradeoffs.frontier import count_breakdowns

MOST_PROVED = EXACT_UP_TO  # children; above it no plan is proved best


@dataclass(frozen=True, slots=True)
class OtherPlan:
    """The best plan in another order, seen from the plan itself.

    placed, breakdowns: of the other plan. gained, lost, moved: positions of the children who have
    a proposal only there, only here, and in another family there.
    """

    order: Order
    proof: Proof
    placed: int
    breakdowns: float
    gained: Ints
    lost: Ints
    moved: Ints


def find_other_plans(
    problem: Problem, pairs: ScoredPairs, policy: Policy, plan: Plan, *, seed: int = 0
) -> tuple[OtherPlan, ...]:
    """Return what two other orders come to; none where plans are not proved best.

    There a difference between two plans says as much of how near each came as of the order.
    """
    if len(problem.children) > MOST_PROVED:
        return ()
    return tuple(
        _look_at(problem, pairs, replace(policy, goals=order.goals), (order, plan), seed=seed)
        for order in orders_beside(policy)
    )


def orders_beside(policy: Policy) -> tuple[Order, ...]:
    """Return the orders that the policy names, or two that ask what its own order costs.

    Breakdowns never stand before every count of children: fewest of all is to place nobody.
    """
    if policy.limits.other_orders:
        return policy.limits.other_orders
    return (
        Order(
            "eerst zo veel mogelijk kinderen, dan zo min mogelijk breakdowns",
            _in_front(policy, GoalCode.PLACED, GoalCode.BREAKDOWNS),
        ),
        Order(
            "eerst groepen broers en zussen bij elkaar", _in_front(policy, GoalCode.GROUPS_WHOLE)
        ),
    )


def _in_front(policy: Policy, *first: GoalCode) -> tuple[str, ...]:
    codes = [str(code) for code in first]
    return (*codes, *(code for code in policy.goals if code not in codes))


def _look_at(
    problem: Problem,
    pairs: ScoredPairs,
    policy: Policy,
    beside: tuple[Order, Plan],
    *,
    seed: int,
) -> OtherPlan:
    order, plan = beside
    other = solve(problem, pairs, policy, seed=seed)
    here, there = plan.family >= 0, other.family >= 0
    case = Case(problem, open_choices(problem, pairs, policy), policy)
    return OtherPlan(
        order=order,
        proof=other.proof,
        placed=int(there.sum()),
        breakdowns=count_breakdowns(case, other.family),
        gained=by_number(problem, there & ~here),
        lost=by_number(problem, here & ~there),
        moved=by_number(problem, here & there & (plan.family != other.family)),
    )


def by_number(problem: Problem, wanted: Bools) -> Ints:
    """Return the positions of the children that are wanted, shape (n,), by their number."""
    number = problem.children.number
    return np.array(sorted(np.flatnonzero(wanted), key=lambda c: number[c]), dtype=np.int64)
