"""Solving as tests write it: who goes where, as positions of families."""

from collections.abc import Sequence
from typing import Any

from app.matching.plan import Plan
from app.matching.solve import solve
from tests.matching.build import build_problem
from tests.matching.regions import PLACED, all_pairs


def families(plan: Plan) -> tuple[int, ...]:
    return tuple(int(family) for family in plan.family)


def place(
    children: Sequence[dict[str, Any]], homes: Sequence[dict[str, Any]], **more: Any
) -> tuple[int, ...]:
    """Where the children go when every pair is allowed."""
    chance, split = more.pop("chance", 0.2), more.pop("split", None)
    policy = more.pop("policy", PLACED)
    problem = build_problem(children=children, families=homes, **more)
    return families(solve(problem, all_pairs(problem, chance, split=split), policy))
