"""The ranked goals for more children than can be proved best: a plan, and a bound for each goal."""

from collections.abc import Sequence
from dataclasses import dataclass
from time import perf_counter

import numpy as np

from app.matching.bundles import split_columns
from app.matching.columns import Columns
from app.matching.couplings import list_couplings
from app.matching.face import Face
from app.matching.faults import FaultFinder
from app.matching.goals import Case, Goal, count_worths
from app.matching.nation import Found, Nation, bound_again, find_plan
from app.matching.problem import Ints, Problem
from app.matching.ranked import Progress, Ranking, families_of, say_nothing
from app.matching.rows import Rows
from app.matching.slots import has_rhythms
from app.matching.stretches import Mix, first_exact, mix_gently

EXACT_UP_TO = 2_500  # children whose plan is proved best, goal by goal
_FLOW_LIMIT = 2**61  # the flow multiplies costs by its nodes, within 64 bits
_TIE_STEPS = 256  # of one step of the last goal: days and kilometres choose within that


def is_large(problem: Problem) -> bool:
    """Return whether a problem goes the way of prices.

    Bundles know whole beds and whole groups only: with rhythms, wishes per pair or placed brothers
    and sisters a problem of any size is proved goal by goal, however long that takes.
    """
    is_plain = not (
        has_rhythms(problem) or len(problem.kept_together) or len(problem.placed_siblings)
    )
    return is_plain and len(problem.children) > EXACT_UP_TO


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
        return _FLOW_LIMIT // (len(bundles.group_of) + len(bundles.places) + 2)


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
    mix = _mix(large, _ranked(case, goals))
    found, bound = _find(large, mix)
    seconds = {"prijzen": perf_counter() - start}
    tell("Grenzen per doel bewijzen", 1, steps)
    start = perf_counter()
    bounds = _bounds(large, mix, found, bound)
    seconds["grenzen"] = perf_counter() - start
    values = tuple(int(worth[found.chosen].sum()) for worth in worths)
    signed = tuple(goal.sense.direction * b for goal, b in zip(goals, bounds, strict=True))
    tell("Klaar", steps, steps)
    family = families_of(case, columns, np.flatnonzero(nation.whole(found.chosen)))
    return Ranking(family, signed, values == bounds, seconds)


def plan_worth(case: Case, columns: Columns, goals: tuple[Goal, ...]) -> Ints:
    """Return the one number per column, shape (v,), that a large plan has the most of."""
    worths = count_worths(case, columns, goals)
    nodes = len(case.problem.children) + len(case.problem.families) + 2
    mix = _mix_of(worths, _ranked(case, goals), _FLOW_LIMIT // nodes)
    return _with_ties(worths, columns.sizes(), mix.worth, _FLOW_LIMIT // nodes)[0]


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


def _ranked(case: Case, goals: tuple[Goal, ...]) -> int:
    """Return how many goals there are up to the last that the policy names."""
    return 1 + max(at for at, goal in enumerate(goals) if goal.code in case.policy.goals)


def _mix(large: _Large, count: int) -> Mix:
    return _mix_of(large.worths, count, large.heaviest)


def _mix_of(worths: list[Ints], count: int, most: int) -> Mix:
    """Return as many of the policy's goals in one number as the flow can count."""
    mixes = (mix_gently(worths[:some], most) for some in range(count, 1, -1))
    return next((mix for mix in mixes if mix is not None), Mix(worths[0], (1,), (0,)))


def _find(large: _Large, mix: Mix) -> tuple[Found, int]:
    """Return the plan, and the bound on the mix alone."""
    sizes = large.columns.sizes()[large.nation.order]
    worth, steps = _with_ties(large.worths, sizes, mix.worth, large.heaviest)
    found = find_plan(large.nation, worth, large.seed)
    return found, found.bound // steps


def _with_ties(worths: list[Ints], sizes: Ints, mix: Ints, most: int) -> tuple[Ints, int]:
    """Return a number with days and kilometres behind it, and how many of its steps make one."""
    steps = min(_TIE_STEPS, most // (int(np.abs(mix).max(initial=0)) + 1))
    if steps < 2:
        return mix, 1
    return mix * steps + _ties(worths[-2:], sizes, steps), steps


def _ties(worths: Sequence[Ints], sizes: Ints, steps: int) -> Ints:
    """Return for each column less than one step: most of it for days waited, the rest for near."""
    total = np.zeros(len(sizes))
    for worth, share in zip(worths, (0.75, 0.25), strict=True):
        each = worth / sizes
        least, most = each.min(initial=0.0), each.max(initial=0.0)
        total += share * (each - least) / max(most - least, 1.0)
    return np.floor(total * (steps - 1)).astype(np.int64)


def _bounds(large: _Large, mix: Mix, found: Found, bound: int) -> tuple[int, ...]:
    """Return what no plan can exceed per goal, among those that reach the goals before it."""
    values = tuple(int(worth[found.chosen].sum()) for worth in large.worths)
    last = len(mix.factors) - 1
    bounds: list[int] = []
    while (first := len(bounds)) < last and tuple(bounds) == values[:first]:
        count, exact = first_exact(large.worths[first:last], large.most)
        most = large.bound(found, exact.worth)
        bounds += exact.bounds(values[first : first + count], most)
    proved = next((at for at, b in enumerate(bounds) if b > values[at]), last)
    bounds = bounds[: proved + 1]
    bounds += [_bound_gently(large, found, values[: at + 1]) for at in range(len(bounds), last)]
    taken = sum(f * v for f, v in zip(mix.factors[:last], values, strict=False))
    best = bound - taken
    if tuple(bounds) != values[:last]:  # a gap before it counts for much in the mix
        best = min(best, _bound_gently(large, found, values[: last + 1]))
    bounds.append(max(values[last], best))
    for value, worth in zip(values[last + 1 :], large.worths[last + 1 :], strict=True):
        bounds.append(max(value, large.most(worth)))
    return tuple(bounds)


def _bound_gently(large: _Large, found: Found, values: tuple[int, ...]) -> int:
    """Return what no plan can exceed on the last of these goals, when one before it has a gap.

    An exact number would make that gap outweigh everything; the gentlest hardly lets it through.
    """
    worth = large.worths[len(values) - 1]
    mix = mix_gently(large.worths[: len(values)], large.heaviest, pull=1)
    if mix is None:
        return max(values[-1], large.most(worth))
    taken = sum(f * v for f, v in zip(mix.factors, values[:-1], strict=False))
    most = min(large.bound(found, mix.worth) - taken, large.most(worth))
    return max(values[-1], most)
