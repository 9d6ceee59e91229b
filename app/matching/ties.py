"""The last word between equal plans: the smallest list of child, provider and family."""

from dataclasses import replace

import numpy as np

from app.matching.columns import Columns
from app.matching.face import Face, optimise
from app.matching.problem import Bools, Ints, Problem

_MOST_ORDERS = 1_000_000  # orders that one solve tells apart: far from any rounding


def settle_ties(face: Face, problem: Problem, columns: Columns, seed: int) -> tuple[Face, bool]:
    """Return the face with the smallest list as its only plan, and whether that is proved.

    Lists are compared element by element: children by number, then provider, then reference.
    """
    rank = _family_ranks(problem)
    face, undecided, is_proved = _find_undecided(face, columns, len(problem.children), seed)
    waiting = sorted(np.flatnonzero(undecided), key=lambda c: problem.children.number[c])
    while waiting:
        worth, batch = _worth_of_order(face, columns, waiting, rank)
        best = optimise(face, worth, seed)
        is_proved = is_proved and best.is_proved
        face = _fix(best.face, columns, batch)
        waiting = waiting[len(batch) :]
    return face, is_proved


def _family_ranks(problem: Problem) -> Ints:
    homes = problem.families
    order = sorted(range(len(homes)), key=lambda f: (homes.provider[f], homes.reference[f]))
    rank = np.zeros(len(homes), dtype=np.int64)
    rank[order] = np.arange(len(homes))
    return rank


def _find_undecided(
    face: Face, columns: Columns, children: int, seed: int
) -> tuple[Face, Bools, bool]:
    """Return the face with all children fixed who fare the same in every plan of it, the others,
    and whether that is proved.

    Every solve asks for the plan that differs in most choices of children not seen to differ.
    """
    undecided = np.zeros(children, dtype=np.bool_)
    while True:
        settled = np.flatnonzero(~undecided)
        new = _holds_any(face, columns, settled)
        worth = np.where(face.incumbent, -1, 1) * new
        best = optimise(face, worth.astype(np.int64), seed)
        if not best.is_proved:
            return face, np.ones(children, dtype=np.bool_), False
        differs = _families(best.face, columns, children) != _families(face, columns, children)
        if not np.any(differs & ~undecided):
            return _fix(face, columns, settled), undecided, True
        undecided |= differs


def _families(face: Face, columns: Columns, children: int) -> Ints:
    """Return the family of every child in the incumbent, -1 for none."""
    family = np.full(children, -1, dtype=np.int64)
    chosen = np.isin(columns.column, face.column[face.incumbent])
    family[columns.child[chosen]] = columns.family[columns.column[chosen]]
    return family


def _holds_any(face: Face, columns: Columns, children: Ints) -> Bools:
    """Return which columns of the face place one of these children."""
    found = np.zeros(len(columns), dtype=np.bool_)
    found[columns.column[np.isin(columns.child, children)]] = True
    return found[face.column]


def _fix(face: Face, columns: Columns, children: Ints) -> Face:
    """Return the face in which these children fare as in the incumbent."""
    theirs = _holds_any(face, columns, children)
    tight = np.zeros(len(face.rows.lower), dtype=np.bool_)
    tight[face.child_row[theirs & face.incumbent]] = True
    return face.keep(~theirs | face.incumbent, face.rows.tightened(tight))


def _worth_of_order(
    face: Face, columns: Columns, waiting: list[int], rank: Ints
) -> tuple[Ints, Ints]:
    """Return a worth that puts the first waiting children's families in order, and who they are.

    Each child counts for more than all later ones together; no family at all is its last wish.
    """
    position = np.full(len(columns), -1, dtype=np.int64)
    position[face.column] = np.arange(len(face.column))
    worth = np.zeros(len(face.column), dtype=np.int64)
    steps: list[tuple[Ints, Ints]] = []
    orders = 1
    for child in waiting:
        at = position[columns.column[columns.child == child]]
        at = at[at >= 0]
        _, place = np.unique(-rank[columns.family[face.column[at]]], return_inverse=True)
        choices = int(place.max(initial=-1)) + 2
        if steps and orders * choices > _MOST_ORDERS:
            break
        orders *= choices
        steps.append((at, place + 1))
    factor = 1
    for (at, place), _ in zip(reversed(steps), range(len(steps)), strict=True):
        worth[at] += place * factor
        factor *= int(place.max(initial=0)) + 1
    return worth, np.array(waiting[: len(steps)], dtype=np.int64)
