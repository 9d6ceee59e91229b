"""From scored pairs to a plan: list the choices, descend the goals, check, hand over."""

from time import perf_counter

import numpy as np

from app.matching.check import check_families, check_plan
from app.matching.choices import open_choices
from app.matching.columns import Columns, list_columns
from app.matching.goals import Case, Goal, ranked_goals
from app.matching.large import approach, is_large, refuse_floors
from app.matching.model import SOLVER
from app.matching.placements import find_split, find_whole_groups, read_placements
from app.matching.plan import GoalValue, Plan, Proof
from app.matching.policy import Policy
from app.matching.problem import Ints, Problem
from app.matching.ranked import Progress, Ranking, descend
from app.matching.scored import ScoredPairs


class PlanRefused(RuntimeError):
    """The checker found a violation in a plan: a fault of the engine, never of the user."""


def solve(
    problem: Problem,
    pairs: ScoredPairs,
    policy: Policy,
    *,
    seed: int = 0,
    progress: Progress | None = None,
) -> Plan:
    """Return the best plan by the policy's ranked goals and the stated tie-break, proved.

    Of a large problem (`large.is_large`) a plan near the best: Proof.BOUNDED, with what no plan can
    exceed for every goal. The row order of the input and the seed never choose between plans.
    Nothing to place is a plan with Proof.EMPTY. Raises PlanRefused when the plan does not pass
    the checker, InputRefused for a large problem with floors.
    """
    refuse_floors(problem, policy)
    start = perf_counter()
    pairs = open_choices(problem, pairs, policy)
    case, goals = Case(problem, pairs, policy), ranked_goals(policy)
    columns = list_columns(problem, pairs, policy)
    listing = perf_counter() - start
    walk = approach if is_large(problem) else descend
    ranking = walk(case, columns, goals, seed=seed, progress=progress)
    plan = make_plan(case, columns, ranking, seed=seed, seconds={"keuzes": listing})
    refuse_faults(problem, pairs, policy, plan)
    return plan


def make_plan(
    case: Case, columns: Columns, ranking: Ranking, *, seed: int, seconds: dict[str, float]
) -> Plan:
    """Return what the walk down the goals came to as a plan; seconds: of what went before."""
    goals = ranked_goals(case.policy)
    family = _shortest_list(case, goals, ranking.family)
    return Plan(
        family=family,
        split=tuple(bool(split) for split in find_split(case.problem, family)),
        goals=_goal_values(case, goals, family, ranking.bounds),
        proof=_proof(ranking) if len(columns) else Proof.EMPTY,
        solver=SOLVER,
        seconds={**seconds, **ranking.seconds},
        seed=seed,
    )


def refuse_faults(problem: Problem, pairs: ScoredPairs, policy: Policy, plan: Plan) -> None:
    """Raise PlanRefused when the plan does not pass the checker."""
    violations = check_plan(problem, pairs, policy, plan)
    if violations:
        raise PlanRefused(" ".join(violations))


def _proof(ranking: Ranking) -> Proof:
    return Proof.OPTIMAL if ranking.is_proved else Proof.BOUNDED


def _goal_values(
    case: Case, goals: tuple[Goal, ...], family: Ints, bounds: tuple[int, ...]
) -> tuple[GoalValue, ...]:
    reached = zip(goals, _values(case, goals, family), bounds, strict=True)
    return tuple(
        GoalValue(
            code=str(goal.code),
            sentence=goal.describe(case.policy),
            sense=goal.sense.value,
            value=goal.in_units(value),
            bound=goal.in_units(bound),
            unit=goal.unit,
        )
        for goal, value, bound in reached
    )


def _values(case: Case, goals: tuple[Goal, ...], family: Ints) -> tuple[int, ...]:
    placements = read_placements(case.problem, case.pairs, family)
    groups = find_whole_groups(case.problem, family)
    return tuple(goal.value(case, placements, groups) for goal in goals)


def _shortest_list(case: Case, goals: tuple[Goal, ...], family: Ints) -> Ints:
    """Return the plan without the last children by number whom no goal counts.

    Of two lists that begin alike the shorter is the smaller. Only children who have not waited a
    day can be counted by no goal, so there is hardly ever one.
    """
    number, days = case.problem.children.number, case.problem.waiting_days()
    placed = sorted(np.flatnonzero(family >= 0), key=lambda child: number[child])
    values = _values(case, goals, family)
    shortest = family
    while placed and days[placed[-1]] == 0:
        shorter = shortest.copy()
        shorter[placed.pop()] = -1
        shortest = shorter
        if _values(case, goals, shorter) == values and not check_families(case, shorter):
            family = shorter
    return family
