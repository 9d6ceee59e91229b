"""The verifier's part on the limits of a policy, counted child by child; it knows no solver."""

from collections import defaultdict
from collections.abc import Iterator

from app.matching.goals import Case
from app.matching.problem import Ints, Problem
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
