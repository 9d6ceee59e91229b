"""A part of a problem: some children and families, with all that is said of those."""

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any

import numpy as np

from app.matching.problem import BegunPairs, Ints, Problem, SiblingGroups
from app.matching.scored import ScoredPairs


def take_excerpt(problem: Problem, kids: Ints, homes: Ints) -> Problem:
    """Return the problem of these children and families, positions, in this order.

    A table of pairs keeps the rows of which both sides are there. A family for one child that is
    left out is for a child that does not wait here. Not for problems with placed siblings.
    """
    kid, home = _places(kids, len(problem.children)), _places(homes, len(problem.families))
    used = np.unique(problem.children.sibling_group[kids])
    used = used[used >= 0]
    group = _places(used, len(problem.groups))
    children = replace(
        _rows(problem.children, kids),
        sibling_group=group[problem.children.sibling_group[kids]],
        network_family=home[problem.children.network_family[kids]],
    )
    for_child = problem.families.for_child[homes]
    away = np.where(kid[for_child] < 0, -2, kid[for_child])
    families = replace(
        _rows(problem.families, homes), for_child=np.where(for_child < 0, for_child, away)
    )
    return Problem(
        snapshot_day=problem.snapshot_day,
        children=children,
        excluded=_kept(problem.excluded, child=kid),
        groups=_groups(problem.groups, used),
        families=families,
        housemates=_kept(problem.housemates, family=home),
        pets=problem.pets,
        languages=problem.languages,
        faiths=problem.faiths,
        trainings=problem.trainings,
        recorded_no=_pairs(problem.recorded_no, kid, home),
        kept_apart=_pairs(problem.kept_apart, kid, kid),
        kept_together=_pairs(problem.kept_together, kid, kid),
        begun=_begun(problem.begun, kid, home),
        published=_kept(problem.published, child=kid, family=home),
        beds=_kept(problem.beds, family=home),
    )


def excerpt_pairs(
    pairs: ScoredPairs, kids: Ints, homes: Ints, size: tuple[int, int]
) -> ScoredPairs:
    """Return the pairs of these children and families; size: how many there are of each in all."""
    kid, home = _places(kids, size[0]), _places(homes, size[1])
    bounds = np.searchsorted(pairs.child, [kids, kids + 1])  # pairs are sorted by child
    ranges = [np.arange(first, end) for first, end in bounds.T.tolist()]
    at = np.concatenate([np.zeros(0, dtype=np.int64), *ranges])
    at = at[home[pairs.family[at]] >= 0]
    few = pairs.kept(at)
    return replace(few, child=kid[few.child], family=home[few.family])


def _places(kept: Ints, size: int) -> Ints:
    """Return the new position of each old one, -1 for none; position -1 reads the end, also -1."""
    place = np.full(size + 1, -1, dtype=np.int64)
    place[kept] = np.arange(len(kept))
    return place


def _rows(table: Any, kept: Ints) -> Any:
    return replace(table, **{f.name: _take(getattr(table, f.name), kept) for f in fields(table)})


def _take(column: Any, kept: Ints) -> Any:
    return tuple(column[at] for at in kept.tolist()) if isinstance(column, tuple) else column[kept]


def _kept(table: Any, **moved: Ints) -> Any:
    """Return a table without the rows that name somebody who is left out, the others renamed."""
    keep = np.logical_and.reduce([place[getattr(table, n)] >= 0 for n, place in moved.items()])
    rows = np.flatnonzero(keep)
    taken = {f.name: _take(getattr(table, f.name), rows) for f in fields(table)}
    return type(table)(**taken | {n: place[taken[n]] for n, place in moved.items()})


def _groups(groups: SiblingGroups, used: Ints) -> SiblingGroups:
    return SiblingGroups(_take(groups.code, used), groups.wish[used], groups.on_hold[used])


def _pairs(pairs: Ints, one: Ints, other: Ints) -> Ints:
    both = np.stack([one[pairs[:, 0]], other[pairs[:, 1]]], axis=1)
    return np.asarray(both[(both >= 0).all(axis=1)])


def _begun(begun: BegunPairs, kid: Ints, home: Ints) -> BegunPairs:
    kept: BegunPairs = _kept(begun, child=kid)
    return replace(kept, family=home[kept.family])


def members_and(problem: Problem, kids: Sequence[int]) -> set[int]:
    """Return these children and all who are tied to them, however many steps away.

    Tied are brothers and sisters, and who is to be kept apart. A part of a group that stays behind
    would look like a whole group that is together.
    """
    group, apart = problem.children.sibling_group, problem.kept_apart
    found = np.zeros(len(group), dtype=np.bool_)
    found[list(kids)] = True
    reached = 0
    while found.sum() > reached:
        reached = found.sum()
        found |= np.isin(group, group[found & (group >= 0)])
        found[apart[found[apart].any(axis=1)]] = True
    return set(np.flatnonzero(found).tolist())
