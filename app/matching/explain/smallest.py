"""The smallest change for an unplaced child: its group as a whole, divided, or by itself."""

from dataclasses import replace

import numpy as np

from app.kernel.words import SiblingWish
from app.matching.explain.case import Case
from app.matching.explain.change import SmallestChange, find_change
from app.matching.explain.division import describe_division, find_division
from app.matching.problem import Ints
from app.matching.rules.on_hold import is_on_hold

DIVIDED = "broers_zussen_samen"
# How heavy each family more is for siblings who should stay together: above one place more in a
# family (4), as a judgement. A person decides; this only says which change is named first.
DIVIDING_BURDEN = 5.0


def find_smallest_change(case: Case, child: int) -> SmallestChange | None:
    """Return the change that helps an unplaced child most easily; None only without families.

    A group `samen` counts as one and is compared with dividing it. While a question about the
    group is open the wish is not certain, so its children are looked at one by one.
    """
    if not len(case.problem.families):
        return None
    alone = np.array([child], dtype=np.int64)
    if is_on_hold(case.problem)[child]:
        change = find_change(case, alone)
        more = "Of de broers en zussen samen moeten wonen, telt daarin nog niet mee."
        return replace(change, sentence=f"{change.sentence} {more}")
    members = case.members(child, SiblingWish.TOGETHER)
    together = find_change(case, members)
    return together if len(members) < 2 else _compare(case, child, members, together)


def _compare(case: Case, child: int, members: Ints, together: SmallestChange) -> SmallestChange:
    """Return the lighter of one family for all of them and dividing them, and name the other."""
    division = find_division(case, members)
    divided = describe_division(case, members, division)
    weight = DIVIDING_BURDEN * (division.homes - 1) + division.contested_weight
    if not division.homes or (together.is_negotiable and together.weight <= weight):
        return replace(together, sentence=f"{together.sentence} {divided}")
    return SmallestChange(
        rules=(DIVIDED,),
        families=division.open_to[members.tolist().index(child)],
        sentence=f"{divided} Samen: {together.sentence[0].lower()}{together.sentence[1:]}",
        is_negotiable=True,
        weight=weight,
    )
