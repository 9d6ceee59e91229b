"""What each cap of a policy costs: the best plan with the cap lifted, beside the plan itself."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from app.matching.caps import Cap, lift_caps
from app.matching.choices import open_choices
from app.matching.floors import GROUPS
from app.matching.goals import Case
from app.matching.look_ahead import price_places
from app.matching.plan import Plan
from app.matching.policy import Policy
from app.matching.problem import Bools, Ints, Problem
from app.matching.scored import ScoredPairs
from app.matching.solve import solve
from app.matching.tradeoffs.frontier import count_breakdowns
from app.matching.tradeoffs.orders import MOST_PROVED, by_number


@dataclass(frozen=True, slots=True)
class GroupCost:
    """One group of children that wait; placed here and in the plan without the cap."""

    group: str
    waiting: int
    placed: int
    placed_without: int


@dataclass(frozen=True, slots=True)
class CapCost:
    """A cap beside the best plan without it, which keeps every other limit, floor and rule.

    gained, lost, moved: positions of the children who have a proposal only without the cap, only
    with it, and in another family without it.
    """

    cap: Cap
    placed: int
    placed_without: int
    breakdowns: float
    breakdowns_without: float
    groups: tuple[GroupCost, ...]
    gained: Ints
    lost: Ints
    moved: Ints


def find_caps(
    problem: Problem, pairs: ScoredPairs, policy: Policy, plan: Plan, *, seed: int = 0
) -> tuple[CapCost, ...]:
    """Return what each cap costs, none where the policy has none or plans are not proved best.

    Solved as exactly as the plan itself, so what differs is of the cap and of nothing else.
    """
    if len(problem.children) > MOST_PROVED:
        return ()
    return tuple(
        _look_at(Case(problem, pairs, policy), (cap, lifted), plan, seed=seed)
        for cap, lifted in lift_caps(policy)
    )


def _look_at(case: Case, lifted: tuple[Cap, Policy], plan: Plan, *, seed: int) -> CapCost:
    (cap, policy), problem = lifted, case.problem
    pairs = price_places(problem, case.pairs, policy)  # places are scarce in another way without
    other = solve(problem, pairs, policy, seed=seed)
    here, there = plan.family >= 0, other.family >= 0
    return CapCost(
        cap=cap,
        placed=int(here.sum()),
        placed_without=int(there.sum()),
        breakdowns=_breakdowns(case, case.policy, plan.family),
        breakdowns_without=_breakdowns(case, policy, other.family),
        groups=tuple(_groups(problem, here, there)),
        gained=by_number(problem, there & ~here),
        lost=by_number(problem, here & ~there),
        moved=by_number(problem, here & there & (plan.family != other.family)),
    )


def _breakdowns(case: Case, policy: Policy, family: Ints) -> float:
    opened = open_choices(case.problem, case.pairs, policy)  # a cap also decides who is asked first
    return count_breakdowns(Case(case.problem, opened, policy), family)


def _groups(problem: Problem, here: Bools, there: Bools) -> Iterator[GroupCost]:
    waits = ~problem.is_begun()
    for name, members in GROUPS.items():
        group = np.asarray(members(problem) & waits)
        counts = [int((group & placed).sum()) for placed in (group, here, there)]
        if counts[0]:
            yield GroupCost(name, *counts)
