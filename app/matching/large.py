"""The ranked goals for more children than can be proved best: a plan, and a bound for each goal."""

from dataclasses import dataclass, replace
from time import perf_counter

import numpy as np

from app.kernel.errors import InputRefused
from app.matching.bundles import Bundles, split_columns
from app.matching.columns import Columns
from app.matching.couplings import list_couplings
from app.matching.face import first_face
from app.matching.faults import FaultFinder
from app.matching.floors import FLOORS
from app.matching.goals import Case, Goal, count_worths
from app.matching.model import solve_whole
from app.matching.nation import Found, find_plan, relax_by_flow
from app.matching.policy import Policy
from app.matching.problem import Ints, Problem
from app.matching.ranked import Progress, Ranking, families_of, say_nothing
from app.matching.slots import has_rhythms
from app.matching.stretches import HEAVIEST, Mix, first_exact, mix_gently

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
    case: Case
    columns: Columns
    goals: tuple[Goal, ...]
    worths: list[Ints]
    bundles: Bundles

    def most(self, worth: Ints) -> int:
        return self.columns.most(worth, len(self.case.problem.children))

    @property
    def nodes(self) -> int:
        return len(self.bundles.group_of) + len(self.bundles.places) + 2


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
    large = _Large(
        case,
        columns,
        goals,
        count_worths(case, columns, goals),
        split_columns(case.problem, columns),
    )
    tell("Plan met prijzen zoeken", 0, steps)
    mix = _mix(large)
    found = _find(large, mix, seed)
    seconds = {"prijzen": perf_counter() - start}
    tell("Grenzen per doel bewijzen", 1, steps)
    start = perf_counter()
    bounds = _bounds(large, mix, found)
    seconds["grenzen"] = perf_counter() - start
    values = tuple(int(worth[found.chosen].sum()) for worth in large.worths)
    signed = tuple(goal.sense.direction * b for goal, b in zip(goals, bounds, strict=True))
    tell("Klaar", steps, steps)
    return Ranking(
        families_of(case, columns, np.flatnonzero(found.chosen)), signed, values == bounds, seconds
    )


def _mix(large: _Large) -> Mix:
    """Return as many of the policy's goals in one number as the flow can count."""
    codes, most = large.case.policy.goals, _FLOW_LIMIT // large.nodes
    count = 1 + max(at for at, goal in enumerate(large.goals) if goal.code in codes)
    mixes = (mix_gently(large.worths[:some], most) for some in range(count, 1, -1))
    return next((mix for mix in mixes if mix is not None), Mix(large.worths[0], (1,), (0,)))


def _find(large: _Large, mix: Mix, seed: int) -> Found:
    """Return the plan of the price loop; its bound is that of the mix alone."""
    faults = FaultFinder(large.case.problem, large.columns)
    heaviest = int(np.abs(mix.worth).max(initial=0)) + 1
    steps = min(_TIE_STEPS, _FLOW_LIMIT // large.nodes // heaviest)
    if steps < 2:
        found = find_plan(large.bundles, mix.worth, faults, seed)
        return _polish(large, mix.worth, found, seed)
    found = find_plan(large.bundles, mix.worth * steps + _ties(large, steps), faults, seed)
    value, bound = int(mix.worth[found.chosen].sum()), found.bound // steps
    return _polish(large, mix.worth, replace(found, value=value, bound=bound), seed)


def _polish(large: _Large, worth: Ints, found: Found, seed: int) -> Found:
    """Return the best plan of the choices of all rounds: hardly more columns than children."""
    couplings = list_couplings(large.case.problem, large.columns)
    order = np.concatenate([large.bundles.single, large.bundles.bundle])
    order = order[found.seen[order]]
    rows = first_face(couplings).rows
    solved = solve_whole(rows.in_order(order), _light(worth[order]), seed)
    chosen = np.zeros(len(worth), dtype=np.bool_)
    if solved is not None:
        chosen[order[solved.chosen]] = True
    return found.improved(worth, chosen) if rows.holds(chosen) else found


def _light(worth: Ints) -> Ints:
    """Return a worth that a solver computes exactly, the last digits rounded where it must be."""
    return worth // max(1, int(np.abs(worth).max(initial=0)) // HEAVIEST)


def _ties(large: _Large, steps: int) -> Ints:
    """Return for each column less than one step: most of it for days waited, the rest for near."""
    total = np.zeros(len(large.columns))
    for worth, share in zip(large.worths[-2:], (0.75, 0.25), strict=True):
        each = worth / large.columns.sizes()
        least, most = each.min(initial=0.0), each.max(initial=0.0)
        total += share * (each - least) / max(most - least, 1.0)
    return np.floor(total * (steps - 1)).astype(np.int64)


def _bounds(large: _Large, mix: Mix, found: Found) -> tuple[int, ...]:
    """Return what no plan can exceed per goal, among those that reach the goals before it."""
    values = tuple(int(worth[found.chosen].sum()) for worth in large.worths)
    last = len(mix.factors) - 1
    bounds: list[int] = []
    while (first := len(bounds)) < last and tuple(bounds) == values[:first]:
        count, exact = first_exact(large.worths[first:last], large.most)
        _, bound = relax_by_flow(large.bundles, exact.worth)
        bounds += exact.bounds(values[first : first + count], bound)
    proved = next((at for at, b in enumerate(bounds) if b > values[at]), last)
    bounds = bounds[: proved + 1]
    bounds += [_bound_gently(large, values[: at + 1]) for at in range(len(bounds), last)]
    taken = sum(f * v for f, v in zip(mix.factors[:last], values, strict=False))
    softly = _bound_gently(large, values[: last + 1])
    bounds.append(max(values[last], min(found.bound - taken, softly)))
    for value, worth in zip(values[last + 1 :], large.worths[last + 1 :], strict=True):
        bounds.append(max(value, large.most(worth)))
    return tuple(bounds)


def _bound_gently(large: _Large, values: tuple[int, ...]) -> int:
    """Return what no plan can exceed on the last of these goals, when one before it has a gap.

    An exact number would make that gap outweigh everything; the gentlest hardly lets it through.
    """
    worth = large.worths[len(values) - 1]
    mix = mix_gently(large.worths[: len(values)], _FLOW_LIMIT // large.nodes, pull=1)
    if mix is None:
        return max(values[-1], large.most(worth))
    _, bound = relax_by_flow(large.bundles, mix.worth)
    taken = sum(f * v for f, v in zip(mix.factors, values[:-1], strict=False))
    return max(values[-1], min(bound - taken, large.most(worth)))
