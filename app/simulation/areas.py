"""Where people live: real postcode areas around Amsterdam, further out for a larger region."""

import csv
from dataclasses import dataclass
from importlib import resources
from io import StringIO
from typing import TypeVar

import numpy as np

from app.kernel.postcode import distance_km
from app.simulation.dice import Dice

CENTRE = (52.3728, 4.8936)  # Dam, Amsterdam
# No S, so that never SA, SD or SS comes out, which PostNL does not give.
_LETTERS = "ABCDEGHJKLMNPRTVWXZ"
_CITY_KM, _HOME_KM, _FAMILY_KM = 8.0, 20.0, 46.0
_SIZE_OF_THE_CITY_REGION = 1000
_GROWTH = 0.35
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Address:
    """A postcode without a space, with the place and municipality of its area."""

    postcode: str
    place: str
    municipality: str


@dataclass(frozen=True, slots=True)
class Area:
    """A postcode area (four digits) with its place and municipality."""

    code: str
    place: str
    municipality: str


@dataclass(frozen=True, slots=True)
class Areas:
    """Areas by how far they lie: the city, where children live, where families live."""

    city: tuple[Area, ...]
    homes: tuple[Area, ...]
    families: tuple[Area, ...]

    def draw_home(self, dice: Dice) -> Area:
        """Return the area of a child's home: half of them in the city."""
        return dice.pick(self.city if dice.hits(0.4) else self.homes)

    def draw_family(self, dice: Dice) -> Area:
        """Return the area of a foster family: spread wider than the children."""
        return dice.pick(self.city if dice.hits(0.3) else self.families)


def load_areas(size: int) -> Areas:
    """Return the areas for a region of `size` children and families together.

    Source: the postcode table that the project carries (GeoNames, CC BY 4.0).
    """
    table = resources.files("app.reference").joinpath("pc4.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(StringIO(table)))
    lat = np.array([float(row["lat"]) for row in rows])
    lon = np.array([float(row["lon"]) for row in rows])
    km = distance_km(lat, lon, np.array(CENTRE[0]), np.array(CENTRE[1]))
    areas = [
        Area(row["pc4"], row["plaats"], row["gemeente"].removesuffix(" Municipality"))
        for row in rows
    ]
    widening = max(1.0, (size / _SIZE_OF_THE_CITY_REGION) ** _GROWTH)
    rings = (_CITY_KM * widening, _HOME_KM * widening, _FAMILY_KM * widening)
    city, homes, families = (_within(areas, near=km <= ring) for ring in rings)
    return Areas(city, homes, families)


def draw_address(dice: Dice, area: Area) -> Address:
    """Return a made-up postcode in an area."""
    return Address(draw_postcode(dice, area), area.place, area.municipality)


def draw_postcode(dice: Dice, area: Area) -> str:
    """Return a postcode of an area as `1234AB`; the letters need not be in use."""
    return area.code + dice.pick(_LETTERS) + dice.pick(_LETTERS)


def _within(areas: list[T], *, near: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> tuple[T, ...]:
    return tuple(area for area, is_near in zip(areas, near.tolist(), strict=True) if is_near)
