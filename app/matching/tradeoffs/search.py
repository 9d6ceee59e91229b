"""The fewest expected breakdowns for at least so many placed children, solved exactly."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from app.matching.check import check_families
from app.matching.columns import Columns
from app.matching.couplings import list_couplings
from app.matching.face import Face, first_face
from app.matching.goals import CHANCE_STEPS, GOALS, Case
from app.matching.optimise import optimise
from app.matching.policy_table import GoalCode
from app.matching.problem import Bools, Ints, Problem
from app.matching.ranked import families_of
from app.matching.siblings import find_siblings
from app.matching.solve import PlanRefused
from app.matching.tradeoffs.asked import Asked


@dataclass(frozen=True, slots=True)
class Safest:
    """Of all plans that place so many children or more: the fewest breakdowns, in steps.

    bound: no such plan has fewer; equal to breakdowns where that is proved.
    """

    placed: int
    breakdowns: int
    bound: int


@dataclass(frozen=True, slots=True)
class Search:
    """All plans that keep every rule and limit, whatever the goals."""

    case: Case
    columns: Columns
    seed: int

    def place_most(self, family: Ints) -> tuple[int, Face]:
        """Return how many children can be placed at most, and all plans, with one that does.

        family: of a plan to begin with, shape (n,).
        """
        face = first_face(list_couplings(self.case.problem, self.columns))
        known = columns_of(self.case.problem, self.columns, family)
        face = face.improve(self.columns.sizes(), known)
        best = optimise(face, self.columns.sizes(), self.seed)
        chosen = np.zeros(len(self.columns), dtype=np.bool_)
        chosen[best.face.column[best.face.incumbent]] = True
        return best.value, replace(face, incumbent=chosen)

    def descend(self, face: Face, numbers: range) -> Iterator[Safest]:
        """Yield the safest plans for these numbers of children, the most first.

        face: all plans, with one that places the most that can be placed. Raises PlanRefused when
        a plan does not pass the checker.
        """
        count = self.columns.sizes()
        safety = -GOALS[GoalCode.BREAKDOWNS].coefficients(self.case, self.columns)
        most = int(count[face.incumbent].sum())
        asked = Asked(face, count, safety, self.seed)
        above = [numbers.start + 1] if numbers.start < most else []
        around = sorted({*above, *numbers, max(numbers[-1] - 1, 0)}, reverse=True)
        bound = {number: asked.relax(number) for number in around}
        for number in numbers:
            found = asked.safest(number, _price(bound, number))
            self._check(asked.face.incumbent, number)
            yield Safest(number, -found.value, -found.bound)

    def _check(self, chosen: Bools, number: int) -> None:
        family = families_of(self.case, self.columns, np.flatnonzero(chosen))
        faults = check_families(self.case, family)
        if faults or np.count_nonzero(family >= 0) < number:
            raise PlanRefused(" ".join(faults))


def _price(bound: dict[int, int], number: int) -> int:
    """Return a price of one child at which placing this number is best, if any price does that.

    bound: the most safety per number, of a relaxation.
    """
    least = bound[max(number - 1, 0)] - bound[number]
    most = bound[number] - bound[number + 1] if number + 1 in bound else 2 * least + CHANCE_STEPS
    return (least + most) // 2


def columns_of(problem: Problem, columns: Columns, family: Ints) -> Bools:
    """Return the columns that a plan, shape (n,), is made of: whole groups as a whole."""
    there = family[columns.child] == columns.family[columns.column]
    chosen = np.bincount(columns.column, ~there, minlength=len(columns)) == 0
    of_child = find_siblings(problem).of_child
    whole = np.isin(of_child, columns.whole_group[chosen & (columns.whole_group >= 0)])
    part = np.zeros(len(columns), dtype=np.bool_)
    part[columns.column[whole[columns.child]]] = True
    return np.asarray(chosen & ~(part & (columns.whole_group < 0)))
