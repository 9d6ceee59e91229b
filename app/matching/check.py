"""An independent verifier of a plan: it knows no solver and trusts nothing but the input."""

from collections.abc import Iterator

import numpy as np

from app.kernel.words import FamilyStatus, SiblingWish
from app.matching.check_fixed import check_fixed
from app.matching.check_limits import check_floors, check_limits
from app.matching.goals import Case, ranked_goals
from app.matching.placements import find_pairs, find_split, find_whole_groups, read_placements
from app.matching.plan import Plan, Proof
from app.matching.policy import Policy
from app.matching.problem import Ints, Problem
from app.matching.scored import ScoredPairs

_WISHES = tuple(SiblingWish)
_ACTIVE = tuple(FamilyStatus).index(FamilyStatus.ACTIVE)


def check_plan(problem: Problem, pairs: ScoredPairs, policy: Policy, plan: Plan) -> tuple[str, ...]:
    """Return every violation in the plan as a Dutch sentence; empty when there is none."""
    if not _has_right_form(problem, plan):
        return ("Het plan past niet bij deze kinderen en gezinnen.",)
    case = Case(problem, pairs, policy)
    return (
        *check_families(case, plan.family),
        *_check_split(problem, plan),
        *_goals(case, plan),
        *_floors(case, plan),
    )


def check_families(case: Case, family: Ints) -> tuple[str, ...]:
    """Return the violations in who goes where, shape (n,), apart from what the goals say."""
    problem = case.problem
    return (
        *_pairs(case, family),
        *_hard_facts(problem, family),
        *_siblings(problem, family),
        *_kept_apart(problem, family),
        *check_fixed(case, family),
        *check_limits(case, family),
    )


def _has_right_form(problem: Problem, plan: Plan) -> bool:
    size, homes = len(problem.children), len(problem.families)
    if len(plan.family) != size or len(plan.split) != size:
        return False
    return not size or bool(plan.family.min() >= -1 and plan.family.max() < homes)


def _placed(family: Ints) -> Iterator[tuple[int, int]]:
    return ((int(child), int(family[child])) for child in np.flatnonzero(family >= 0))


def _names(problem: Problem, child: int, home: int) -> str:
    homes = problem.families
    return (
        f"Kind {problem.children.number[child]} in {homes.provider[home]} {homes.reference[home]}"
    )


def _pairs(case: Case, family: Ints) -> Iterator[str]:
    pair, split = find_pairs(case.problem, case.pairs, family), find_split(case.problem, family)
    for child, home in _placed(family):
        name = _names(case.problem, child, home)
        if pair[child] < 0:
            yield f"{name}: dit paar is niet toegestaan."
            continue
        chances = case.pairs.chance_split if split[child] else case.pairs.chance
        if not chances[pair[child]] <= case.policy.max_breakdown:
            yield f"{name}: de breakdownkans ligt boven de grens van het beleid."


def _hard_facts(problem: Problem, family: Ints) -> Iterator[str]:
    """The plainest of the hard rules, once more and straight from the input."""
    kids, homes = problem.children, problem.families
    no = {(int(child), int(home)) for child, home in problem.recorded_no}
    for child, home in _placed(family):
        group = kids.sibling_group[child]
        facts = {
            "het gezin zoekt nu niet": homes.status[home] != _ACTIVE,
            "de aanbieder moet het gezin eerst bevestigen": homes.needs_confirmation[home],
            "het gezin biedt deze vorm niet": not homes.forms[home, kids.care_form[child]],
            "het gezin is er voor een ander kind": homes.for_child[home] not in (-1, child),
            "er is nee gezegd tegen dit paar": (child, home) in no,
            "een mens moet eerst antwoorden": group >= 0 and problem.groups.on_hold[group],
        }
        yield from (
            f"{_names(problem, child, home)}: {fact}." for fact, holds in facts.items() if holds
        )


def _siblings(problem: Problem, family: Ints) -> Iterator[str]:
    waits, begun = ~problem.is_begun(), problem.begun
    for group, code in enumerate(problem.groups.code):
        members = problem.members(group)
        homes = family[members[waits[members]]]
        placed, most = np.unique(homes[homes >= 0], return_counts=True)
        there = begun.family[np.isin(begun.child, members)]
        at_once = most + np.array([np.count_nonzero(there == home) for home in placed], np.int64)
        if np.any((at_once > most) & (at_once > problem.families.max_siblings[placed])):
            yield f"Groep {code}: met wie er al komt, zijn het te veel broers en zussen."
        if len(homes) < 2 or not len(placed):
            continue
        wish = _WISHES[problem.groups.wish[group]]
        if wish is SiblingWish.TOGETHER and most[0] < len(homes):
            yield f"Groep {code} wil samen en is niet samen geplaatst."
        if wish is SiblingWish.APART and most.max() > 1:
            yield f"Groep {code} wil apart en is in één gezin geplaatst."
        if np.any(most > problem.families.max_siblings[placed]):
            yield f"Groep {code}: een gezin krijgt meer broers en zussen dan het samen opneemt."


def _kept_apart(problem: Problem, family: Ints) -> Iterator[str]:
    number = problem.children.number
    for one, other in problem.kept_apart:
        if family[one] >= 0 and family[one] == family[other]:
            yield f"Kinderen {number[one]} en {number[other]} mogen niet in één gezin."


def _check_split(problem: Problem, plan: Plan) -> Iterator[str]:
    wrong = find_split(problem, plan.family) != np.array(plan.split, dtype=np.bool_)
    for child in np.flatnonzero(wrong):
        yield f"Kind {problem.children.number[child]}: het plan zegt ten onrechte (niet) gesplitst."


def _floors(case: Case, plan: Plan) -> Iterator[str]:
    final = {said.code for said in plan.goals if said.value == said.bound}

    def breaks(family: Ints) -> bool:
        return any(check_families(case, family))

    return check_floors(case, plan.family, lambda floor: floor.code in final, breaks)


def _goals(case: Case, plan: Plan) -> Iterator[str]:
    goals = ranked_goals(case.policy)
    if tuple(goal.code for goal in goals) != tuple(goal.code for goal in plan.goals):
        yield "De doelen van het plan zijn niet die van het beleid, in die volgorde."
        return
    placements = read_placements(case.problem, case.pairs, plan.family)
    groups = find_whole_groups(case.problem, plan.family)
    for goal, said in zip(goals, plan.goals, strict=True):
        if goal.in_units(goal.value(case, placements, groups)) != said.value:
            yield f"Doel {goal.code}: de waarde klopt niet met wie waarheen gaat."
        room = (said.bound - said.value) * goal.sense.direction
        if room < 0 or (room > 0 and plan.proof is Proof.OPTIMAL):
            yield f"Doel {goal.code}: de grens past niet bij de waarde en het bewijs."
