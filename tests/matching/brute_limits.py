"""The judge's part on the limits of a policy: counted on the plan, family by family."""

from app.matching.policy import Policy
from app.matching.problem import Problem

Families = tuple[int, ...]


def asks_too_much(problem: Problem, policy: Policy, plan: Families) -> bool:
    """Whether some family gets more children at once than allowed, and not one whole group."""
    most, group = policy.limits.most_new, problem.children.sibling_group
    begun = set(problem.begun.child.tolist())
    for home in set(plan) - {-1}:
        kids = [child for child, family in enumerate(plan) if family == home]
        if most is None or len(kids) <= most:
            continue
        kin = [c for c in range(len(group)) if group[c] == group[kids[0]] and c not in begun]
        is_whole = group[kids[0]] >= 0 and kids == kin
        if not is_whole and not _are_bound(problem, kids):
            return True
    return False


def _are_bound(problem: Problem, kids: list[int]) -> bool:
    begun = set(problem.begun.child.tolist())
    bonds = [set(pair) for pair in problem.kept_together.tolist() if not begun & set(pair)]
    linked = {kids[0]}
    while more := set().union(*(bond for bond in bonds if bond & linked)) - linked:
        linked |= more
    return set(kids) <= linked


def is_hard(problem: Problem, policy: Policy, child: int) -> bool:
    group, kids = policy.limits.hard_group, problem.children
    assert group is not None
    begun, own = set(problem.begun.child.tolist()), kids.sibling_group[child]
    others = [c for c in range(len(kids)) if kids.sibling_group[c] == own and c not in begun]
    age = int((problem.snapshot_day - kids.born_on[child]).astype(int) / 365.25)
    return (
        (group.age_from is not None and age >= group.age_from)
        or (group.severity_from is not None and max(kids.severity[child]) >= group.severity_from)
        or (group.siblings_from is not None and own >= 0 and len(others) >= group.siblings_from)
    )


def missed_floors(problem: Problem, policy: Policy, plan: Families) -> list[int]:
    """How many children too few of the group of each floor."""
    begun, missed = set(problem.begun.child.tolist()), []
    for floor in policy.limits.floors:
        waits = [c for c in range(len(plan)) if c not in begun and _is_in(problem, floor.group, c)]
        wanted = floor.number
        if floor.share is not None:  # the least number that is that share or more
            wanted = next(n for n in range(len(waits) + 1) if n >= floor.share * len(waits) - 1e-9)
        assert wanted is not None
        missed.append(max(0, min(wanted, len(waits)) - sum(plan[c] >= 0 for c in waits)))
    return missed


def _is_in(problem: Problem, group: str, child: int) -> bool:
    kids = problem.children
    if group == "rolstoel":
        return bool(kids.needs_wheelchair[child])
    if group == "12 jaar en ouder":
        return int((problem.snapshot_day - kids.born_on[child]).astype(int)) / 365.25 >= 12
    assert group in {"broers en zussen", "drie of meer samen"}
    begun, own = set(problem.begun.child.tolist()), kids.sibling_group[child]
    kin = [c for c in range(len(kids)) if kids.sibling_group[c] == own and c not in begun]
    return bool(own >= 0) and len(kin) >= (2 if group == "broers en zussen" else 3)


def kept_discount(problem: Problem, policy: Policy, plan: Families) -> int:
    """What published proposals that stay take off the breakdowns, in millionths."""
    rows = zip(problem.published.child.tolist(), problem.published.family.tolist(), strict=True)
    stay = sum(plan[child] == family for child, family in rows)
    return stay * round(policy.limits.move_price * 1_000_000)
