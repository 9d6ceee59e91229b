"""What if: pin, forbid, hold a place back, add a place, change a fact; the best plan then."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import assert_never

from app.kernel.errors import Conflict
from app.matching.bed_changes import add_beds, hold_back
from app.matching.beds import Beds, tell_families
from app.matching.choices import open_choices
from app.matching.explain.case import Case
from app.matching.explain.reasons import refusals_between
from app.matching.large import is_large
from app.matching.plan import Plan, Proof
from app.matching.problem import Problem
from app.matching.questions.difference import Difference, compare_plans
from app.matching.questions.facts import Value, change_child, change_family
from app.matching.questions.incremental import Incremental, Wanted, refuse_unlike
from app.matching.questions.rescore import rescore
from app.matching.resolve import CannotBeForced, Pair, resolve_with, solve_with
from app.matching.slots import FULL_TIME, open_slots

TOO_LARGE = (
    "Voor zo'n groot gebied wordt hier alleen uitgerekend wat een plaats meer of minder, "
    "vastzetten of uitsluiten doet: vraag na een andere wijziging een nieuwe matchrun aan."
)


@dataclass(frozen=True, slots=True)
class Pin:
    """Bring this child to this family."""

    child: int
    family: int


@dataclass(frozen=True, slots=True)
class Forbid:
    """Never bring this child to this family."""

    child: int
    family: int


@dataclass(frozen=True, slots=True)
class ChangePlaces:
    """So many places more (or, below zero, held back) in a family, of one rhythm (RHYTHMS)."""

    family: int
    number: int
    rhythm: int = FULL_TIME


@dataclass(frozen=True, slots=True)
class ChildFact:
    """Another fact of a child, by its Dutch name."""

    child: int
    name: str
    value: Value


@dataclass(frozen=True, slots=True)
class FamilyFact:
    """Another fact of a family, by its Dutch name."""

    family: int
    name: str
    value: Value


Change = Pin | Forbid | ChangePlaces | ChildFact | FamilyFact


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The best plan after the changes, the match that it belongs to, and the difference."""

    case: Case
    difference: Difference


@dataclass(slots=True)
class _Wish:
    """The changes sorted out: the problem that they lead to, and pairs to force or forbid."""

    problem: Problem
    children: set[int] = field(default_factory=set)
    families: set[int] = field(default_factory=set)
    forced: list[Pair] = field(default_factory=list)
    forbidden: list[Pair] = field(default_factory=list)

    def take(self, change: Change) -> None:
        """Take one change in; raises InputRefused or Conflict."""
        match change:
            case Pin():
                self.forced.append((change.child, change.family))
            case Forbid():
                self.forbidden.append((change.child, change.family))
            case ChangePlaces():
                self.problem = change_places(self.problem, change)
                self.families.add(change.family)
            case ChildFact():
                self.problem = change_child(self.problem, change.child, change.name, change.value)
                self.children.add(change.child)
            case FamilyFact():
                self.problem = change_family(self.problem, change.family, change.name, change.value)
                self.families.add(change.family)
            case _ as never:
                assert_never(never)


def ask_what_if(
    before: Case,
    changes: Sequence[Change],
    shared: Callable[[], Incremental] | None = None,
) -> WhatIf:
    """Return the best plan after the changes beside the plan of the case, which stays as it is.

    As exact as the plan itself; of a large problem an estimate, from what `shared` gives: the
    Incremental of this case where it was made before. Raises InputRefused for a fact that is none,
    and Conflict, with a sentence that names the pair, where no plan can hold what is pinned.
    """
    wish = _Wish(before.problem)
    for change in changes:
        wish.take(change)
    if is_large(before.problem):
        return _ask_incrementally(before, changes, wish, shared)
    case = before
    if wish.children or wish.families:
        pairs, scores = rescore(before, wish.problem, wish.children, wish.families)
        case = replace(before, problem=wish.problem, pairs=pairs, scores=scores)
    _refuse_fixed(case, wish.forced)
    plan = _solve(before, case, wish)
    is_proved = all(made.proof is not Proof.BOUNDED for made in (before.plan, plan))
    numbers = before.problem.children.number
    difference = compare_plans(before.plan, plan, numbers, is_estimate=not is_proved)
    return WhatIf(replace(case, plan=plan), difference)


def _ask_incrementally(
    before: Case, changes: Sequence[Change], wish: _Wish, shared: Callable[[], Incremental] | None
) -> WhatIf:
    """Return what the changes move in a large plan, Conflict for what only a new run can tell."""
    for change in changes:
        if isinstance(change, ChildFact | FamilyFact):
            raise Conflict(TOO_LARGE)
        if isinstance(change, ChangePlaces):
            _refuse_unlike_places(before.problem, change)
    case = replace(before, problem=wish.problem) if wish.families else before
    full = open_slots(before.problem)[:, FULL_TIME] == 0
    opened = {family for family in wish.families if full[family]}
    if opened:  # no pair of theirs was listed
        pairs, scores = rescore(before, wish.problem, set(), opened)
        case = replace(case, pairs=pairs, scores=scores)
    _refuse_fixed(case, wish.forced)
    _refuse_two_homes(case, wish.forced)
    wanted = Wanted(case, sorted(wish.families), wish.forced, wish.forbidden)
    case, difference = (shared() if shared else Incremental(before)).answer(wanted)
    return WhatIf(case, difference)


def _refuse_unlike_places(problem: Problem, change: ChangePlaces) -> None:
    """Raise Conflict for places that no road leads to: of one rhythm, or beside unlike beds."""
    if change.rhythm != FULL_TIME:
        raise Conflict(TOO_LARGE)
    if change.family in problem.beds.family:
        raise refuse_unlike(problem, change.family)


def _solve(before: Case, case: Case, wish: _Wish) -> Plan:
    scored, policy = case.scores.scored, case.policy
    try:
        if case is before:
            return resolve_with(
                case.problem, scored, policy, case.plan, forced=wish.forced,
                forbidden=wish.forbidden,
            )  # fmt: skip
        return solve_with(
            case.problem, scored, policy, seed=before.plan.seed, forced=wish.forced,
            forbidden=wish.forbidden,
        )  # fmt: skip
    except CannotBeForced as error:
        raise _not_together(case, error.pairs) from error


def _not_together(case: Case, pairs: Iterable[Pair]) -> Conflict:
    names = ", ".join(_name(case, pair) for pair in pairs)
    return Conflict(
        f"Geen enkel plan kan dit alles tegelijk bevatten; niet vast te zetten: {names}."
    )


def _refuse_two_homes(case: Case, forced: Sequence[Pair]) -> None:
    """Raise Conflict for a child that is pinned to more families than one."""
    last = dict(forced)
    torn = [pair for pair in forced if last[pair[0]] != pair[1]]
    if torn:
        raise _not_together(case, torn)


def change_places(problem: Problem, change: ChangePlaces) -> Problem:
    """Return the problem with places more or less; Conflict when there are not so many free."""
    if change.family in problem.beds.family:
        return _change_beds(problem, change)
    homes, slot = problem.families, change.rhythm
    whole, part = homes.free_places.copy(), homes.part_places.copy()
    if slot == FULL_TIME:
        whole[change.family] += change.number
    else:
        part[change.family, slot - 1] += change.number
    if whole[change.family] < 0 or part[change.family].min() < 0:
        raise _too_few(problem, change.family)
    return replace(problem, families=replace(homes, free_places=whole, part_places=part))


def _change_beds(problem: Problem, change: ChangePlaces) -> Problem:
    """Return the same of a family with unlike beds: more is open to all that it offers.

    What is held back are the beds that offer most.
    """
    family, rhythm = change.family, change.rhythm
    beds: Beds | None = add_beds(problem, family, max(change.number, 0), rhythm)
    if change.number < 0:
        beds = hold_back(problem.beds, family, -change.number, rhythm)
    if beds is None:
        raise _too_few(problem, family)
    return replace(problem, beds=beds, families=tell_families(problem.families, beds, [family]))


def _too_few(problem: Problem, family: int) -> Conflict:
    homes = problem.families
    return Conflict(
        f"Gezin {homes.reference[family]} van {homes.provider[family]} heeft "
        "niet zo veel vrije plaatsen om achter te houden: kies er minder."
    )


def _refuse_fixed(case: Case, forced: Sequence[Pair]) -> None:
    """Raise Conflict for a pair that a rule refuses or that people decided about already."""
    if not forced:
        return
    begun = case.problem.is_begun()
    allowed = open_choices(case.problem, case.scores.scored, case.policy)
    for child, family in forced:
        name = _name(case, (child, family))
        if begun[child]:
            raise Conflict(
                f"{name}: mensen zijn voor dit kind al met een gezin bezig, en dat ligt vast; "
                "leg eerst een nee vast of beëindig die stap."
            )
        refusals = refusals_between(case, child, family)
        if refusals:
            raise Conflict(f"{name} is niet vast te zetten: {refusals[0].sentence}")
        if not ((allowed.child == child) & (allowed.family == family)).any():
            raise Conflict(
                f"{name} is niet vast te zetten: een broer of zus woont al ergens, en dat gezin "
                "wordt eerst gevraagd."
            )


def _name(case: Case, pair: Pair) -> str:
    child, family = pair
    homes = case.problem.families
    return (
        f"kind {case.problem.children.number[child]} bij {homes.provider[family]} "
        f"{homes.reference[family]}"
    )
