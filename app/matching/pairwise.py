"""Wishes per pair of brothers and sisters, brought back to groups, bonds and children kept apart.

What is said of a pair goes before what is said of the group. What two say differently of each
other, or what cannot all be true, is a question to a person: those children are held. "Together"
carries over: who stays with a child that must be apart from a third is apart from it too.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from app.kernel.words import SiblingWish

Pair = frozenset[str]
Stated = Mapping[Pair, frozenset[SiblingWish]]


@dataclass(frozen=True, slots=True)
class Bonds:
    """What holds among the members of one group, each named by its number.

    wish: of every pair. held: who waits for the answer to a question. questions: the pairs that
    it is about.
    """

    wish: Mapping[Pair, SiblingWish]
    held: frozenset[str]
    questions: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Kin:
    """Children who wait, as one group of the problem; alone they need none."""

    members: tuple[str, ...]
    wish: SiblingWish
    on_hold: bool


@dataclass(frozen=True, slots=True)
class Division:
    """A group divided into those who may live together, with what holds between two children."""

    kin: tuple[Kin, ...]
    apart: tuple[Pair, ...]
    together: tuple[Pair, ...]


def settle_bonds(members: Sequence[str], default: SiblingWish, stated: Stated) -> Bonds:
    """Return what holds for every pair, by what is stated of it or else of the group."""
    pairs = [frozenset(pair) for pair in combinations(sorted(members), 2)]
    said = {pair: stated.get(pair, frozenset({default})) for pair in pairs}
    unit = _join(members, [pair for pair in pairs if SiblingWish.TOGETHER in said[pair]])
    questions = tuple(
        pair
        for pair in pairs
        if len(said[pair]) > 1
        or (_inside(unit, pair) and SiblingWish.APART in stated.get(pair, ()))
    )
    asked = {unit[member] for pair in questions for member in pair}
    return Bonds(
        wish=_between(pairs, default, stated, unit),
        held=frozenset(member for member in members if unit[member] in asked),
        questions=questions,
    )


def divide(waiting: Sequence[str], bonds: Bonds) -> Division:
    """Return those who wait as groups of the problem; held children apart from the others."""
    free = sorted(set(waiting) - bonds.held)
    near = [p for p, wish in bonds.wish.items() if p <= set(free) and wish is not SiblingWish.APART]
    kin = _join(free, near)
    groups = [tuple(m for m in free if kin[m] == first) for first in sorted(set(kin.values()))]
    inner = {p: w for p, w in bonds.wish.items() if p <= set(free)}
    found = [_kin(group, inner) for group in groups if len(group) > 1]
    if bonds.held:
        held = tuple(sorted(bonds.held & set(waiting)))
        found.append(Kin(held, SiblingWish.TOGETHER_UNLESS, on_hold=True))
    unless = (group for group in found if group.wish is SiblingWish.TOGETHER_UNLESS)
    mixed = {member for group in unless for member in group.members}
    return Division(
        kin=tuple(found),
        apart=_with_wish(inner, SiblingWish.APART),
        together=tuple(p for p in _with_wish(inner, SiblingWish.TOGETHER) if p <= mixed),
    )


def _join(members: Iterable[str], links: Iterable[Pair]) -> dict[str, str]:
    """Return for each member the first of all whom it is linked with."""
    first = {member: member for member in members}
    for link in links:
        low, high = sorted(first[member] for member in link)
        first = {m: low if f == high else f for m, f in first.items()}
    return first


def _inside(unit: Mapping[str, str], pair: Pair) -> bool:
    return len({unit[member] for member in pair}) == 1


def _between(
    pairs: Iterable[Pair], default: SiblingWish, stated: Stated, unit: Mapping[str, str]
) -> dict[Pair, SiblingWish]:
    """Return one wish per pair: the strongest that is stated between those who stay together."""
    told: dict[Pair, set[SiblingWish]] = {}
    for pair, wishes in stated.items():
        if pair <= unit.keys():
            told.setdefault(frozenset(unit[m] for m in pair), set()).update(wishes)
    found = {}
    for pair in pairs:
        between = told.get(frozenset(unit[m] for m in pair), {default})
        apart = SiblingWish.APART if SiblingWish.APART in between else SiblingWish.TOGETHER_UNLESS
        found[pair] = SiblingWish.TOGETHER if _inside(unit, pair) else apart
    return found


def _kin(group: tuple[str, ...], wish: Mapping[Pair, SiblingWish]) -> Kin:
    inner = {wish[frozenset(pair)] for pair in combinations(group, 2)}
    alike = inner == {SiblingWish.TOGETHER}
    return Kin(group, SiblingWish.TOGETHER if alike else SiblingWish.TOGETHER_UNLESS, on_hold=False)


def _with_wish(wishes: Mapping[Pair, SiblingWish], wish: SiblingWish) -> tuple[Pair, ...]:
    return tuple(sorted((p for p, found in wishes.items() if found is wish), key=sorted))
