"""Regions for tests of the solver: drawn small ones, and the pairs that go with them."""

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import date
from typing import Any

import numpy as np

from app.kernel.words import SiblingWish
from app.matching.limits import NO_LIMITS, Limits
from app.matching.policy import Policy
from app.matching.problem import Problem, PublishedPairs
from app.matching.scored import ScoredPairs
from app.matching.siblings import find_siblings
from tests.matching.build import build_problem

WISHES = tuple(str(wish) for wish in SiblingWish)
URGENCIES = ("crisis", "spoed", "regulier")
PROVIDERS = ("spirit", "vitree", "youke")


def make_policy(*goals: str, max_breakdown: float = 1.0, limits: Limits = NO_LIMITS) -> Policy:
    return Policy(
        name="proef",
        version="proef",
        valid_from=date(2026, 11, 1),
        goals=goals,
        max_breakdown=max_breakdown,
        leave_within_days=14,
        slack_days=(0, 7, 28),
        text="",
        limits=limits,
    )


MAXIMAAL = make_policy(
    "crisis_geplaatst",
    "spoed_geplaatst",
    "regulier_geplaatst",
    "tenzij_groepen_heel",
    "breakdowns",
)
ZORGVULDIG = make_policy(
    "netwerk_eerst",
    "crisis_geplaatst",
    "moet_weg",
    "groepen_heel",
    "wachtdagen",
    "geplaatst",
    "breakdowns",
    max_breakdown=0.45,
)


PLACED = make_policy("geplaatst", "breakdowns")


def make_pairs(
    cells: Sequence[tuple[int, int]],
    chance: Sequence[float] | float = 0.2,
    *,
    split: Sequence[float] | float | None = None,
    km: Sequence[float] | float = 1.0,
) -> ScoredPairs:
    """Pairs of (child, family); one number stands for all of them."""
    child, family = np.array(cells, dtype=np.int64).reshape(-1, 2).T
    full = np.broadcast_to(np.asarray(chance, dtype=np.float64), len(child))
    apart = full if split is None else np.broadcast_to(np.asarray(split, np.float64), len(child))
    return ScoredPairs(
        child, family, full, apart, np.broadcast_to(np.asarray(km, np.float64), len(child))
    )


def all_pairs(problem: Problem, chance: float = 0.2, **more: Any) -> ScoredPairs:
    """Every child with every family."""
    homes = range(len(problem.families))
    cells = [(child, home) for child in range(len(problem.children)) for home in homes]
    return make_pairs(cells, chance, **more)


def draw_region(seed: int, children: int, families: int) -> tuple[Problem, ScoredPairs]:
    """A region full of ties: few different chances, days, distances; siblings and conflicts."""
    rng = np.random.default_rng(seed)
    kids = draw_children(rng, children, families)
    homes = [
        {
            "free_places": int(rng.choice([0, 1, 1, 2, 3])),
            "max_siblings": int(rng.choice([1, 2, 2, 3])),
            "provider": str(rng.choice(PROVIDERS)),
        }
        for _ in range(families)
    ]
    apart = [tuple(rng.choice(children, 2, replace=False)) for _ in range(rng.integers(0, 3))]
    problem = build_problem(children=kids, families=homes, kept_apart=apart)
    return problem, draw_pairs(rng, problem)


def draw_single_children(seed: int, kids: int, homes: int) -> tuple[Problem, ScoredPairs]:
    """A region of children alone, where a flow knows everything."""
    rng = np.random.default_rng(seed)
    children = [
        {
            "urgency": str(rng.choice(URGENCIES)),
            "registered_on": f"2026-10-{rng.integers(1, 31):02d}",
        }
        for _ in range(kids)
    ]
    families = [{"free_places": int(rng.choice([1, 1, 2]))} for _ in range(homes)]
    problem = build_problem(children=children, families=families)
    return problem, draw_pairs(rng, problem)


def draw_children(rng: np.random.Generator, children: int, families: int) -> list[dict[str, Any]]:
    kids: list[dict[str, Any]] = []
    while len(kids) < children:
        size = int(rng.choice([1, 1, 2, 3]))
        siblings = (f"BZ-{len(kids)}", str(rng.choice(WISHES))) if rng.random() < 0.8 else None
        for _ in range(size if siblings else 1):
            days = int(rng.choice([0, 0, 5, 5, 30]))
            leave = str(np.datetime64("2026-11-01") + int(rng.choice([3, 14, 15])))
            kids.append(
                {
                    "urgency": str(rng.choice(URGENCIES)),
                    "registered_on": str(np.datetime64("2026-11-01") - days),
                    "leave_by": leave if rng.random() < 0.5 else None,
                    "siblings": siblings,
                    "network_family": f"G-{rng.integers(families):04d}",
                    "network_refused": bool(rng.random() < 0.3),
                }
            )
    return kids[:children]


def draw_pairs(rng: np.random.Generator, problem: Problem) -> ScoredPairs:
    shape = (len(problem.children), len(problem.families))
    child, family = np.nonzero(rng.random(shape) < rng.choice([0.5, 0.8]))
    # Fine chances and coarse ones: the coarse ones make many plans equal.
    fine = rng.integers(50_000, 600_000, len(child)) / 1_000_000
    chance = rng.choice([0.1, 0.2, 0.4, 0.46], len(child)) if rng.random() < 0.6 else fine
    unless = find_siblings(problem).children_with_wish(SiblingWish.TOGETHER_UNLESS)
    apart = np.minimum(np.round(chance * rng.choice([1.0, 1.2]), 6), 1.0)
    return ScoredPairs(
        child=child.astype(np.int64),
        family=family.astype(np.int64),
        chance=chance,
        chance_split=np.where(unless[child], apart, chance),
        km=rng.choice([0.0, 0.1, 2.5, np.nan], len(child)),
    )


def shuffle(
    problem: Problem, pairs: ScoredPairs, seed: int
) -> tuple[Problem, ScoredPairs, np.ndarray, np.ndarray]:
    """The same region with its rows in another order; and where each child, family stood."""
    rng = np.random.default_rng(seed)
    kids, homes = rng.permutation(len(problem.children)), rng.permutation(len(problem.families))
    child_at, home_at = np.argsort(kids), np.argsort(homes)
    children = _take(problem.children, kids)
    network = children.network_family
    moved = np.where(network >= 0, home_at[network], network)
    wanted = problem.families.for_child[homes]
    shuffled = replace(
        problem,
        children=replace(children, network_family=moved),
        families=replace(
            _take(problem.families, homes),
            for_child=np.where(wanted >= 0, child_at[wanted], wanted),
        ),
        kept_apart=child_at[problem.kept_apart].reshape(-1, 2),
        published=PublishedPairs(
            child_at[problem.published.child], home_at[problem.published.family]
        ),
    )
    child, family = child_at[pairs.child], home_at[pairs.family]
    order = np.lexsort((family, child))
    moved_pairs = ScoredPairs(
        child[order],
        family[order],
        pairs.chance[order],
        pairs.chance_split[order],
        pairs.km[order],
    )
    return shuffled, moved_pairs, kids, homes


def _take(table: Any, order: np.ndarray) -> Any:
    columns = {
        field.name: (
            tuple(value[i] for i in order)
            if isinstance(value := getattr(table, field.name), tuple)
            else value[order]
        )
        for field in fields(table)
    }
    return type(table)(**columns)
