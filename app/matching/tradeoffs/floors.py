"""What each floor of a policy came to: met or short, why, and what it costs everybody else."""

from dataclasses import dataclass, replace

import numpy as np

from app.matching.choices import open_choices
from app.matching.columns import list_columns
from app.matching.floors import Floor
from app.matching.goals import Case
from app.matching.plan import Plan
from app.matching.policy import Policy
from app.matching.problem import Bools, Problem
from app.matching.scored import ScoredPairs
from app.matching.solve import solve
from app.matching.tradeoffs.frontier import count_breakdowns


@dataclass(frozen=True, slots=True)
class FloorOutcome:
    """One floor in a plan.

    waiting, asked, placed: children of the group. is_proved: no plan that meets the floors before
    it places more of what is asked. homeless: of the group, those for whom no family is possible
    at all. is_first: no other floor went before it.
    The price, beside the best plan without this floor: more of the group that are placed, fewer
    others, and more expected breakdowns.
    """

    floor: Floor
    waiting: int
    asked: int
    placed: int
    is_proved: bool
    homeless: int
    is_first: bool
    group_more: int
    others_fewer: int
    breakdowns_more: float

    @property
    def short(self) -> int:
        """Return how many children the floor is short of."""
        return max(0, self.asked - self.placed)


def find_floors(
    problem: Problem, pairs: ScoredPairs, policy: Policy, plan: Plan, *, seed: int = 0
) -> tuple[FloorOutcome, ...]:
    """Return what each floor came to, in the order of the policy; none where it has none."""
    floors = policy.limits.floors
    if not floors:
        return ()
    opened = open_choices(problem, pairs, policy)
    columns = list_columns(problem, opened, policy)
    has_home = np.isin(np.arange(len(problem.children)), columns.child)
    case = Case(problem, opened, policy)
    return tuple(_look_at(case, plan, at, has_home, seed=seed) for at in range(len(floors)))


def _look_at(case: Case, plan: Plan, at: int, has_home: Bools, *, seed: int) -> FloorOutcome:
    problem, floors = case.problem, case.policy.limits.floors
    members, here = floors[at].members(problem), plan.family >= 0
    other = _plan_without(case, at, seed)
    there, said = other.family >= 0, plan.goals[at]
    breakdowns = [count_breakdowns(case, one.family) for one in (plan, other)]
    return FloorOutcome(
        floor=floors[at],
        waiting=int(members.sum()),
        asked=floors[at].asked(problem),
        placed=int((members & here).sum()),
        is_proved=said.value == said.bound,
        homeless=int((members & ~has_home).sum()),
        is_first=at == 0,
        group_more=int((members & here).sum() - (members & there).sum()),
        others_fewer=int((there & ~members).sum() - (here & ~members).sum()),
        breakdowns_more=round(breakdowns[0] - breakdowns[1], 6),
    )


def _plan_without(case: Case, at: int, seed: int) -> Plan:
    """Return the best plan without this floor, which keeps the others."""
    limits = case.policy.limits
    left = (*limits.floors[:at], *limits.floors[at + 1 :])
    policy = replace(case.policy, limits=replace(limits, floors=left))
    return solve(case.problem, case.pairs, policy, seed=seed)
