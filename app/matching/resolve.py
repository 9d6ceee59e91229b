"""The best plan again with pairs forced or forbidden: what a wish costs the whole, exactly."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from app.matching.choices import open_choices
from app.matching.columns import list_columns
from app.matching.goals import Case, Goal, ranked_goals
from app.matching.placements import Placements
from app.matching.plan import Plan
from app.matching.policy import Policy
from app.matching.problem import Bools, Ints, Problem
from app.matching.ranked import descend
from app.matching.scored import ScoredPairs
from app.matching.solve import make_plan, refuse_faults

Pair = tuple[int, int]  # positions of a child and a family


class CannotBeForced(ValueError):
    """No plan at all holds the forced pairs: one is refused by a rule, or they exclude each other.

    pairs: those that the best attempt left out.
    """

    def __init__(self, pairs: Sequence[Pair]) -> None:
        super().__init__(f"no plan holds these forced pairs: {sorted(pairs)}")
        self.pairs = tuple(sorted(pairs))


def resolve_with(
    problem: Problem,
    pairs: ScoredPairs,
    policy: Policy,
    base: Plan,
    *,
    forced: Sequence[Pair] = (),
    forbidden: Sequence[Pair] = (),
) -> Plan:
    """Return the best plan that holds every forced pair and no forbidden one.

    As exact as `solve`: same goals, proof and tie-break, so the difference of its goal values with
    those of base, a plan that `solve` made of the same input, is the price. Raises CannotBeForced.
    """
    if _agrees(base, forced, forbidden):
        return base  # the best of all plans, and one of those asked for
    return solve_with(problem, pairs, policy, seed=base.seed, forced=forced, forbidden=forbidden)


def solve_with(
    problem: Problem,
    pairs: ScoredPairs,
    policy: Policy,
    *,
    seed: int,
    forced: Sequence[Pair] = (),
    forbidden: Sequence[Pair] = (),
) -> Plan:
    """Return the best plan that holds every forced pair and no forbidden one, from nothing.

    Raises CannotBeForced.
    """
    pairs = open_choices(problem, pairs, policy)
    left = restrict(pairs, forced, forbidden)
    case, columns = Case(problem, left, policy), list_columns(problem, left, policy)
    first = _forced_goal(left, forced)
    goals = (*first, *ranked_goals(policy))
    ranking = descend(case, columns, goals, seed=seed, progress=None)
    missed = [(child, home) for child, home in forced if ranking.family[child] != home]
    if missed:
        raise CannotBeForced(missed)
    ranking = replace(ranking, bounds=ranking.bounds[len(first) :])
    plan = make_plan(case, columns, ranking, seed=seed, seconds={})
    refuse_faults(problem, pairs, policy, plan)
    return plan


def restrict(
    pairs: ScoredPairs, forced: Sequence[Pair] = (), forbidden: Sequence[Pair] = ()
) -> ScoredPairs:
    """Return the pairs without the forbidden ones, and a forced child's with its family only."""
    kept = ~_are(pairs, forbidden)
    wanted = _are(pairs, forced)
    others = np.isin(pairs.child, [child for child, _ in forced]) & ~wanted
    kept &= ~others
    return pairs.kept(np.asarray(kept))


def _agrees(base: Plan, forced: Sequence[Pair], forbidden: Sequence[Pair]) -> bool:
    has = [base.family[child] == home for child, home in forced]
    return all(has) and not any(base.family[child] == home for child, home in forbidden)


def _are(pairs: ScoredPairs, some: Sequence[Pair]) -> Bools:
    found = np.zeros(len(pairs), dtype=np.bool_)
    for child, home in some:
        found |= (pairs.child == child) & (pairs.family == home)
    return found


def _forced_goal(pairs: ScoredPairs, forced: Sequence[Pair]) -> tuple[Goal, ...]:
    """Return the goal that comes before all others: as many forced pairs as can be."""
    if not forced:
        return ()
    wanted = _are(pairs, forced).astype(np.int64)

    def count(_: Case, placements: Placements) -> Ints:
        return np.asarray(wanted[placements.pair])

    return (Goal("vastgezet", "Zo veel mogelijk vastgezette paren", "kinderen", count),)
