"""Draws problems of any size with their scored pairs: what a country could look like, nobody real.

Chances come from a made-up mix of child, family, distance and luck: good for timing a solver,
and for nothing else.
"""

from dataclasses import fields
from typing import Any

import numpy as np

from app.kernel.words import CARE_FORMS, PROBLEMS, RHYTHMS, URGENCIES, SiblingWish
from app.matching.problem import (
    Bools,
    Children,
    ExcludedAreas,
    Families,
    Floats,
    Housemates,
    Ints,
    Problem,
    SiblingGroups,
)
from app.matching.scored import ScoredPairs

TODAY = np.datetime64("2026-11-01", "D")
FAMILIES_PER_CHILD = 0.65
PLACES = (0.05, 0.45, 0.30, 0.15, 0.05)  # shares of families with 0 .. 4 free places
KINDS, KINDS_TAKEN = 8, 3  # of children; and how many of those a family takes
IN_GROUPS = 0.18  # share of children with waiting brothers or sisters
WISHES = (0.35, 0.50, 0.15)
URGENT = (0.14, 0.36, 0.50)
CHUNK = 500


def draw_problem(children: int, candidates: int, seed: int) -> tuple[Problem, ScoredPairs]:
    """Return so many children, two families for every three, and the nearest fitting candidates."""
    rng = np.random.default_rng(seed)
    group, wish = draw_groups(rng, children)
    like = np.where(group >= 0, _first_of(group)[group], np.arange(children))
    homes = round(children * FAMILIES_PER_CHILD)
    problem = Problem(
        snapshot_day=TODAY,
        children=_children(rng, like, group),
        excluded=_empty(ExcludedAreas),
        groups=SiblingGroups(
            code=tuple(f"BZ-{number:05d}" for number in range(len(wish))),
            wish=wish,
            on_hold=np.zeros(len(wish), dtype=np.bool_),
        ),
        families=_families(rng, homes),
        housemates=_empty(Housemates),
        pets=(),
        languages=(),
        faiths=(),
        trainings=(),
        recorded_no=np.zeros((0, 2), dtype=np.int64),
        kept_apart=_draw_apart(rng, children),
    )
    return problem, _draw_pairs(rng, problem, like, candidates)


def draw_groups(rng: np.random.Generator, children: int) -> tuple[Ints, Ints]:
    """Return the sibling group of each child, -1 for none, and the wish of each group."""
    sizes = rng.choice([2, 3], size=max(1, int(children * IN_GROUPS / 2.2)), p=[0.8, 0.2])
    member = np.repeat(np.arange(len(sizes)), sizes)[:children]
    group = np.full(children, -1, dtype=np.int64)
    group[: len(member)] = member
    wish = rng.choice(len(SiblingWish), size=len(sizes), p=WISHES).astype(np.int64)
    return group, wish


def _first_of(group: Ints) -> Ints:
    return np.searchsorted(group[group >= 0], np.arange(group.max() + 1))


def _draw_apart(rng: np.random.Generator, children: int) -> Ints:
    found = rng.integers(0, children, size=(children // 500, 2))
    return found[found[:, 0] != found[:, 1]].astype(np.int64)


def _children(rng: np.random.Generator, like: Ints, group: Ints) -> Children:
    size = len(like)
    waited = rng.integers(0, 200, size).astype("timedelta64[D]")
    drawn: dict[str, Any] = {
        "number": tuple(f"AM-{number:06d}" for number in range(size)),
        "urgency": rng.choice(len(URGENCIES), size=size, p=URGENT).astype(np.int64)[like],
        "registered_on": (TODAY - waited)[like],
        "lat": rng.normal(52.3, 0.5, size)[like],
        "lon": rng.normal(5.3, 0.7, size)[like],
        "sibling_group": group,
        "severity": np.zeros((size, len(PROBLEMS)), dtype=np.int64),
        "network_family": np.full(size, -1, dtype=np.int64),
    }
    return Children(**{**_plain(Children, size), **drawn})


def _families(rng: np.random.Generator, size: int) -> Families:
    drawn: dict[str, Any] = {
        "provider": ("spirit",) * size,
        "reference": tuple(f"SPI-{number:06d}" for number in range(size)),
        "lat": rng.normal(52.3, 0.5, size),
        "lon": rng.normal(5.3, 0.7, size),
        "forms": np.ones((size, len(CARE_FORMS)), dtype=np.bool_),
        "free_places": rng.choice(len(PLACES), size=size, p=PLACES).astype(np.int64),
        "max_siblings": rng.choice([1, 2, 3], size=size, p=[0.3, 0.5, 0.2]).astype(np.int64),
        "willingness": np.ones((size, len(PROBLEMS)), dtype=np.int64),
        "for_child": np.full(size, -1, dtype=np.int64),
    }
    return Families(**{**_plain(Families, size), **drawn})


_WORDS = ("area", "number", "provider", "reference")
_TABLES = ("allergies", "languages", "trainings", "pets")
_DAYS = (
    "born_on",
    "registered_on",
    "needed_from",
    "leave_by",
    "available_from",
    "available_until",
    "clearance_until",
)


def _plain(table: type[Any], size: int) -> dict[str, Any]:
    """Return a column of nothing in particular for every field."""
    return {field.name: _column(field.name, field.type, size) for field in fields(table)}


def _column(name: str, kind: object, size: int) -> Any:
    if name in _WORDS:
        return ("",) * size
    if name in _TABLES:
        return np.zeros((size, 0), dtype=np.bool_)
    if name == "part_places":
        return np.zeros((size, len(RHYTHMS) - 1), dtype=np.int64)
    if name in _DAYS:
        return np.full(size, TODAY)
    if kind == Bools:  # a rule masks with them: whole numbers would not do
        return np.zeros(size, dtype=np.bool_)
    return np.zeros(size, dtype=np.float64 if kind == Floats else np.int64)


def _empty(table: type[Any]) -> Any:
    return table(**_plain(table, 0))


def _draw_pairs(
    rng: np.random.Generator, problem: Problem, like: Ints, candidates: int
) -> ScoredPairs:
    kids, homes = problem.children, problem.families
    kind = rng.integers(0, KINDS, len(kids))[like]
    taken = np.argsort(rng.random((len(homes), KINDS)), axis=1) < KINDS_TAKEN
    child, family, km = [], [], []
    for first in range(0, len(kids), CHUNK):
        at = np.arange(first, min(first + CHUNK, len(kids)))
        far = _distances(problem, at)
        far[~taken[:, kind[at]].T] = np.inf
        near = np.sort(np.argpartition(far, candidates, axis=1)[:, :candidates], axis=1)
        found = np.take_along_axis(far, near, axis=1)
        fits = np.isfinite(found)
        child.append(np.repeat(at, fits.sum(axis=1)))
        family.append(near[fits])
        km.append(found[fits])
    pair_child, pair_family = np.concatenate(child), np.concatenate(family)
    distance = np.round(np.concatenate(km), 1)
    chance = _chances(rng, problem, (pair_child, pair_family, distance))
    return ScoredPairs(
        pair_child, pair_family, chance, _chances_split(problem, pair_child, chance), distance
    )


def _distances(problem: Problem, at: Ints) -> Floats:
    kids, homes = problem.children, problem.families
    north = (kids.lat[at][:, None] - homes.lat[None, :]) * 111.2
    east = (kids.lon[at][:, None] - homes.lon[None, :]) * 68.0
    return np.hypot(north, east)


def _chances(
    rng: np.random.Generator, problem: Problem, pairs: tuple[Ints, Ints, Floats]
) -> Floats:
    child, family, km = pairs
    odds = (
        -1.9
        + rng.normal(0, 0.6, len(problem.children))[child]
        + rng.normal(0, 0.4, len(problem.families))[family]
        + rng.normal(0, 0.5, len(child))
        + 0.01 * km
    )
    return np.round(1 / (1 + np.exp(-odds)), 6)


def _chances_split(problem: Problem, child: Ints, chance: Floats) -> Floats:
    group = problem.children.sibling_group
    unless = list(SiblingWish).index(SiblingWish.TOGETHER_UNLESS)
    wants = (group >= 0) & (problem.groups.wish[group] == unless)
    return np.where(wants[child], np.round(np.minimum(chance * 1.15, 1.0), 6), chance)
