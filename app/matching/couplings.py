"""What couples the choices: rows of the form sum of coefficient x column <= limit."""

from dataclasses import dataclass

import numpy as np

from app.kernel.words import RHYTHMS, SiblingWish
from app.matching.columns import Columns
from app.matching.joint_choices import siblings_room
from app.matching.problem import Ints, Problem
from app.matching.siblings import Siblings, find_siblings
from app.matching.slots import FULL_TIME


@dataclass(frozen=True, slots=True)
class Couplings:
    """Sparse rows, shape (z,) for row, column and coefficient; limit has shape (rows,).

    child_row: for each column one row in which it has coefficient 1 and the limit is 1.
    """

    row: Ints
    column: Ints
    coefficient: Ints
    limit: Ints
    child_row: Ints


def count_family_rows(columns: Columns) -> int:
    """Return how many rows of places and new children there are: they follow the children's."""
    return len(_place_rows(columns)[3]) + len(_new_rows(columns)[3])


_Block = tuple[Ints, Ints, Ints, Ints]  # row, column, coefficient, limit of its rows


def list_couplings(problem: Problem, columns: Columns) -> Couplings:
    """Return all rows: a child once, places, the policy's limit on new children in one family,
    siblings in one family, children kept apart.
    """
    siblings = find_siblings(problem)
    child = _child_rows(columns)
    blocks = [
        child,
        _place_rows(columns),
        _new_rows(columns),
        _sibling_rows(problem, columns, siblings),
        _kept_apart_rows(problem, columns),
    ]
    offsets = np.cumsum([0] + [len(block[3]) for block in blocks[:-1]])
    first = np.unique(child[1], return_index=True)[1]
    return Couplings(
        row=np.concatenate([block[0] + at for block, at in zip(blocks, offsets, strict=True)]),
        column=np.concatenate([block[1] for block in blocks]),
        coefficient=np.concatenate([block[2] for block in blocks]),
        limit=np.concatenate([block[3] for block in blocks]),
        child_row=child[0][first],
    )


def list_ties(problem: Problem, columns: Columns) -> Couplings:
    """Return only the rows between children: siblings in one family, children kept apart."""
    sibling = _sibling_rows(problem, columns, find_siblings(problem))
    apart = _kept_apart_rows(problem, columns)
    return Couplings(
        row=np.concatenate([sibling[0], apart[0] + len(sibling[3])]),
        column=np.concatenate([sibling[1], apart[1]]),
        coefficient=np.concatenate([sibling[2], apart[2]]),
        limit=np.concatenate([sibling[3], apart[3]]),
        child_row=np.zeros(0, dtype=np.int64),
    )


def _rows_of(key: Ints, column: Ints, coefficient: Ints, limit: Ints) -> _Block:
    """Return one row per key; limit is given per entry. Rows that cannot bind are left out."""
    _, first, row = np.unique(key, return_index=True, return_inverse=True)
    weight = np.bincount(row, coefficient, minlength=len(first))
    binds = weight > limit[first]
    place = np.cumsum(binds) - 1
    kept = binds[row]
    return place[row[kept]], column[kept], coefficient[kept], limit[first[binds]]


def _child_rows(columns: Columns) -> _Block:
    """A child has one family at most. Kept also where it cannot bind: every column has a row."""
    kids, row = np.unique(columns.child, return_inverse=True)
    ones = np.ones(len(row), dtype=np.int64)
    return row, columns.column, ones, np.ones(len(kids), dtype=np.int64)


def _place_rows(columns: Columns) -> _Block:
    """Whole beds, for each rhythm the beds that serve it, and for each set of unlike beds those.

    Only rows that say something more.
    """
    rhythms = columns.use.shape[1]
    number, rhythm = np.nonzero(columns.use)
    family = columns.family[number]
    # Where all come full time and no rhythm is scarcer, the row of the whole beds says it all.
    part = columns.use[number, rhythm] > columns.use[number, FULL_TIME]
    scarcer = columns.room < columns.room[:, [FULL_TIME]]
    scarcer[family[part], rhythm[part]] = True
    kept = (rhythm == FULL_TIME) | scarcer[family, rhythm] | (rhythm >= len(RHYTHMS))
    number, rhythm, family = number[kept], rhythm[kept], family[kept]
    return _rows_of(
        family * rhythms + rhythm,
        number,
        columns.use[number, rhythm],
        columns.room[family, rhythm],
    )


def _new_rows(columns: Columns) -> _Block:
    """So many new children at once in a family; one column of more fills that alone."""
    number = np.arange(len(columns) if columns.most_new else 0)
    limit = np.full(len(number), columns.most_new or 0, dtype=np.int64)
    return _rows_of(columns.family[number], number, columns.new_children()[number], limit)


def _sibling_rows(problem: Problem, columns: Columns, siblings: Siblings) -> _Block:
    """Parts of one group in one family, chosen apart: apart 1, else never all of them."""
    homes = problem.families
    first = np.unique(columns.column, return_index=True)[1]
    child = columns.child[first]
    column = np.flatnonzero((columns.whole_group < 0) & (siblings.of_child[child] >= 0))
    child, family = child[column], columns.family[column]
    group = siblings.of_child[child]
    apart = siblings.has_wish(SiblingWish.APART)[group]
    most = np.where(apart, 1, siblings.size[group] - 1)
    limit = np.minimum(most, siblings_room(problem, child, family))
    return _rows_of(group * len(homes) + family, column, columns.sizes()[column], limit)


def _kept_apart_rows(problem: Problem, columns: Columns) -> _Block:
    """Two children who may not live together: one of them in a family at most."""
    keys, found = [], []
    for number, (one, other) in enumerate(problem.kept_apart):
        at = columns.column[(columns.child == one) | (columns.child == other)]
        found.append(at)
        keys.append(columns.family[at] + number * len(problem.families))
    empty = np.zeros(0, dtype=np.int64)
    column = np.concatenate([empty, *found])
    ones = np.ones_like(column)
    return _rows_of(np.concatenate([empty, *keys]), column, ones, ones)
