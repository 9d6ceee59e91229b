"""The ranked goals for more children than can be proved best: a plan, and a bound for each goal."""

from dataclasses import dataclass
from time import perf_counter

import numpy as np

from app.kernel.errors import InputRefused
from app.matching.bundles import split_columns
from app.matching.columns import Columns
from app.matching.couplings import list_couplings
from app.matching.face import Face
from app.matching.faults import FaultFinder
from app.matching.floors import FLOORS
from app.matching.goals import Case, Goal, count_worths
from app.matching.nation import Found, Nation, bound_again, find_by_flow, find_plan
from app.matching.plan_worth import Weigher, fit_firmly, fit_weigher, heaviest_of
from app.matching.policy import Policy
from app.matching.problem import Ints, Problem
from app.matching.ranked import Progress, Ranking, families_of, say_nothing
from app.matching.rows import Rows
from app.matching.slots import has_rhythms
from app.matching.stretches import mix_gently

EXACT_UP_TO = 2_500  # children whose plan is proved best, goal by goal


def is_large(problem: Problem) -> bool:
    """Return whether a problem goes the way of prices.

    Bundles know whole beds and whole groups only: with rhythms, wishes per pair or placed brothers
    and sisters a problem of any size is proved goal by goal, however long that takes.
    """
    is_plain = not (
        has_rhythms(problem) or len(problem.kept_together) or len(problem.placed_siblings)
    )
    return is_plain and len(problem.children) > EXACT_UP_TO


def refuse_floors(problem: Problem, policy: Policy) -> None:
    """Raise InputRefused when a policy has floors and no plan can be proved to meet them."""
    if policy.limits.floors and is_large(problem):
        raise InputRefused(
            f"Beleid '{policy.name}' heeft [[{FLOORS}]], en die kunnen bij hoogstens {EXACT_UP_TO} "
            f"wachtende kinderen; hier zijn het er {len(problem.children)}: laat ze weg, of match "
            "per regio."
        )


@dataclass(frozen=True, slots=True)
class _Large:
    """worths: per goal, of each column of the face; columns are those of the problem."""

    columns: Columns
    children: int
    worths: list[Ints]
    nation: Nation
    seed: int

    def most(self, worth: Ints) -> int:
        by_column = np.zeros_like(worth)
        by_column[self.nation.order] = worth
        return self.columns.most(by_column, self.children)

    def bound(self, found: Found, worth: Ints) -> int:
        return bound_again(self.nation, found.priced, worth, self.seed)

    @property
    def heaviest(self) -> int:
        bundles = self.nation.bundles
        return heaviest_of(len(bundles.group_of), len(bundles.places))


def approach(
    case: Case,
    columns: Columns,
    goals: tuple[Goal, ...],
    *,
    seed: int,
    progress: Progress | None,
) -> Ranking:
    """Return a plan near the best one by the policy's goals, and what no plan can exceed.

    The order of rows and the seed never choose. Days and kilometres choose between choices that
    are equal by the policy's goals, in that order of weight; the smallest list is not sought.
    """
    tell, start, steps = progress or say_nothing, perf_counter(), len(goals) + 1
    tell("Plan met prijzen zoeken", 0, steps)
    nation = _make_nation(case.problem, columns)
    worths = [worth[nation.order] for worth in count_worths(case, columns, goals)]
    large = _Large(columns, len(case.problem.children), worths, nation, seed)
    weigher, found = _find(large, count_ranked(case, goals))
    bound = found.bound // weigher.steps
    seconds = {"prijzen": perf_counter() - start}
    tell("Grenzen per doel bewijzen", 1, steps)
    start = perf_counter()
    bounds = _bounds(large, weigher.factors, found, bound)
    seconds["grenzen"] = perf_counter() - start
    values = tuple(int(worth[found.chosen].sum()) for worth in worths)
    signed = tuple(goal.sense.direction * b for goal, b in zip(goals, bounds, strict=True))
    tell("Klaar", steps, steps)
    family = families_of(case, columns, np.flatnonzero(nation.whole(found.chosen)))
    return Ranking(family, signed, values == bounds, seconds)


def count_ranked(case: Case, goals: tuple[Goal, ...]) -> int:
    """Return how many goals there are up to the last that the policy names."""
    return 1 + max(at for at, goal in enumerate(goals) if goal.code in case.policy.goals)


def _make_nation(problem: Problem, columns: Columns) -> Nation:
    """Return the problem in an order of columns and rows that its own numbers decide."""
    bundles, couplings = split_columns(problem, columns), list_couplings(problem, columns)
    order = np.concatenate([bundles.single, bundles.bundle])
    none = np.full(len(couplings.limit), -np.inf)
    limit = couplings.limit.astype(np.float64)
    rows, number = Rows(
        couplings.row, couplings.column, couplings.coefficient, none, limit
    ).put_in_order(order)
    nobody = np.zeros(len(order), dtype=np.bool_)
    face = Face(
        column=np.arange(len(order)),
        rows=rows,
        child_row=number[couplings.child_row[order]],
        incumbent=nobody,
        guide=np.zeros(len(order), dtype=np.int64),
        fine_rows=np.zeros(0, dtype=np.int64),
    )
    return Nation(bundles, face, FaultFinder(problem, columns))


def _find(large: _Large, ranked: int) -> tuple[Weigher, Found]:
    """Return the plan, and the number that it is best in: the firm one where a flow knows all."""
    sizes, most = large.columns.sizes()[large.nation.order], large.heaviest
    firm = fit_firmly(large.worths, sizes, ranked, most, children=large.children)
    found = find_by_flow(large.nation, firm.of(large.worths, sizes))
    if found is not None:
        return firm, found
    gentle = fit_weigher(large.worths, sizes, ranked, most)
    return gentle, find_plan(large.nation, gentle.of(large.worths, sizes), large.seed)


def _bounds(large: _Large, factors: tuple[int, ...], found: Found, bound: int) -> tuple[int, ...]:
    """Return what no plan can exceed per goal, among those that reach the goals before it."""
    values = tuple(int(worth[found.chosen].sum()) for worth in large.worths)
    last = len(factors) - 1
    bounds = [_bound_gently(large, found, values[: at + 1]) for at in range(last)]
    taken = sum(f * v for f, v in zip(factors[:last], values, strict=False))
    best = bound - taken
    if tuple(bounds) != values[:last]:  # a gap before it counts for much in the mix
        best = min(best, _bound_gently(large, found, values[: last + 1]))
    bounds.append(max(values[last], best))
    for value, worth in zip(values[last + 1 :], large.worths[last + 1 :], strict=True):
        bounds.append(max(value, large.most(worth)))
    return tuple(bounds)


def _bound_gently(large: _Large, found: Found, values: tuple[int, ...]) -> int:
    """Return what no plan can exceed on the last of these goals among those that reach the others.

    In a number in which the goals before it weigh as little as they can: a gap in one of them
    hardly comes through, and the prices of the plan nearly fit.
    """
    worth = large.worths[len(values) - 1]
    most = large.most(worth)
    mix = mix_gently(large.worths[: len(values)], large.heaviest, pull=1)
    if most <= values[-1] or mix is None:
        return max(values[-1], most)
    taken = sum(f * v for f, v in zip(mix.factors, values[:-1], strict=False))
    return max(values[-1], min(large.bound(found, mix.worth) - taken, most))
