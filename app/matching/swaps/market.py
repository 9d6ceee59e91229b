"""What all questions to one finished plan share: its choices, their rows and the plan in them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from app.matching.choices import open_choices
from app.matching.columns import Columns, list_columns
from app.matching.couplings import Couplings, count_family_rows, list_couplings
from app.matching.face import Face, first_face
from app.matching.goals import Case, count_worths, ranked_goals
from app.matching.placements import find_whole_groups
from app.matching.policy import Policy
from app.matching.problem import Bools, Ints, Problem
from app.matching.rows import Rows
from app.matching.scored import ScoredPairs
from app.matching.swaps.ladder import SCALE, Ladder, make_ladder


@dataclass(frozen=True, slots=True)
class Market:
    """The choices of a problem and one plan of it, shape (v,) per column unless said otherwise.

    table: per goal, what each column adds; more is better, shape (goals, v). rows, couplings: what
    couples them, face: all plans that keep those; child_row: see Couplings. row_of_child: of each
    child, -1 for none, shape (n,); those rows come first and are so many as kids. chosen: the
    columns of the plan. place_row: the one row of places of each family, -1 where it has none or
    several, shape (m,); use: what each column takes of it. first_child: of each column; bounds:
    where its entries begin and end, shape (v + 1,). rank: where each child and each family comes
    by number and name.
    """

    columns: Columns
    table: Ints
    ladder: Ladder
    couplings: Couplings
    face: Face
    rows: Rows
    child_row: Ints
    row_of_child: Ints
    kids: int
    chosen: Bools
    place_row: Ints
    use: Ints
    first_child: Ints
    bounds: Ints
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

    def loss_of(self, chosen: Bools) -> complex:
        """Return what a plan with these columns loses against the best one, in steps of 1/SCALE."""
        worth = self.ladder.worth
        return SCALE * complex(worth[self.chosen].sum() - worth[chosen].sum())

    def family_of(self, chosen: Bools) -> Ints:
        """Return the family of each child, -1 for none, shape (n,)."""
        family = np.full(len(self.row_of_child), -1, dtype=np.int64)
        at = chosen[self.columns.column]
        family[self.columns.child[at]] = self.columns.family[self.columns.column[at]]
        return family


def open_market(
    problem: Problem, pairs: ScoredPairs, policy: Policy, family: Ints
) -> Market | None:
    """Return the market of a plan, family shape (n,).

    None where there is nothing to choose, or numbers do not fit.
    """
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
    face = first_face(couplings)
    chosen = columns_of(case, columns, family)
    row_of_child = np.full(people, -1, dtype=np.int64)
    kids = np.unique(columns.child)
    row_of_child[kids] = np.arange(len(kids))  # the rows of children come first
    place_row, use = _place_rows(columns, couplings, len(problem.families), len(kids))
    bounds = np.searchsorted(columns.column, np.arange(len(columns) + 1))
    homes = list(zip(problem.families.provider, problem.families.reference, strict=True))
    market = Market(
        columns, np.array(worths), ladder, couplings, face, face.rows,
        couplings.child_row, row_of_child, len(kids), chosen, place_row, use,
        columns.child[bounds[:-1]], bounds, (_rank_of(problem.children.number), _rank_of(homes)),
    )  # fmt: skip
    is_whole = np.array_equal(market.family_of(chosen), family) and market.rows.holds(chosen)
    return market if is_whole else None


def columns_of(case: Case, columns: Columns, family: Ints) -> Bools:
    """Return the columns that bring every child to its family, and nothing else, shape (v,)."""
    goes = family[columns.child] == columns.family[columns.column]
    complete = np.bincount(columns.column, goes, minlength=len(columns)) == columns.sizes()
    whole = np.isin(columns.whole_group, find_whole_groups(case.problem, family))
    covered = np.zeros(len(family), dtype=np.bool_)
    chosen = np.zeros(len(columns), dtype=np.bool_)
    in_group = columns.whole_group >= 0
    for kept in (complete & whole & in_group, complete & ~in_group):
        fresh = kept.copy()
        fresh[columns.column[covered[columns.child]]] = False
        chosen |= fresh
        covered[columns.child[fresh[columns.column]]] = True
    return chosen


def _place_rows(
    columns: Columns, couplings: Couplings, families: int, kids: int
) -> tuple[Ints, Ints]:
    """Return the row of places of each family with exactly one, and what each column takes of it.

    Those rows, of places and of new children, follow the rows of the children.
    """
    number, limits = count_family_rows(columns), len(couplings.limit)
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


def _rank_of(names: Sequence[Any]) -> Ints:
    order = sorted(range(len(names)), key=names.__getitem__)
    rank = np.zeros(len(names), dtype=np.int64)
    rank[order] = np.arange(len(names))
    return rank
