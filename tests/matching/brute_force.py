"""The judge of small cases: tries every plan, with rules and goals in words of its own."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import product
from math import isnan

import numpy as np

from app.kernel.words import SiblingWish
from app.matching.policy import Policy
from app.matching.problem import Problem
from app.matching.scored import ScoredPairs
from tests.matching.brute_fixed import Fixed, away
from tests.matching.brute_limits import asks_too_much, is_hard, kept_discount, missed_floors

WISHES = tuple(SiblingWish)
Families = tuple[int, ...]


def best_families(problem: Problem, pairs: ScoredPairs, policy: Policy) -> Families:
    """The family of each child (-1: none) in the best plan of all."""
    fixed = Fixed(problem, pairs, policy)
    valid = (
        plan
        for plan in list_plans(problem, pairs)
        if is_valid(problem, pairs, policy, plan) and fixed.allows(plan)
    )
    return min(valid, key=lambda plan: rank_key(problem, pairs, policy, plan))


def fewest_breakdowns(problem: Problem, pairs: ScoredPairs, policy: Policy) -> dict[int, int]:
    """The fewest breakdowns, in millionths, per number of children placed at least."""
    fixed, found = Fixed(problem, pairs, policy), {}
    for plan in list_plans(problem, pairs):
        if is_valid(problem, pairs, policy, plan) and fixed.allows(plan):
            risk = sum(round(chance * 1_000_000) for chance in _chances(problem, pairs, plan))
            for number in range(sum(family >= 0 for family in plan) + 1):
                found[number] = min(risk, found.get(number, risk))
    return found


def rank_key(problem: Problem, pairs: ScoredPairs, policy: Policy, plan: Families) -> tuple:
    """What two plans are compared by: smaller is better."""
    kids, homes = problem.children, problem.families
    numbers = missed_floors(problem, policy, plan)
    numbers += [_measure(code, (problem, pairs, policy), plan) for code in policy.goals]
    numbers.append(_measure("wachtdagen", (problem, pairs, policy), plan))
    cells = zip(pairs.child, pairs.family, pairs.km, strict=True)
    km = {(int(c), int(f)): float(d) for c, f, d in cells}
    placed = [(child, family) for child, family in enumerate(plan) if family >= 0]
    numbers.append(sum(0 if isnan(km[pair]) else round(km[pair] * 10) for pair in placed))
    names = sorted((kids.number[c], homes.provider[f], homes.reference[f]) for c, f in placed)
    return (*numbers, names)


def list_plans(problem: Problem, pairs: ScoredPairs) -> Iterator[Families]:
    cells = [(int(c), int(f)) for c, f in zip(pairs.child, pairs.family, strict=True)]
    options = [
        [-1, *sorted(f for c, f in cells if c == child)] for child in range(len(problem.children))
    ]
    return product(*options)


def _groups(problem: Problem) -> list[tuple[SiblingWish, list[int]]]:
    group, begun = problem.children.sibling_group, set(problem.begun.child.tolist())
    found = [
        (WISHES[wish], [c for c in range(len(group)) if group[c] == g and c not in begun])
        for g, wish in enumerate(problem.groups.wish)
    ]
    return [(wish, members) for wish, members in found if len(members) > 1]


def _is_whole(plan: Families, members: Sequence[int]) -> bool:
    return len({plan[c] for c in members}) == 1 and plan[members[0]] >= 0


def _chances(problem: Problem, pairs: ScoredPairs, plan: Families) -> list[float]:
    split = {
        child
        for wish, members in _groups(problem)
        if wish is SiblingWish.TOGETHER_UNLESS and not _is_whole(plan, members)
        for child in members
    }
    split |= away(problem, plan)
    rows = zip(pairs.child, pairs.family, pairs.chance, pairs.chance_split, strict=True)
    return [float(apart if c in split else whole) for c, f, whole, apart in rows if plan[c] == f]


def is_valid(problem: Problem, pairs: ScoredPairs, policy: Policy, plan: Families) -> bool:
    homes = problem.families
    if any(plan[a] == plan[b] >= 0 for a, b in problem.kept_apart):
        return False
    for wish, members in _groups(problem):
        together = Counter(plan[c] for c in members if plan[c] >= 0)
        if wish is SiblingWish.TOGETHER and together and not _is_whole(plan, members):
            return False
        if wish is SiblingWish.APART and any(count > 1 for count in together.values()):
            return False
        if any(count > homes.max_siblings[family] for family, count in together.items()):
            return False
    if asks_too_much(problem, policy, plan):
        return False
    return all(chance <= policy.max_breakdown for chance in _chances(problem, pairs, plan))


def _measure(code: str, case: tuple[Problem, ScoredPairs, Policy], plan: Families) -> int:
    problem, pairs, policy = case
    kids = problem.children
    placed = [child for child, family in enumerate(plan) if family >= 0]
    urgency = {"crisis_geplaatst": 0, "spoed_geplaatst": 1, "regulier_geplaatst": 2}
    if code in urgency:
        return -sum(kids.urgency[c] == urgency[code] for c in placed)
    if code == "breakdowns":
        risk = sum(round(chance * 1_000_000) for chance in _chances(problem, pairs, plan))
        return risk - kept_discount(problem, policy, plan)
    if code == "geplaatst_tegen_prijs":
        price = round((policy.limits.placing_price or 0) * 1_000_000)
        chances = _chances(problem, pairs, plan)
        return sum(round(chance * 1_000_000) - price for chance in chances)
    if code == "moeilijkst_geplaatst":
        return -sum(is_hard(problem, policy, child) for child in placed)
    if code in {"tenzij_groepen_heel", "groepen_heel"}:
        wishes = [SiblingWish.TOGETHER_UNLESS]
        wishes += [SiblingWish.TOGETHER] * (code == "groepen_heel")
        return -sum(w in wishes and _is_whole(plan, members) for w, members in _groups(problem))
    return -sum(_worth(code, problem, policy, (c, plan[c])) for c in placed)


def _worth(code: str, problem: Problem, policy: Policy, pair: tuple[int, int]) -> int:
    kids, (child, family) = problem.children, pair
    if code == "geplaatst":
        return 1
    if code == "wachtdagen":
        return int((problem.snapshot_day - kids.registered_on[child]).astype(int))
    if code == "moet_weg":
        if np.isnat(kids.leave_by[child]):
            return 0
        days = int((kids.leave_by[child] - problem.snapshot_day).astype(int))
        return int(days <= policy.leave_within_days)
    assert code == "netwerk_eerst"
    return int(kids.network_family[child] == family and not kids.network_refused[child])
