"""The policies that are replayed side by side: who gets which place, week by week."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from app.matching.policy import LookAhead, Policy
from app.matching.problem import Ints, Problem
from app.matching.scored import ScoredPairs
from app.simulation.year.lists import place_best_score_first, place_first_come


@dataclass(frozen=True, slots=True)
class Week:
    """What a policy may look at: who waits, what is open, scored by the weights; no truth.

    list_of: provider with which each child is registered, shape (n,), for five separate lists.
    """

    problem: Problem
    pairs: ScoredPairs
    policy: Policy
    list_of: tuple[str, ...]


AHEAD = LookAhead(futures=20, days=28, worth=0.5)
"""How far the engine looks ahead where the policy does not say."""

Chooser = Callable[[Week], Ints]
"""Returns the family of each child, -1 for none, shape (n,)."""


def _five_lists(week: Week) -> Ints:
    pairs, provider = _within(week), np.array(week.problem.families.provider)
    own = provider[pairs.family] == np.array(week.list_of)[pairs.child]
    kept = pairs.kept(own)
    return place_first_come(week.problem, kept, np.nan_to_num(kept.km))


def _one_list(week: Week) -> Ints:
    pairs = _within(week)
    return place_first_come(week.problem, pairs, np.nan_to_num(pairs.km))


def _best_score_first(week: Week) -> Ints:
    return place_best_score_first(week.problem, _within(week))


def _within(week: Week) -> ScoredPairs:
    """Return the pairs within the policy's limit, also when brothers and sisters are parted."""
    pairs = week.pairs
    return pairs.kept(np.maximum(pairs.chance, pairs.chance_split) <= week.policy.max_breakdown)


def _engine_ahead(week: Week) -> Ints:
    policy = week.policy
    if policy.look_ahead is None:
        policy = replace(policy, look_ahead=AHEAD)
    from app.matching.look_ahead import price_places
    from app.matching.solve import solve

    pairs = price_places(week.problem, week.pairs, policy)
    return solve(week.problem, pairs, policy).family


def _engine(week: Week) -> Ints:
    from app.matching.solve import solve

    return solve(week.problem, week.pairs, replace(week.policy, look_ahead=None)).family


CHOOSERS: Mapping[str, Chooser] = {
    "vijf lijsten": _five_lists,
    "één lijst": _one_list,
    "beste score eerst": _best_score_first,
    "dit systeem": _engine,
    "vooruitziend": _engine_ahead,
}
