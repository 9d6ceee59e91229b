"""The verifier's part on the limits of a policy, counted child by child; it knows no solver."""

from collections import defaultdict
from collections.abc import Callable, Iterator

import numpy as np

from app.matching.floors import Floor
from app.matching.goals import Case
from app.matching.problem import Bools, Ints, Problem
from app.matching.settled import open_bonds


def check_limits(case: Case, family: Ints) -> Iterator[str]:
    """Yield where a plan, shape (n,), proposes a family to more children at once than allowed."""
    most, homes = case.policy.limits.most_new, case.problem.families
    if most is None:
        return
    there = defaultdict(list)
    for child, home in enumerate(family.tolist()):
        if home >= 0:
            there[home].append(child)
    for home, kids in sorted(there.items()):
        if len(kids) > most and not _go_as_one(case.problem, kids):
            name = f"{homes.provider[home]} {homes.reference[home]}"
            yield f"Gezin {name}: {len(kids)} nieuwe kinderen tegelijk; het beleid zegt {most}."


def check_floors(
    case: Case, family: Ints, is_most: Callable[[Floor], bool], breaks: Callable[[Ints], bool]
) -> Iterator[str]:
    """Yield the floors that a plan, shape (n,), says cannot be met although they plainly can.

    is_most: whether the plan says that no plan places more of that group. breaks: whether other
    families of the children, shape (n,), break a rule or a limit. A child of the group that could
    simply be added to the plan is a proof that it says too much.
    """
    for floor in case.policy.limits.floors:
        members = floor.members(case.problem)
        short = floor.asked(case.problem) - int(np.count_nonzero(members & (family >= 0)))
        if short > 0 and is_most(floor):
            for child, home in _could_join(case, family, members):
                joined = family.copy()
                joined[child] = home
                if not breaks(joined):
                    number = case.problem.children.number[child]
                    yield f"Ondergrens '{floor.group}': kind {number} had geplaatst kunnen worden."
                    break


def _could_join(case: Case, family: Ints, members: Bools) -> Iterator[tuple[int, int]]:
    """Yield who of these children has no family, with a family that has a bed left at all."""
    homes, pairs = case.problem.families, case.pairs
    beds = homes.free_places + homes.part_places.sum(axis=1)
    left = beds > np.bincount(family[family >= 0], minlength=len(beds))
    open_ = members[pairs.child] & (family[pairs.child] < 0) & left[pairs.family]
    return zip(pairs.child[open_].tolist(), pairs.family[open_].tolist(), strict=True)


def _go_as_one(problem: Problem, kids: list[int]) -> bool:
    """Return whether these are one whole waiting group, or siblings who may not be parted."""
    group, begun = problem.children.sibling_group, problem.is_begun()
    groups = {int(group[child]) for child in kids}
    if len(groups) > 1 or -1 in groups:
        return False
    waiting = {int(c) for c in problem.members(groups.pop()) if not begun[c]}
    return waiting == set(kids) or _hang_together(problem, kids)


def _hang_together(problem: Problem, kids: list[int]) -> bool:
    reached, bonds = {kids[0]}, [{int(a), int(b)} for a, b in open_bonds(problem)]
    for _ in kids:
        for bond in bonds:
            reached |= bond if bond & reached else set()
    return reached >= set(kids)
