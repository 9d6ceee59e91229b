"""What placing one more child costs in expected breakdowns: each point solved, none estimated."""

from dataclasses import dataclass, replace

import numpy as np

from app.matching.choices import open_choices
from app.matching.columns import list_columns
from app.matching.goals import CHANCE_STEPS, GOALS, Case
from app.matching.placements import read_placements
from app.matching.plan import Plan
from app.matching.policy import Policy
from app.matching.policy_table import GoalCode
from app.matching.problem import Ints, Problem
from app.matching.scored import ScoredPairs
from app.matching.tradeoffs.search import Safest, Search

MOST_CHILDREN = 1_000  # above it the points would take longer than the plan itself
AROUND = 3  # points on either side of the plan


@dataclass(frozen=True, slots=True)
class Point:
    """The fewest expected breakdowns with which so many children, or more, can be placed.

    bound: no plan that places them has fewer; equal to breakdowns where that is proved. extra:
    what the last of these children costs, beside one fewer; None for nobody.
    """

    placed: int
    breakdowns: float
    bound: float
    extra: float | None


@dataclass(frozen=True, slots=True)
class Frontier:
    """Points around a plan, by number of children; all rules and limits hold, and no goals.

    placed, breakdowns: of the plan itself, which its goals may keep above the frontier. most: how
    many children any plan can place. most is None, and there are no points, where the problem is
    too large.
    """

    placed: int
    breakdowns: float
    most: int | None
    points: tuple[Point, ...]


def find_frontier(
    problem: Problem, pairs: ScoredPairs, policy: Policy, plan: Plan, *, seed: int = 0
) -> Frontier:
    """Return the frontier around a plan that was made of the same problem, pairs and policy."""
    pairs = open_choices(problem, replace(pairs, price=None), policy)  # breakdowns, no look-ahead
    case = Case(problem, pairs, policy)
    placed = int(np.count_nonzero(plan.family >= 0))
    breakdowns = count_breakdowns(case, plan.family)
    if len(problem.children) > MOST_CHILDREN:
        return Frontier(placed, breakdowns, None, ())
    search = Search(case, list_columns(problem, pairs, policy), seed)
    most, face = search.place_most(plan.family)
    first, last = max(placed - AROUND, 0), min(placed + AROUND, most)
    numbers = range(last, max(first - 1, 0) - 1, -1)
    found = {safest.placed: safest for safest in search.descend(face, numbers)}
    points = tuple(_point(found, number) for number in range(first, last + 1))
    return Frontier(placed, breakdowns, most, points)


def count_breakdowns(case: Case, family: Ints) -> float:
    """Return the expected breakdowns of who goes where, shape (n,)."""
    plain = replace(case, pairs=replace(case.pairs, price=None))
    placements, none = read_placements(plain.problem, plain.pairs, family), family[:0]
    return GOALS[GoalCode.BREAKDOWNS].value(plain, placements, none) / CHANCE_STEPS


def _point(found: dict[int, Safest], number: int) -> Point:
    safest, before = found[number], found.get(number - 1)
    extra = None if before is None else (safest.breakdowns - before.breakdowns) / CHANCE_STEPS
    return Point(number, safest.breakdowns / CHANCE_STEPS, safest.bound / CHANCE_STEPS, extra)
