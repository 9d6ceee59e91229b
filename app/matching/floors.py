"""A floor of a policy: at least so many children of one group placed, wherever that can be."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from math import ceil

import numpy as np

from app.kernel.words import CARE_FORMS, PROBLEMS, CareForm
from app.kernel.words import Problem as Trouble
from app.matching.policy_table import PolicyTable
from app.matching.problem import Bools, Problem
from app.matching.siblings import find_siblings

FLOORS = "ondergrenzen"
_TEENS, _SEVERE = 12, 3
_KEYS = ("groep", "aantal", "deel")
Members = Callable[[Problem], Bools]


@dataclass(frozen=True, slots=True)
class Floor:
    """At least `number` of the waiting children of a group, or this share of them (0 .. 1).

    One of the two is None. group: a name of GROUPS, the groups that the simulation reports on.
    """

    group: str
    number: int | None = None
    share: float | None = None

    @property
    def code(self) -> str:
        """Return the code of the goal that stands for this floor."""
        return f"ondergrens {self.group}"

    @property
    def sentence(self) -> str:
        """Return what is asked, for the user."""
        what = f"{self.number} kinderen"
        if self.share is not None:
            what = f"{100 * self.share:g}% van de kinderen".replace(".", ",")
        return f"Minstens {what} uit de groep '{self.group}' geplaatst, als dat kan"

    def members(self, problem: Problem) -> Bools:
        """Return which children are in the group and wait, shape (n,)."""
        return np.asarray(GROUPS[self.group](problem) & ~problem.is_begun())

    def asked(self, problem: Problem) -> int:
        """Return how many children that is; never more than wait."""
        waiting = int(self.members(problem).sum())
        if self.share is not None:
            return ceil(round(self.share * waiting, 6))
        return min(self.number or 0, waiting)


def _has_form(form: CareForm, problem: Problem) -> Bools:
    return np.asarray(problem.children.care_form == CARE_FORMS.index(form))


def _is_teen(problem: Problem) -> Bools:
    return np.asarray(problem.age_in_years() >= _TEENS)


def _is_severe(problem: Problem) -> Bools:
    column = PROBLEMS.index(Trouble.EXTERNALISING)
    return np.asarray(problem.children.severity[:, column] >= _SEVERE)


def _is_wheelchair(problem: Problem) -> Bools:
    return problem.children.needs_wheelchair


def _has_siblings(least: int, problem: Problem) -> Bools:
    siblings = find_siblings(problem)
    return np.asarray(np.append(siblings.size, 0)[siblings.of_child] >= least)


GROUPS: dict[str, Members] = {
    **{f"vorm {form.value}": partial(_has_form, form) for form in CareForm},
    "12 jaar en ouder": _is_teen,
    "ernstig externaliserend": _is_severe,
    "rolstoel": _is_wheelchair,
    "broers en zussen": partial(_has_siblings, 2),
    "drie of meer samen": partial(_has_siblings, 3),
}


def read_floors(table: PolicyTable) -> tuple[Floor, ...]:
    """Return the floors of a policy file, in their order; raises InputRefused."""
    if not table.has(FLOORS):
        return ()
    floors = tuple(_read_floor(part) for part in table.parts(FLOORS))
    groups = [floor.group for floor in floors]
    for group in groups:
        if groups.count(group) > 1:
            raise table.refuse(f"twee {FLOORS} voor groep '{group}'", "noem elke groep één keer")
    return floors


def _read_floor(part: PolicyTable) -> Floor:
    part.has_only(*_KEYS)
    group = part.word("groep")
    if group not in GROUPS:
        raise part.refuse(f"onbekende groep '{group}'", f"kies uit {', '.join(GROUPS)}")
    if part.has("aantal") == part.has("deel"):
        raise part.refuse(
            f"geen of twee maten bij groep '{group}'", "geef 'aantal' of 'deel', één van de twee"
        )
    if part.has("deel"):
        return Floor(group, share=part.chance("deel"))
    return Floor(group, number=part.number_if_any("aantal", 1, 10_000))
