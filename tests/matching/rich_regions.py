"""Small regions full of what people have settled: begun pairs, placed siblings, rhythms, bonds."""

from typing import Any

import numpy as np

from app.kernel.words import RHYTHMS
from app.matching.problem import Problem
from app.matching.risk.factors.siblings import can_be_split
from app.matching.rules import apart, with_siblings
from app.matching.scored import ScoredPairs
from app.matching.settled import is_away
from tests.matching.build import build_problem
from tests.matching.regions import PROVIDERS, WISHES, draw_children, draw_pairs, make_policy

ANY = make_policy("geplaatst")
Row = dict[str, Any]


def draw_rich_region(seed: int, children: int, families: int) -> tuple[Problem, ScoredPairs]:
    rng = np.random.default_rng(seed)
    kids = draw_children(rng, children, families)
    for kid in kids:
        kid["rhythm"] = str(rng.choice(RHYTHMS[:4])) if rng.random() < 0.5 else "voltijd"
    homes = [_draw_home(rng) for _ in range(families)]
    problem = build_problem(
        children=kids,
        families=homes,
        kept_apart=_few(rng, children, 3),
        kept_together=_bonds(rng, kids),
        begun=_draw_begun(rng, children, homes),
        placed_siblings=_draw_placed(rng, children, families),
    )
    return problem, _as_scored(problem, draw_pairs(rng, problem))


def _draw_home(rng: np.random.Generator) -> Row:
    part = {str(r): int(rng.integers(1, 3)) for r in RHYTHMS[1:4] if rng.random() < 0.3}
    return {
        "free_places": int(rng.choice([0, 1, 1, 2])),
        "part_places": part,
        "max_siblings": int(rng.choice([1, 2, 3])),
        "provider": str(rng.choice(PROVIDERS)),
    }


def _few(rng: np.random.Generator, children: int, most: int) -> list[tuple[int, int]]:
    return [tuple(rng.choice(children, 2, replace=False)) for _ in range(rng.integers(0, most))]


def _bonds(rng: np.random.Generator, kids: list[Row]) -> list[tuple[int, int]]:
    return [
        (a, b)
        for a, kid in enumerate(kids)
        for b in range(a)
        if kid["siblings"] and kid["siblings"] == kids[b]["siblings"]
        if kid["siblings"][1] == "samen, tenzij" and rng.random() < 0.4
    ]


def _draw_begun(rng: np.random.Generator, children: int, homes: list[Row]) -> list[Row]:
    """A few begun pairs; those that take a place are never more than a family has whole beds."""
    left, rows = [home["free_places"] for home in homes], []
    for child in rng.choice(children, int(rng.integers(0, min(3, children))), replace=False):
        family = int(rng.integers(len(homes)))
        takes = bool(left[family] > 0 and rng.random() < 0.8)
        left[family] -= takes
        rows.append({"child": int(child), "family": family, "takes_place": takes})
    return rows


def _draw_placed(rng: np.random.Generator, children: int, families: int) -> list[tuple]:
    return [
        (int(rng.integers(children)), int(rng.integers(families)), str(rng.choice(WISHES)))
        for _ in range(rng.integers(0, 3))
    ]


def _as_scored(problem: Problem, pairs: ScoredPairs) -> ScoredPairs:
    """The drawn pairs as the rules and the score leave them beside settled siblings."""
    child, family = pairs.child, pairs.family
    kept = np.ones(len(child), dtype=np.bool_)
    for rule in (apart.RULE, with_siblings.RULE):
        kept &= ~rule.refuses(problem, ANY, child, family)
    child, family, chance = child[kept], family[kept], pairs.chance[kept]
    parted = np.round(np.minimum(chance * 1.1, 1), 6)
    split = np.where(can_be_split(problem)[child], parted, chance)
    whole = np.where(is_away(problem, child, family), split, chance)
    return ScoredPairs(child, family, whole, split, pairs.km[kept])
