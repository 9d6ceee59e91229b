"""The verifier's part on unlike beds: it tries to give every child a bed of its own, bed by bed.

It knows no kinds of beds and no sums, only what each bed and each child say.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from app.kernel.words import RHYTHMS, FamilyKind
from app.matching.days import last_day, latest_start
from app.matching.goals import Case
from app.matching.policy import Policy
from app.matching.problem import Ints, Problem

_NETWORK = tuple(FamilyKind).index(FamilyKind.NETWORK)
_ALWAYS = frozenset(range(1, len(RHYTHMS)))


@dataclass(frozen=True, slots=True)
class Seat:
    """What one child asks of the beds of one family: the beds that it may have, and when."""

    beds: frozenset[int]
    when: frozenset[int]


def check_beds(case: Case, family: Ints, first: Ints) -> Iterator[str]:
    """Yield the violations in families with unlike beds; family, first: per child, or -1.

    Children who come to a placed sibling (first) may be more than there are beds, but no other
    child then has a bed there; nor where those whom people have begun for do not fit.
    """
    problem, policy, begun = case.problem, case.policy, case.problem.begun
    for home in np.unique(problem.beds.family).tolist():
        others = np.flatnonzero((family == home) & (first != home)).tolist()
        if not others:
            continue
        held = begun.child[begun.takes_place & (begun.family == home)].tolist()
        fixed = [*held, *np.flatnonzero(first == home).tolist()]
        asks = [seat_of(problem, policy, child, home) for child in others]
        name = f"{problem.families.provider[home]} {problem.families.reference[home]}"
        for child, seat in zip(others, asks, strict=True):
            if not seat.beds:
                number = problem.children.number[child]
                yield f"Kind {number} in {name}: geen van de plaatsen past bij vorm en dagen."
        kept = [seat_of(problem, policy, child, home, may_be_any=True) for child in fixed]
        if seat_children(free_beds(problem, home), [*kept, *asks]) is None:
            yield f"Gezin {name}: {len(others)} kinderen passen niet samen op de vrije plaatsen."


def free_beds(problem: Problem, home: int) -> dict[int, frozenset[int]]:
    """Return the beds of a family by position in Beds, with the rhythms in which each is free."""
    rows = np.flatnonzero(problem.beds.family == home).tolist()
    return {at: frozenset(np.flatnonzero(problem.beds.slots[at]) + 1) for at in rows}


def seat_of(
    problem: Problem, policy: Policy, child: int, home: int, *, may_be_any: bool = False
) -> Seat:
    """Return what a child asks of a family; may_be_any: of every bed where none fits its days."""
    kids, homes, beds = problem.children, problem.families, problem.beds
    own = homes.kind[home] == _NETWORK and homes.for_child[home] == child
    latest, last = latest_start(problem, policy)[child], last_day(problem)[child]
    rhythm = int(kids.rhythm[child])
    when = frozenset({rhythm}) if rhythm else _ALWAYS
    every = free_beds(problem, home)
    fits = frozenset(
        at
        for at, slots in every.items()
        if beds.forms[at, kids.care_form[child]] and when <= slots
        if own or not (beds.since[at] > latest or beds.until[at] < last)
    )
    return Seat(frozenset(every) if may_be_any and not fits else fits, when)


def seat_children(beds: dict[int, frozenset[int]], asked: Sequence[Seat]) -> tuple[int, ...] | None:
    """Return a bed for each, or None when they do not all fit; the tightest bed is tried first."""
    if not asked:
        return ()
    hardest = min(range(len(asked)), key=lambda at: (len(asked[at].beds), -len(asked[at].when)))
    seat = asked[hardest]
    rest = [*asked[:hardest], *asked[hardest + 1 :]]
    for bed in sorted(seat.beds, key=lambda at: (len(beds[at]), at)):
        if seat.when <= beds[bed]:
            found = seat_children({**beds, bed: beds[bed] - seat.when}, rest)
            if found is not None:
                return (*found[:hardest], bed, *found[hardest:])
    return None
