"""Small regions of families with unlike beds: forms, rhythms and days that differ bed by bed."""

from dataclasses import replace

import numpy as np

from app.kernel.words import CARE_FORMS, RHYTHMS
from app.matching.beds import Beds, tell_families
from app.matching.pairs import find_pairs_by_rule
from app.matching.policy import Policy
from app.matching.problem import Problem
from app.matching.scored import ScoredPairs
from tests.matching.rich_regions import draw_rich_region

SNAPSHOT = np.datetime64("2026-11-01")
FORMS = CARE_FORMS[:3]


def draw_unlike_region(
    seed: int, children: int, families: int, *, policy: Policy, kinds: int = 2, parts: int = 0
) -> tuple[Problem, ScoredPairs]:
    """Return a region and its pairs by the rules; parts: how many rhythms beside full time."""
    rng = np.random.default_rng(seed)
    problem, pairs = draw_rich_region(seed, children, families)
    kids = problem.children
    kids = replace(
        kids,
        care_form=rng.integers(0, len(FORMS), children),
        rhythm=np.minimum(kids.rhythm, parts),
        expected_months=rng.choice([1.0, 6.0, 24.0, np.nan], children),
        needed_from=SNAPSHOT + rng.choice([0, 0, 20], children).astype("timedelta64[D]"),
    )
    beds = draw_beds(rng, families, kinds=kinds, parts=parts)
    told = tell_families(problem.families, beds, range(families))
    problem = replace(problem, children=kids, beds=beds, families=told)
    return problem, by_the_rules(problem, policy, pairs)


def draw_beds(rng: np.random.Generator, families: int, *, kinds: int, parts: int) -> Beds:
    """Return beds of at most so many kinds in each family."""
    rows = []
    for family in range(families):
        offers = [_draw_kind(rng) for _ in range(rng.integers(1, kinds + 1))]
        for _ in range(rng.integers(0, 4)):
            forms, since, until = offers[rng.integers(len(offers))]
            rows.append((family, forms, _draw_slots(rng, parts), since, until))
    table = list(zip(*rows, strict=True)) if rows else [[], [], [], [], []]
    return Beds(
        np.array(table[0], dtype=np.int64),
        np.array(table[1], dtype=np.bool_).reshape(len(rows), len(CARE_FORMS)),
        np.array(table[2], dtype=np.bool_).reshape(len(rows), len(RHYTHMS) - 1),
        np.array(table[3], dtype="datetime64[D]"),
        np.array(table[4], dtype="datetime64[D]"),
    )


def _draw_kind(rng: np.random.Generator) -> tuple[list[bool], str, str]:
    forms = [bool(rng.random() < 0.6) for _ in CARE_FORMS]
    since = str(rng.choice(["NaT", "NaT", "2026-11-05", "2026-12-01"]))
    until = str(rng.choice(["NaT", "NaT", "2026-12-15", "2027-06-30"]))
    return forms, since, until


def _draw_slots(rng: np.random.Generator, parts: int) -> list[bool]:
    if not parts or rng.random() < 0.6:
        return [True] * 4
    free = rng.random(4) < 0.5
    free[rng.integers(4)] = True
    return [bool(slot) for slot in free]


def by_the_rules(problem: Problem, policy: Policy, pairs: ScoredPairs) -> ScoredPairs:
    allowed = find_pairs_by_rule(problem, policy)
    size = len(problem.families)
    kept = np.isin(pairs.child * size + pairs.family, allowed.child * size + allowed.family)
    return pairs.kept(kept)
