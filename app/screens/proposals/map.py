"""A plain map: centroids of postcode areas as points, with tiles behind them where they are set.

Never a home: an area holds thousands of people. Web Mercator, so that tiles of others fit.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import asinh, cos, log2, pi, radians, tan
from typing import Any

import numpy as np

from app.kernel.postcode import distance_km

WIDTH, HEIGHT, EDGE = 400, 280, 36
# One area alone is shown at the zoom of a town, not of a street.
TILE, DEEPEST = 256, 12
Tile = tuple[str, float, float, float]
EQUATOR_KM = 40075.017
_SCALES = (50, 20, 10, 5, 2, 1, 0.5)
_APART, MOST_NAMES = 95.0, 9


@dataclass(frozen=True, slots=True)
class Spot:
    """Something to point at: kind is huis, school or gezin; mark stands in the point."""

    kind: str
    mark: str
    name: str
    pc4: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """What the template draws, in units of a picture of WIDTH by HEIGHT."""

    spots: list[tuple[Spot, float, float]]
    dots: str
    names: list[tuple[str, float, float]]
    tiles: list[Tile]
    scale: tuple[float, float]


def draw(spots: Sequence[Spot], found: Mapping[str, Any], template: str | None) -> Drawing | None:
    """Return the map of some spots; found: what the API says of their areas; None for no area."""
    areas = {area["pc4"]: area for area in found["gebieden"]}
    known = [spot for spot in spots if spot.pc4 in areas]
    if not known:
        return None
    points = [_world(areas[spot.pc4]) for spot in known]
    size = _size(points)
    left = (min(x for x, _ in points) + max(x for x, _ in points)) / 2 * size - WIDTH / 2
    top = (min(y for _, y in points) + max(y for _, y in points)) / 2 * size - HEIGHT / 2

    def place(point: tuple[float, float]) -> tuple[float, float]:
        return round(point[0] * size - left, 1), round(point[1] * size - top, 1)

    around = [(area["plaats"], *place(_world(area))) for area in found["omgeving"]]
    seen = [one for one in around if 0 < one[1] < WIDTH and 0 < one[2] < HEIGHT]
    middle = sum(areas[spot.pc4]["breedtegraad"] for spot in known) / len(known)
    return Drawing(
        _spread([(spot, *place(point)) for spot, point in zip(known, points, strict=True)]),
        _dots(seen),
        [] if template else _names(seen, [place(point) for point in points]),
        _tiles(template, size, left, top) if template else [],
        _scale(EQUATOR_KM * cos(radians(middle)) / size),
    )


def km_between(one: str | None, other: str | None, found: Mapping[str, Any]) -> float | None:
    """Return the distance in km between two areas; None where one is unknown or uncertain."""
    areas = {area["pc4"]: area for area in found["gebieden"] if area["kwaliteit"] == "exact"}
    if one not in areas or other not in areas:
        return None
    lat, lon = (
        np.array([areas[pc4][name] for pc4 in (one, other)])
        for name in ("breedtegraad", "lengtegraad")
    )
    return float(distance_km(lat[0], lon[0], lat[1], lon[1]))


def _world(area: Mapping[str, Any]) -> tuple[float, float]:
    lat, lon = radians(area["breedtegraad"]), area["lengtegraad"]
    return (lon + 180) / 360, (1 - asinh(tan(lat)) / pi) / 2


def _size(points: Sequence[tuple[float, float]]) -> float:
    """Return how wide the whole world is, so that all points fit within the edges."""
    wide = max(x for x, _ in points) - min(x for x, _ in points)
    high = max(y for _, y in points) - min(y for _, y in points)
    needed = max(wide / (WIDTH - 2 * EDGE), high / (HEIGHT - 2 * EDGE), 1e-9)
    return float(min(TILE * 2**DEEPEST, 1 / needed))


def _spread(spots: list[tuple[Spot, float, float]]) -> list[tuple[Spot, float, float]]:
    """Return spots of one area beside each other, so that none hides another."""
    taken: dict[tuple[float, float], int] = {}
    found = []
    for spot, x, y in spots:
        number = taken[x, y] = taken.get((x, y), -1) + 1
        found.append((spot, x + 20 * number, y))
    return found


def _dots(seen: Sequence[tuple[str, float, float]]) -> str:
    """Return all other areas as one path of points: quicker to write and to draw than each."""
    return "".join(f"M{x:.0f} {y:.0f}h0" for _, x, y in seen)


def _names(
    seen: Sequence[tuple[str, float, float]], spots: Sequence[tuple[float, float]]
) -> list[tuple[str, float, float]]:
    """Return the names of some places, none over another or over a spot."""
    kept: list[tuple[str, float, float]] = []
    for name, x, y in seen:
        inside = 30 < x < WIDTH - 40 and 16 < y < HEIGHT - 34
        is_clear = all(abs(x - a) > 45 or abs(y - b) > 24 for a, b in spots)
        is_new = all(name != n and abs(x - a) + 3 * abs(y - b) > _APART for n, a, b in kept)
        if inside and is_clear and is_new:
            kept.append((name, x, y))
    return kept[:MOST_NAMES]


def _tiles(template: str, size: float, left: float, top: float) -> list[Tile]:
    zoom = max(0, round(log2(size / TILE)))
    side = size / 2**zoom
    across = range(int(left // side), int((left + WIDTH) // side) + 1)
    down = range(int(top // side), int((top + HEIGHT) // side) + 1)
    return [
        (
            template.replace("{z}", str(zoom)).replace("{x}", str(x)).replace("{y}", str(y)),
            round(x * side - left, 1),
            round(y * side - top, 1),
            round(side, 1),
        )
        for x in across
        for y in down
    ]


def _scale(km_per_unit: float) -> tuple[float, float]:
    """Return a round number of km and how long that is on the map."""
    km = next((k for k in _SCALES if k / km_per_unit < WIDTH / 4), _SCALES[-1])
    return km, round(km / km_per_unit, 1)
