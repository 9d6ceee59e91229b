"""The smallest change that would open families to an unplaced child."""

from dataclasses import dataclass

import numpy as np

from app.kernel.words import SiblingWish
from app.matching.explain.case import Case
from app.matching.pairs import refusals_of
from app.matching.problem import Bools, Floats, Ints
from app.matching.rules import RULES
from app.matching.rules.phrases import enumerate_words
from app.matching.rules.rule import Rule


@dataclass(frozen=True, slots=True)
class SmallestChange:
    """Rules that people could relax, and what it would open.

    rules: their codes. families: the positions that would open. sentence: the change in Dutch.
    """

    rules: tuple[str, ...]
    families: tuple[int, ...]
    sentence: str


def find_smallest_change(case: Case, child: int, *, with_room: bool) -> SmallestChange | None:
    """Return the change of the fewest rules, then of the least size; None when none helps.

    Only negotiable rules count. with_room: only families where the plan leaves room, since
    opening a family whose place goes to another child helps nobody.
    """
    members = case.members(child, SiblingWish.TOGETHER)
    refused = np.any([refusals_of(case.problem, case.policy, int(m)) for m in members], axis=0)
    rules = [rule for rule in RULES if rule.is_negotiable]
    gaps = _gaps(case, rules, members)
    movable = _movable(case, refused, members, with_room=with_room)
    if not movable.any():
        return None
    best = _lightest(case, rules, gaps, movable)
    # Whoever misses by no more than the best, on no other rule, opens with it.
    opened = np.flatnonzero(movable & (gaps <= gaps[:, [best]]).all(axis=0))
    return _describe(rules, gaps[:, best], opened)


def _gaps(case: Case, rules: list[Rule], members: Ints) -> Floats:
    """Return by how much each family misses each rule, the worst of the members, (rules, m)."""
    families = np.arange(len(case.problem.families), dtype=np.int64)[None, :]
    found = [
        rule.change.gap(case.problem, case.policy, members[:, None], families)
        * rule.refuses(case.problem, case.policy, members[:, None], families)
        for rule in rules
        if rule.change is not None
    ]
    shape = (len(members), families.shape[1])
    return np.array([np.broadcast_to(gap, shape).max(axis=0) for gap in found])


def _movable(case: Case, refused: Bools, members: Ints, *, with_room: bool) -> Bools:
    """Return which families only negotiable rules refuse, shape (m,)."""
    fixed = np.array([not rule.is_negotiable for rule in RULES])
    movable = refused.any(axis=0) & ~refused[fixed].any(axis=0) & case.takes_together(members)
    if with_room:
        movable &= case.room_left() >= len(members)
    return np.asarray(movable)


def _lightest(case: Case, rules: list[Rule], gaps: Floats, movable: Bools) -> int:
    burdens = np.array([rule.change.burden if rule.change else 0.0 for rule in rules])
    weight, homes = burdens @ gaps, case.problem.families
    return min(
        np.flatnonzero(movable).tolist(),
        key=lambda f: (
            int((gaps[:, f] > 0).sum()),
            round(float(weight[f]), 6),
            homes.provider[f],
            homes.reference[f],
        ),
    )


def _describe(rules: list[Rule], gap: Floats, opened: Ints) -> SmallestChange:
    moved = [(rule, float(size)) for rule, size in zip(rules, gap, strict=True) if size > 0]
    clauses = [f"als {rule.change.clause(size)}" for rule, size in moved if rule.change]
    number = len(opened)
    verb = "komt er 1 gezin" if number == 1 else f"komen er {number} gezinnen"
    sentence = f"{enumerate_words(clauses)}, {verb} in beeld."
    return SmallestChange(
        rules=tuple(rule.code for rule, _ in moved),
        families=tuple(opened.tolist()),
        sentence=sentence[0].upper() + sentence[1:],
    )
