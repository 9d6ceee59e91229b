"""Makes some rows wrong on purpose, so that a refusal can be shown and tested."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from app.kernel.words import FamilyKind
from app.simulation.dice import Dice
from app.simulation.family import Family, Provider
from app.simulation.order import Mistake

Spoil = Callable[[Family], Family]


def plant_mistakes(
    families: Sequence[Family], count: int, *, seed: int
) -> tuple[tuple[Family, ...], tuple[Mistake, ...]]:
    """Return the families with `count` recruited ones made wrong, and a list of which and how."""
    dice = Dice(seed, "mistakes")
    recruited = [p for p, family in enumerate(families) if family.kind is FamilyKind.RECRUITED]
    rows, planted = list(families), []
    for rank, place in enumerate(sorted(dice.sample(recruited, count))):
        family = rows[place]
        kind, spoil = _choose(family.provider, rank)
        rows[place] = spoil(family)
        planted.append(Mistake(family.provider, family.reference, kind))
    return tuple(rows), tuple(planted)


def _choose(provider: Provider, rank: int) -> tuple[str, Spoil]:
    kinds = list(_SPOILS.items())
    kind, spoil = kinds[rank % len(kinds)]
    if kind == "id" and provider is Provider.WSP:
        # Its two other sheets name the family by number too: without one they would hang loose.
        return kinds[0]
    return kind, spoil


def _no_postcode(family: Family) -> Family:
    return replace(family, address=replace(family.address, postcode="12 AB"))


def _negative_places(family: Family) -> Family:
    return replace(family, offer=replace(family.offer, places_free=-1))


def _ages_reversed(family: Family) -> Family:
    return replace(family, offer=replace(family.offer, min_age=12, max_age=4))


def _no_number(family: Family) -> Family:
    return replace(family, reference="")


def _no_such_day(family: Family) -> Family:
    return replace(family, offer=replace(family.offer, available_from="45-13-2026"))


_SPOILS: Mapping[str, Spoil] = {
    "postcode": _no_postcode,
    "free": _negative_places,
    "age": _ages_reversed,
    "id": _no_number,
    "date": _no_such_day,
}
