"""The last word between equal plans: the smallest list of child, provider and family."""

import numpy as np

from app.matching.columns import Columns
from app.matching.face import Face
from app.matching.optimise import optimise
from app.matching.problem import Bools, Ints, Problem

_MOST_ORDERS = 1_000_000  # orders that one solve tells apart: far from any rounding


def settle_ties(face: Face, problem: Problem, columns: Columns, seed: int) -> tuple[Face, bool]:
    """Return the face with the smallest list as its only plan, and whether that is proved.

    Lists are compared element by element: children by number, then provider, then reference.
    """
    rank = _family_ranks(problem)
    face, undecided, is_proved = settle_same(face, columns, len(problem.children), seed)
    waiting = sorted(undecided, key=lambda child: problem.children.number[child])
    while waiting:
        worth, batch = _worth_of_order(face, columns, waiting, rank)
        best = optimise(face, worth, seed)
        is_proved = is_proved and best.is_proved
        face = _keep_families(best.face, columns, batch)
        waiting = waiting[len(batch) :]
    return face, is_proved


def settle_same(face: Face, columns: Columns, children: int, seed: int) -> tuple[Face, Ints, bool]:
    """Return the face with every child fixed that fares the same in all its plans, the children
    that do not, and whether that is proved.

    Every solve asks for the plan that differs in most choices of children not seen to differ.
    """
    undecided = np.zeros(children, dtype=np.bool_)
    while True:
        settled = np.flatnonzero(~undecided)
        worth = np.where(face.incumbent, -1, 1) * _holds_any(face, columns, settled)
        best = optimise(face, worth.astype(np.int64), seed)
        if not best.is_proved:
            return face, np.arange(children), False
        differs = _choices(best.face, columns, children) != _choices(face, columns, children)
        if not np.any(differs & ~undecided):
            return _fix(face, columns, settled), np.flatnonzero(undecided), True
        undecided |= differs


def _family_ranks(problem: Problem) -> Ints:
    homes = problem.families
    order = sorted(range(len(homes)), key=lambda f: (homes.provider[f], homes.reference[f]))
    rank = np.zeros(len(homes), dtype=np.int64)
    rank[order] = np.arange(len(homes))
    return rank


def _choices(face: Face, columns: Columns, children: int) -> Ints:
    """Return the column that places each child in the incumbent, -1 for none."""
    choice = np.full(children, -1, dtype=np.int64)
    chosen = np.isin(columns.column, face.column[face.incumbent])
    choice[columns.child[chosen]] = columns.column[chosen]
    return choice


def _holds_any(face: Face, columns: Columns, children: Ints) -> Bools:
    """Return which columns of the face place one of these children."""
    found = np.zeros(len(columns), dtype=np.bool_)
    found[columns.column[np.isin(columns.child, children)]] = True
    return found[face.column]


def _fix(face: Face, columns: Columns, children: Ints) -> Face:
    """Return the face in which these children have the choice that they have in the incumbent."""
    theirs = _holds_any(face, columns, children)
    tight = np.zeros(len(face.rows.lower), dtype=np.bool_)
    tight[face.child_row[theirs & face.incumbent]] = True
    return face.keep(~theirs | face.incumbent, face.rows.tightened(tight))


def _keep_families(face: Face, columns: Columns, children: Ints) -> Face:
    """Return the face without the columns that bring these children to another family.

    The same family by another column (alone, or with the whole group) is still the same list.
    """
    choice = _choices(face, columns, int(columns.child.max()) + 1)
    family = np.where(choice >= 0, columns.family[choice], -1)
    theirs = np.isin(columns.child, children)
    other = theirs & (columns.family[columns.column] != family[columns.child])
    dropped = np.zeros(len(columns), dtype=np.bool_)
    dropped[columns.column[other]] = True
    return face.keep(~dropped[face.column], face.rows)


def _worth_of_order(
    face: Face, columns: Columns, waiting: list[int], rank: Ints
) -> tuple[Ints, Ints]:
    """Return a worth that puts the first waiting children's families in order, and who they are.

    Each child counts for more than all later ones together; no family at all is its last wish.
    """
    steps: list[tuple[Ints, Ints]] = []
    orders = 1
    for child in waiting:
        at = np.flatnonzero(_holds_any(face, columns, np.array([child])))
        _, place = np.unique(-rank[columns.family[face.column[at]]], return_inverse=True)
        orders *= int(place.max(initial=-1)) + 2
        if steps and orders > _MOST_ORDERS:
            break
        steps.append((at, place + 1))
    return _weighed(steps, len(face.column)), np.array(waiting[: len(steps)], dtype=np.int64)


def _weighed(steps: list[tuple[Ints, Ints]], size: int) -> Ints:
    worth = np.zeros(size, dtype=np.int64)
    factor = 1
    for at, place in reversed(steps):
        worth[at] += place * factor
        factor *= int(place.max(initial=0)) + 1
    return worth
