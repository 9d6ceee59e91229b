"""Brothers and sisters as columns: groups of who wait, bonds between two, and who is placed."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

import numpy as np

from app.kernel.words import SiblingWish
from app.matching.pairwise import Bonds, Pair, Stated, divide, settle_bonds
from app.matching.problem import Ints, PlacedSiblings, SiblingGroups
from app.models import SiblingGroup
from app.proposals.columns import bools, codes, ints
from app.proposals.rows import MatchRows
from app.proposals.settled_rows import PlacedSibling

WISHES = tuple(SiblingWish)


@dataclass(frozen=True, slots=True)
class Kinship:
    """What a problem holds of siblings. of_child: position in groups or -1, shape (n,).

    questions: pairs of numbers of whom different things are said, or what cannot all be true.
    """

    groups: SiblingGroups
    of_child: Ints
    kept_apart: Ints
    kept_together: Ints
    placed: PlacedSiblings
    questions: tuple[tuple[str, str], ...]


def kinship(rows: MatchRows) -> Kinship:
    """Return the sibling groups of the rows; one without wishes per pair stays as it is."""
    building = _Building({r.number: at for at, (r, _) in enumerate(rows.children)})
    stated = _stated(rows)
    placed: dict[object, list[PlacedSibling]] = defaultdict(list)
    for sibling in rows.settled.placed:
        placed[sibling.group_id].append(sibling)
    waiting: dict[object, list[str]] = defaultdict(list)
    for registration, _ in rows.children:
        waiting[registration.sibling_group_id].append(registration.number)
    homes = {family.id: at for at, (family, _) in enumerate(rows.families)}
    for group in rows.groups:
        building.take(group, waiting[group.id], placed[group.id], stated)
    return building.finish(homes)


def _stated(rows: MatchRows) -> dict[Pair, frozenset[SiblingWish]]:
    found: dict[Pair, frozenset[SiblingWish]] = defaultdict(frozenset)
    for number, other, wish in rows.settled.wishes:
        found[frozenset((number, other))] |= {wish}
    return found


@dataclass(slots=True)
class _Building:
    """The columns as they grow, group by group. position: of each waiting child, by number."""

    position: dict[str, int]
    codes: list[str] = field(default_factory=list)
    wishes: list[SiblingWish] = field(default_factory=list)
    on_hold: list[bool] = field(default_factory=list)
    group: dict[str, int] = field(default_factory=dict)
    apart: list[Pair] = field(default_factory=list)
    together: list[Pair] = field(default_factory=list)
    settled: list[tuple[str, PlacedSibling, SiblingWish]] = field(default_factory=list)
    questions: list[Pair] = field(default_factory=list)

    def take(
        self,
        group: SiblingGroup,
        waiting: Sequence[str],
        placed: Sequence[PlacedSibling],
        stated: Stated,
    ) -> None:
        """Add one group, with what is stated of two of its members."""
        members = [*waiting, *(sibling.number for sibling in placed)]
        inner = {pair: said for pair, said in stated.items() if pair <= set(members)}
        bonds = settle_bonds(members, group.wish, inner)
        if inner and not group.on_hold:
            self._divide(group.code, waiting, bonds)
        else:
            self._add(group.code, waiting, group.wish, on_hold=group.on_hold)
        self.settled += [
            (number, sibling, bonds.wish[frozenset((number, sibling.number))])
            for number in waiting
            for sibling in placed
        ]

    def finish(self, homes: dict[UUID, int]) -> Kinship:
        """Return the columns; homes: position of each family by id."""
        at = self.position
        return Kinship(
            groups=SiblingGroups(
                tuple(self.codes), codes(WISHES, self.wishes), bools(self.on_hold)
            ),
            of_child=ints(self.group.get(number, -1) for number in at),
            kept_apart=self._pairs(self.apart),
            kept_together=self._pairs(self.together),
            placed=PlacedSiblings(
                child=ints(at[number] for number, _, _ in self.settled),
                family=ints(homes[sibling.family_id] for _, sibling, _ in self.settled),
                wish=codes(WISHES, [wish for _, _, wish in self.settled]),
            ),
            questions=tuple(sorted((min(pair), max(pair)) for pair in self.questions)),
        )

    def _divide(self, code: str, waiting: Sequence[str], bonds: Bonds) -> None:
        division = divide(waiting, bonds)
        for number, kin in enumerate(division.kin, start=1):
            self._add(f"{code}/{number}", kin.members, kin.wish, on_hold=kin.on_hold)
        self.apart += division.apart
        self.together += division.together
        self.questions += bonds.questions

    def _add(self, code: str, members: Sequence[str], wish: SiblingWish, *, on_hold: bool) -> None:
        self.group |= dict.fromkeys(members, len(self.codes))
        self.codes.append(code)
        self.wishes.append(wish)
        self.on_hold.append(on_hold)

    def _pairs(self, pairs: Sequence[Pair]) -> Ints:
        found = sorted(sorted(self.position[number] for number in pair) for pair in pairs)
        return np.array(found, dtype=np.int64).reshape(-1, 2)
