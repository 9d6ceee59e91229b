"""What stands between children who need one home and each family, obstacle by obstacle."""

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil

import numpy as np

from app.kernel.words import SiblingWish
from app.matching.explain.case import Case
from app.matching.pairs import EligiblePairs
from app.matching.problem import Floats, Ints
from app.matching.risk.score import score
from app.matching.rules import RULES, free_place
from app.matching.rules.phrases import count_children, percentage
from app.matching.rules.rule import Rule

APART = "apart"
LIMIT = "hoogste_breakdownkans"
# How heavy it is to take one child more of a group than the family wants; a year of age is 1.
SIBLING_BURDEN = 2.0
# To ask a family for one child more at once than the policy allows: lighter than one place more.
NEW_BURDEN = 3.0
# Going above the limit of the policy weighs more than any one rule, and more the farther it goes.
LIMIT_BURDEN, LIMIT_SLOPE = 10.0, 100.0


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One thing in the way of some families.

    gap: by how much each family misses, shape (m,), 0.0 where it is not in the way. weight: how
    heavy it is to give way so far, shape (m,). clause: the Dutch words after "als", given the gap;
    None when it cannot give way.
    """

    code: str
    label: str
    gap: Floats
    weight: Floats
    clause: Callable[[float], str] | None = None


def find_obstacles(case: Case, members: Ints) -> tuple[Obstacle, ...]:
    """Return what stands in the way of children who go to one family together (or of one child).

    A place that the plan proposes to another child is not free. The chance of breakdown is held
    against the limit of the policy where nothing else is fixed.
    """
    found = [
        _places(case, members) if rule is free_place.RULE else _rule(case, rule, members)
        for rule in RULES
    ]
    found += [_siblings(case, members), _apart(case, members)]
    found += [_asked_enough(case, members)] if case.policy.limits.most_new else []
    fixed = [obstacle.gap > 0 for obstacle in found if obstacle.clause is None]
    return (*found, _limit(case, members, np.flatnonzero(~np.any(fixed, axis=0))))


def _rule(case: Case, rule: Rule, members: Ints) -> Obstacle:
    """Return a rule as an obstacle; of several children the one who misses most counts."""
    size = len(case.problem.families)
    child, family = members[:, None], np.arange(size, dtype=np.int64)[None, :]
    missed: Floats = rule.refuses(case.problem, case.policy, child, family).astype(np.float64)
    if rule.change is not None:
        missed = missed * rule.change.gap(case.problem, case.policy, child, family)
    gap = np.broadcast_to(missed, (len(members), size)).max(axis=0)
    if rule.change is None:
        return Obstacle(rule.code, rule.label, gap, np.zeros(size))
    return Obstacle(rule.code, rule.label, gap, rule.change.burden * gap, rule.change.clause)


def _places(case: Case, members: Ints) -> Obstacle:
    rule = free_place.RULE
    gap = case.short_of(members, case.slots_left).astype(np.float64)
    change = rule.change
    burden, clause = (change.burden, change.clause) if change else (0.0, None)
    return Obstacle(rule.code, rule.label, gap, burden * gap, clause)


def _siblings(case: Case, members: Ints) -> Obstacle:
    """Return where a family would get more children of one group than it takes at once."""
    homes, group = case.problem.families, int(case.siblings.of_child[members[0]])
    placed = case.plan.family[(case.siblings.of_child == group) & (case.plan.family >= 0)]
    at_once = np.bincount(placed, minlength=len(homes)) + len(members)
    over = np.where(group >= 0, at_once - homes.max_siblings, 0)
    gap = np.maximum(over, 0).astype(np.float64)
    return Obstacle(
        "max_broers_zussen",
        "gezin neemt niet zo veel broers en zussen tegelijk",
        gap,
        SIBLING_BURDEN * gap,
        lambda more: f"het gezin {count_children(int(more))} meer uit één groep tegelijk wil nemen",
    )


def _asked_enough(case: Case, members: Ints) -> Obstacle:
    """Return where the policy's limit on new children at once is reached."""
    gap = case.above_most_new(members).astype(np.float64)
    return Obstacle(
        "nieuwe_kinderen_per_gezin",
        "gezin is al voor genoeg nieuwe kinderen tegelijk voorgesteld",
        gap,
        NEW_BURDEN * gap,
        lambda more: (
            f"het gezin voor {count_children(int(more))} meer tegelijk wordt gevraagd dan het "
            "beleid toestaat"
        ),
    )


def _apart(case: Case, members: Ints) -> Obstacle:
    size = len(case.problem.families)
    gap = np.full(size, float(case.has_kept_apart(members)))
    for child in members.tolist():
        gap[case.families_to_avoid(child)] = 1.0
    label = "daar zou een kind wonen dat apart moet blijven"
    return Obstacle(APART, label, gap, np.zeros(size))


def _limit(case: Case, members: Ints, families: Ints) -> Obstacle:
    """Return how far the highest chance of the children is above the limit with these families."""
    limit, gap = case.policy.max_breakdown, np.zeros(len(case.problem.families))
    gap[families] = np.maximum(_chances(case, members, families).max(axis=0) - limit, 0)
    return Obstacle(
        LIMIT,
        f"kans op een breakdown hoger dan {percentage(limit)}",
        gap,
        np.where(gap > 0, LIMIT_BURDEN + LIMIT_SLOPE * gap, 0.0),
        lambda above: (
            "mensen na overleg een kans op een breakdown van "
            f"{ceil(round(100 * (limit + above), 6))}% aanvaarden (de grens is {percentage(limit)})"
        ),
    )


def _chances(case: Case, members: Ints, families: Ints) -> Floats:
    """Return the chance of every child with every family, eligible or not, (members, families).

    A child of a group `samen, tenzij` that gets a family by itself is without its siblings.
    """
    pairs = EligiblePairs(
        child=np.repeat(members, len(families)),
        family=np.tile(families, len(members)),
        refused=np.zeros((0, 0), dtype=np.int64),
        rules=(),
    )
    scored = score(case.problem, pairs, case.scores.weights).scored
    parted = len(case.members(int(members[0]), SiblingWish.TOGETHER_UNLESS)) > len(members)
    chance = scored.chance_split if parted else scored.chance
    return chance.reshape(len(members), len(families))
