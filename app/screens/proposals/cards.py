"""A proposed family as a card: how it fits in short, the chance as a picture, how fresh it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from app.screens.proposals.about_pair import Pair
from app.screens.proposals.chance import Picture, picture_of
from app.screens.proposals.factors import OF_CHILD, tells_place
from app.screens.proposals.map import Drawing, Spot, draw
from app.screens.proposals.reading import About, Key, key_of, pair_of
from app.screens.proposals.topics import CONCERN, FITS, Point, points_of
from app.screens.words import N_

MOST_SHOWN = 3
ROLES = {
    "alInGang": N_("Al in gang"),
    "voorstel": N_("Eerste keus"),
    "alternatieven": N_("Alternatief"),
    "teBespreken": N_("Te bespreken"),
    "gevraagd": N_("Zelf gekozen"),
}


@dataclass(frozen=True, slots=True)
class Card:
    """One family for the child. mark: its letter on the map. path: its own page."""

    role: str
    mark: str
    option: Mapping[str, Any]
    family: Mapping[str, Any] | None
    provider: str
    pair: Pair
    picture: Picture
    path: str

    @property
    def key(self) -> str:
        """Return the family as it is named in an address."""
        return f"{self.option['aanbieder']}/{self.option['gezin']}"

    @property
    def points(self) -> list[Point]:
        """Return need and offer, point by point."""
        return points_of(self.pair)

    @property
    def fits(self) -> list[str]:
        """Return what speaks most for this family."""
        return self._said(FITS)[:MOST_SHOWN]

    @property
    def concerns(self) -> list[str]:
        """Return what asks most attention with this family."""
        return self._said(CONCERN)[:MOST_SHOWN]

    def _said(self, kind: str) -> list[str]:
        return [
            reason["zin"]
            for reason in self.option["redenen"]
            if reason["soort"] == kind
            and reason["code"] not in OF_CHILD
            and not (self.pair.is_secret and tells_place(reason["code"]))
        ]


def path_of(child_id: str, option: Mapping[str, Any]) -> str:
    """Return the address of one proposal."""
    provider, number = key_of(option)
    return f"/kinderen/{child_id}/voorstellen/{quote(provider)}/{quote(number, safe='')}"


def card_of(
    about: About,
    role: str,
    option: Mapping[str, Any],
    read: tuple[Mapping[Key, Mapping[str, Any]], Mapping[str, Any]],
    *,
    mark: str = "1",
) -> Card:
    """Return the card of an option; read: families by key, and areas."""
    family = read[0].get(key_of(option))
    pair = pair_of(about, family, option["redenen"], read[1])
    path = path_of(about.id, option)
    named = about.named(option)
    return Card(role, mark, option, family, named, pair, picture_of(option), path)


def cards_of(
    about: About, families: Mapping[Key, Mapping[str, Any]], areas: Mapping[str, Any]
) -> list[Card]:
    """Return a card for every family of the run, in its order."""
    return [
        card_of(about, role, option, (families, areas), mark=str(number))
        for number, (role, option) in enumerate(about.options(), start=1)
    ]


def map_of(
    about: About, cards: list[Card], areas: Mapping[str, Any], tiles: str | None
) -> Drawing | None:
    """Return where child, school and families are; nothing at a secret placement."""
    if about.child is None or about.is_secret:
        return None
    _ = about.tongue.say
    spots = [Spot("huis", "H", _(HOME), about.child["postcode"][:4])]
    if about.child["school"]:
        spots.append(Spot("school", "S", _(SCHOOL), about.child["school"]["postcode"][:4]))
    spots += [
        Spot("gezin", card.mark, f"{card.option['gezin']}, {card.provider}",
             card.family["postcode"][:4])
        for card in cards
        if card.family is not None
    ]  # fmt: skip
    return draw(spots, areas, tiles)


HOME, SCHOOL = N_("Huis van het kind"), N_("School")


def codes_on_map(about: About, families: Mapping[Key, Mapping[str, Any]]) -> list[str | None]:
    """Return the areas of child, school and families; none at a secret placement."""
    if about.child is None or about.is_secret:
        return []
    school = about.child["school"] and about.child["school"]["postcode"]
    return [about.child["postcode"], school, *(one["postcode"] for one in families.values())]
