"""Brothers and sisters who should stay together and fit nowhere: what if they were divided."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from app.matching.explain.case import Case
from app.matching.problem import Ints
from app.matching.risk.score import chance_without_siblings
from app.matching.rules.phrases import count_families, enumerate_words

# Ways to divide a group grow fast with its size (4,140 for eight); for a larger group only the
# families of each child are counted.
MOST_DIVIDED = 8
# For each child whose families are all proposed to others: as heavy as one place more.
CONTESTED_BURDEN = 4.0


@dataclass(frozen=True, slots=True)
class Division:
    """A group divided. homes: the fewest families over which every child could go, 0 for none.

    open_to: for each member the positions of the families that it could go to. contested: how
    many members have no family left, because the plan proposes those places to other children.
    """

    homes: int
    open_to: tuple[tuple[int, ...], ...]
    contested: int

    @property
    def contested_weight(self) -> float:
        """Return how heavy it is that other children are proposed for these places."""
        return CONTESTED_BURDEN * self.contested


def find_division(case: Case, members: Ints) -> Division:
    """Return how the group could be divided, and which families each child would then have.

    First with the places that the plan leaves, then with all free places. Families count where
    the chance, without the brothers and sisters, is within the limit of the policy.
    """
    every = np.arange(len(case.problem.families), dtype=np.int64)
    left, free = (
        case.slots.fitting(members[:, None], every[None, :], slots).min(axis=0)
        for slots in (case.slots_left, case.slots.free)
    )
    options = [_open_to(case, members, room) for room in (left, free)]
    contested = sum(not families for families in options[0])
    for room, open_to in zip((left, free), options, strict=True):
        homes = _fewest_homes(case, members, room, open_to)
        if homes:
            return Division(homes, open_to, 0 if room is left else max(contested, 1))
    return Division(0, options[1], contested)


def describe_division(case: Case, members: Ints, division: Division) -> str:
    """Return what dividing would open, and who may decide it."""
    numbers = case.problem.children.number
    options = [
        f"{count_families(len(families))} voor {numbers[member]}"
        for member, families in zip(members.tolist(), division.open_to, strict=True)
    ]
    counts = f"dan komen in beeld: {enumerate_words(options)}."
    if not division.homes:
        return f"Verdelen helpt niet genoeg, en alleen een mens mag dat besluiten; {counts}"
    sentence = (
        f"Verdelen kan over {division.homes} gezinnen, maar alleen als een mens dat besluit en de "
        f"reden vastlegt; {counts}"
    )
    if not division.contested:
        return sentence
    return f"{sentence} Een deel van die plaatsen is nu voorgesteld voor andere kinderen."


def _open_to(case: Case, members: Ints, room: Ints) -> tuple[tuple[int, ...], ...]:
    """Return per member the families with room that may be proposed to it by itself."""
    takes = np.minimum(room, case.problem.families.max_siblings) >= 1
    found = []
    for member in members.tolist():
        families = case.pairs.families_of(member)
        first = int(np.searchsorted(case.pairs.child, member))
        whole = case.scores.scored.chance[first : first + len(families)]
        within = chance_without_siblings(whole, case.scores.weights) <= case.policy.max_breakdown
        found.append(tuple(families[takes[families] & within].tolist()))
    return tuple(found)


def _fewest_homes(
    case: Case, members: Ints, room: Ints, open_to: tuple[tuple[int, ...], ...]
) -> int:
    """Return over how few families all members fit, at least two; 0 when they do not."""
    if not all(open_to) or len(members) > MOST_DIVIDED:
        return 0
    most = np.minimum(room, case.problem.families.max_siblings)
    for homes in range(2, len(members) + 1):
        for blocks in divide(list(range(len(members))), homes):
            takers = [
                set()
                if case.has_kept_apart(members[block])
                else {
                    family
                    for family in set.intersection(*(set(open_to[at]) for at in block))
                    if most[family] >= len(block)
                }
                for block in blocks
            ]
            if _has_homes(takers):
                return homes
    return 0


def divide(items: list[int], number: int) -> Iterator[list[list[int]]]:
    """Yield every way to divide items into so many groups, none of them empty."""
    if not items:
        yield from [[]] if number == 0 else []
        return
    if number < 1:
        return
    first, rest = items[0], items[1:]
    for blocks in divide(rest, number - 1):
        yield [[first], *blocks]
    for blocks in divide(rest, number):
        for at, block in enumerate(blocks):
            yield [*blocks[:at], [first, *block], *blocks[at + 1 :]]


def _has_homes(choices: list[set[int]]) -> bool:
    """Return whether each block can have a family of its own."""
    if not choices:
        return True
    first, *rest = sorted(choices, key=len)
    return any(_has_homes([other - {family} for other in rest]) for family in sorted(first))
