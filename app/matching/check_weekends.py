"""The verifier's part on weekends of either kind: it tries every bed and every weekend.

It knows no sums: only which beds a family told to be free when, and when each child may come.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

import numpy as np

from app.kernel.rhythms import SLOTS, slots_of
from app.kernel.words import RHYTHMS, Rhythm
from app.matching.problem import Ints, Problem
from app.matching.weekends import AS_RHYTHM, EVERY, WEEKENDS

Slots = frozenset[Rhythm]
Bed = TypeVar("Bed", bound="int | str | object")


def check_weekends(problem: Problem, family: Ints) -> Iterator[str]:
    """Yield the families in which not every child, shape (n,), has a bed in its weekends."""
    homes = problem.families
    for home in np.unique(family[family >= 0]).tolist():
        here = np.flatnonzero(family == home).tolist()
        asked = [ways_of(problem, child) for child in here]
        if seat_in_weekends(_told_beds(problem, home), asked) is None:
            name = f"{homes.provider[home]} {homes.reference[home]}"
            yield f"Gezin {name}: {len(here)} kinderen passen niet samen in de vrije weekenden."


def ways_of(problem: Problem, child: int) -> tuple[Slots, ...]:
    """Return the ways in which a child may come: in each it takes these slots of one bed."""
    weekends = problem.weekends
    need = AS_RHYTHM if weekends is None else int(weekends.need[child])
    if need == AS_RHYTHM:
        return (slots_of(RHYTHMS[problem.children.rhythm[child]]),)
    if need == EVERY:
        return (frozenset(WEEKENDS),)
    return tuple(frozenset({rhythm}) for rhythm in WEEKENDS)


def seat_in_weekends(
    beds: Mapping[Bed, Slots], asked: Sequence[Sequence[Slots]]
) -> tuple[tuple[Bed, Slots], ...] | None:
    """Return a bed and slots for each, or None when they do not all fit.

    asked: per child the ways in which it may come. The child with the fewest ways goes first, to
    the bed that has least else to offer.
    """
    if not asked:
        return ()
    first = min(range(len(asked)), key=lambda at: (len(asked[at]), -len(asked[at][0])))
    rest = [*asked[:first], *asked[first + 1 :]]
    tried = set()
    for bed in sorted(beds, key=lambda bed: (len(beds[bed]), str(bed))):
        for slots in asked[first]:
            if not slots <= beds[bed] or (beds[bed], slots) in tried:
                continue
            tried.add((beds[bed], slots))
            found = seat_in_weekends({**beds, bed: beds[bed] - slots}, rest)
            if found is not None:
                return (*found[:first], (bed, slots), *found[first:])
    return None


def _told_beds(problem: Problem, home: int) -> dict[int, Slots]:
    """Return the beds of a family as its numbers tell: whole, of both weekends, of one slot."""
    weekends, homes = problem.weekends, problem.families
    both = 0 if weekends is None else int(weekends.both[home])
    found = [SLOTS] * int(homes.free_places[home]) + [frozenset(WEEKENDS)] * both
    for rhythm, number in zip(RHYTHMS[1:], homes.part_places[home].tolist(), strict=True):
        alone = number - both if rhythm in WEEKENDS else number
        found += [slots_of(rhythm)] * alone
    return dict(enumerate(found))
