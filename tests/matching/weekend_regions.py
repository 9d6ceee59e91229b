"""Small regions of families with weekend places and children who need a breather there."""

from dataclasses import replace

import numpy as np

from app.kernel.words import RHYTHMS
from app.matching.problem import (
    Problem,
    SiblingGroups,
    no_begun_pairs,
    no_pairs,
    no_placed_siblings,
)
from app.matching.scored import ScoredPairs
from app.matching.weekends import Weekends
from tests.matching.regions import draw_pairs
from tests.matching.rich_regions import draw_rich_region

ODD, EVEN = RHYTHMS.index("oneven weekenden"), RHYTHMS.index("even weekenden")
KINDS = ({1, 2, 3, 4}, {ODD, EVEN}, {ODD}, {EVEN}, {1}, {4}, {1, ODD})
NEEDS = (0, ODD, EVEN, "either", "either", "every")
# What each child may take of one bed; the judge's own words.
WAYS = {
    0: [{1, 2, 3, 4}], ODD: [{ODD}], EVEN: [{EVEN}], "either": [{ODD}, {EVEN}],
    "every": [{ODD, EVEN}],
}  # fmt: skip


def draw_weekend_region(
    seed: int, children: int, families: int
) -> tuple[Problem, ScoredPairs, list[list[set[int]]], list[object]]:
    """Return a region with its pairs, the beds of each family, and what each child needs."""
    rng = np.random.default_rng(seed)
    problem, _ = draw_rich_region(seed, children, families)
    beds = [
        [set(KINDS[rng.integers(len(KINDS))]) for _ in range(rng.integers(0, 4))]
        for _ in range(families)
    ]
    needs = [NEEDS[rng.integers(len(NEEDS))] for _ in range(children)]
    alone = np.full(children, -1, dtype=np.int64)
    told = replace(
        problem,
        children=replace(
            problem.children,
            sibling_group=alone,
            rhythm=np.array([n if isinstance(n, int) else ODD for n in needs], dtype=np.int64),
        ),
        groups=SiblingGroups((), np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.bool_)),
        families=replace(problem.families, **_numbers(beds)),
        kept_together=no_pairs(),
        begun=no_begun_pairs(),
        placed_siblings=no_placed_siblings(),
        weekends=Weekends(
            need=np.array([{"either": 1, "every": 2}.get(n, 0) for n in needs], dtype=np.int64),
            both=np.array([sum({ODD, EVEN} == b for b in own) for own in beds], dtype=np.int64),
        ),
    )
    pairs = draw_pairs(rng, told)
    return told, replace(pairs, chance_split=pairs.chance), beds, needs


def _numbers(beds: list[list[set[int]]]) -> dict[str, np.ndarray]:
    whole = [sum(len(bed) == 4 for bed in own) for own in beds]
    part = [[sum(r in b for b in own if len(b) < 4) for r in range(1, 5)] for own in beds]
    return {
        "free_places": np.array(whole, dtype=np.int64),
        "part_places": np.array(part, dtype=np.int64).reshape(len(beds), 4),
    }


def all_seated(beds: list[set[int]], needs: list[object]) -> bool:
    """The judge: whether every child gets a bed in one of its ways, by trying all."""
    if not needs:
        return True
    return any(
        way <= bed and all_seated([*beds[:at], bed - way, *beds[at + 1 :]], needs[1:])
        for at, bed in enumerate(beds)
        for way in WAYS[needs[0]]
    )
