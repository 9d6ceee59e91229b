"""What all questions to one finished plan share: its choices, their rows and the plan in them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from app.matching.choices import open_choices
from app.matching.columns import Columns, list_columns
from app.matching.couplings import Couplings, list_couplings
from app.matching.face import first_face
from app.matching.goals import Case, Goal, count_worths, ranked_goals
from app.matching.placements import find_whole_groups
from app.matching.policy import Policy
from app.matching.problem import Bools, Ints, Problem
from app.matching.rows import Rows
from app.matching.scored import ScoredPairs
from app.matching.swaps.ladder import Ladder, make_ladder


@dataclass(frozen=True, slots=True)
class Market:
    """The choices of a problem and one plan of it.

    worths: per goal, what each column adds, shape (v,); more is better. rows, child_row: see
    Couplings. chosen: the columns of the plan, shape (v,). place_row: the one row of places that
    each family has, shape (m,), -1 where it has none or several. use: what each column takes from
    it, shape (v,).
    """

    case: Case
    columns: Columns
    goals: tuple[Goal, ...]
    worths: list[Ints]
    ladder: Ladder
    rows: Rows
    child_row: Ints
    row_of_child: Ints
    kids: int
    chosen: Bools
    place_row: Ints
    use: Ints
    couplings: Couplings
    first_child: Ints
    bounds: Ints
    table: Ints  # (goals, v)
    rank: tuple[Ints, Ints]
    _children: dict[int, list[int]] = field(default_factory=dict)

    def members_of(self, some: Ints) -> tuple[Ints, Ints]:
        """Return the children in some columns: position in some, and child."""
        first, count = self.bounds[some], self.bounds[some + 1] - self.bounds[some]
        member = np.repeat(np.arange(len(some)), count)
        begin = np.cumsum(count) - count
        entry = np.arange(len(member)) - begin[member] + first[member]
        return member, self.columns.child[entry]

    def children_of(self, column: int) -> list[int]:
        """Return the children in a column."""
        if column not in self._children:
            part = self.columns.child[self.bounds[column] : self.bounds[column + 1]]
            self._children[column] = part.tolist()
        return self._children[column]

    def list_of(self, taken: Sequence[int]) -> list[tuple[int, int]]:
        """Return some columns as the list of who goes where, by number of child, name of family."""
        number, name = self.rank
        return sorted(
            (int(number[child]), int(name[self.columns.family[column]]))
            for column in taken
            for child in self.children_of(column)
        )

    def family_of(self, chosen: Bools) -> Ints:
        """Return the family of each child, -1 for none, shape (n,)."""
        family = np.full(len(self.row_of_child), -1, dtype=np.int64)
        at = chosen[self.columns.column]
        family[self.columns.child[at]] = self.columns.family[self.columns.column[at]]
        return family


def open_market(
    problem: Problem, pairs: ScoredPairs, policy: Policy, family: Ints
) -> Market | None:
    """Return the market of a plan, family shape (n,); None where its goals fit no ladder."""
    case = Case(problem, open_choices(problem, pairs, policy), policy)
    columns, goals = list_columns(problem, case.pairs, policy), ranked_goals(policy)
    if not len(columns):
        return None
    worths = count_worths(case, columns, goals)
    people = len(problem.children)
    last = 1 + max(at for at, goal in enumerate(goals) if goal.code in policy.goals)
    ladder = make_ladder(worths[:last], lambda worth: columns.most(worth, people))
    if ladder is None:
        return None
    couplings = list_couplings(problem, columns)
    rows = first_face(couplings).rows
    row_of_child = np.full(people, -1, dtype=np.int64)
    kids = np.unique(columns.child)
    row_of_child[kids] = np.arange(len(kids))  # the rows of children come first
    place_row, use = _place_rows(columns, couplings, len(problem.families), len(kids))
    return Market(
        case, columns, goals, worths, ladder, rows, couplings.child_row, row_of_child, len(kids),
        columns_of(case, columns, family), place_row, use, couplings,
        columns.child[np.searchsorted(columns.column, np.arange(len(columns)))],
        np.searchsorted(columns.column, np.arange(len(columns) + 1)),
        np.array(worths), _ranks(problem),
    )  # fmt: skip


def columns_of(case: Case, columns: Columns, family: Ints) -> Bools:
    """Return the columns that bring every child to its family, and nothing else, shape (v,)."""
    goes = family[columns.child] == columns.family[columns.column]
    complete = np.bincount(columns.column, goes, minlength=len(columns)) == columns.sizes()
    whole = np.isin(columns.whole_group, find_whole_groups(case.problem, family))
    covered = np.zeros(len(family), dtype=np.bool_)
    chosen = np.zeros(len(columns), dtype=np.bool_)
    for kept in (complete & whole & (columns.whole_group >= 0), complete & _is_largest(columns)):
        fresh = kept.copy()
        fresh[columns.column[covered[columns.child]]] = False
        chosen |= fresh
        covered[columns.child[fresh[columns.column]]] = True
    return chosen


def _is_largest(columns: Columns) -> Bools:
    return np.asarray(columns.whole_group < 0)


def _place_rows(
    columns: Columns, couplings: Couplings, families: int, kids: int
) -> tuple[Ints, Ints]:
    """Return the row of places of each family with exactly one, and what each column takes of it.

    Rows of places and of new children are the ones over columns of one family that have more
    than the parts of one group: they follow those of the children.
    """
    number, limits = _count_place_rows(columns), len(couplings.limit)
    is_place = np.zeros(limits, dtype=np.bool_)
    is_place[kids : kids + number] = True
    entry = np.flatnonzero(is_place[couplings.row])
    family = columns.family[couplings.column[entry]]
    row = couplings.row[entry]
    place_row = np.full(families, -1, dtype=np.int64)
    pairs = np.unique(np.column_stack([family, row]), axis=0)
    homes, first, count = np.unique(pairs[:, 0], return_index=True, return_counts=True)
    place_row[homes[count == 1]] = pairs[first[count == 1], 1]
    use = np.zeros(len(columns), dtype=np.int64)
    single = place_row[family] == row
    use[couplings.column[entry[single]]] = couplings.coefficient[entry[single]]
    return place_row, use


def _count_place_rows(columns: Columns) -> int:
    from app.matching.couplings import count_family_rows

    return count_family_rows(columns)


def _ranks(problem: Problem) -> tuple[Ints, Ints]:
    homes = problem.families
    return _rank_of(problem.children.number), _rank_of(
        list(zip(homes.provider, homes.reference, strict=True))
    )


def _rank_of(names: Sequence[Any]) -> Ints:
    order = sorted(range(len(names)), key=names.__getitem__)
    rank = np.zeros(len(names), dtype=np.int64)
    rank[order] = np.arange(len(names))
    return rank
