"""The map: every spot inside the picture, distances as the engine takes them, tiles that fit."""

from math import cos, radians
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.screens.proposals.map import HEIGHT, WIDTH, Spot, draw, km_between

TEMPLATE = "https://tegels.example/{z}/{x}/{y}.png"


def area(pc4: str, lat: float, lon: float, quality: str = "exact") -> dict[str, Any]:
    """Return an area as the API writes it."""
    return {"pc4": pc4, "plaats": f"Plaats {pc4}", "gemeente": "G", "breedtegraad": lat,
            "lengtegraad": lon, "kwaliteit": quality}  # fmt: skip


POINTS = st.lists(st.tuples(st.floats(50.8, 53.5), st.floats(3.4, 7.2)), min_size=1, max_size=8)


@given(POINTS)
def test_every_spot_is_inside_the_picture(points: list[tuple[float, float]]) -> None:
    """Wherever in the Netherlands the families are, and however far apart."""
    areas = [area(str(1000 + n), *point) for n, point in enumerate(points)]
    spots = [Spot("gezin", str(n), "g", one["pc4"]) for n, one in enumerate(areas)]
    drawing = draw(spots, {"gebieden": areas, "omgeving": []}, None)
    assert drawing is not None
    places = {(x, y) for _, x, y in drawing.spots}
    assert len(drawing.spots) == len(points)
    for x, y in places:
        # Spots of one area stand beside each other, so some may be a little further.
        assert -1 <= x <= WIDTH + 20 * len(points)
        assert -1 <= y <= HEIGHT + 1


def test_no_area_that_is_known_gives_no_map() -> None:
    """A postcode that the table does not have cannot be drawn."""
    spots = [Spot("huis", "H", "h", "9999")]
    assert draw(spots, {"gebieden": [], "omgeving": []}, None) is None


def test_an_uncertain_area_gives_no_distance() -> None:
    """Only an exact centroid carries a distance; one degree of latitude is some 111 km."""
    found = {"gebieden": [area("1000", 52.0, 5.0), area("2000", 53.0, 5.0),
                          area("3000", 53.0, 5.0, "onzeker")]}  # fmt: skip
    assert km_between("1000", "2000", found) == pytest.approx(111.2, abs=0.1)
    assert km_between("1000", "3000", found) is None
    assert km_between("1000", None, found) is None


@given(POINTS)
def test_tiles_cover_the_whole_picture(points: list[tuple[float, float]]) -> None:
    """No corner without a background, and not so many that a page gets heavy."""
    areas = [area(str(1000 + n), *point) for n, point in enumerate(points)]
    spots = [Spot("gezin", str(n), "g", one["pc4"]) for n, one in enumerate(areas)]
    drawing = draw(spots, {"gebieden": areas, "omgeving": []}, TEMPLATE)
    assert drawing is not None
    assert min(x for _, x, _, _ in drawing.tiles) <= 0
    assert max(x + side for _, x, _, side in drawing.tiles) >= WIDTH
    assert min(y for _, _, y, _ in drawing.tiles) <= 0
    assert max(y + side for _, _, y, side in drawing.tiles) >= HEIGHT
    assert len(drawing.tiles) <= 16
    assert not drawing.names


def test_the_scale_is_true() -> None:
    """So many km as the bar says is so long on the map."""
    areas = [area("1000", 52.0, 5.0), area("2000", 52.0, 5.4)]
    spots = [Spot("huis", "H", "h", "1000"), Spot("gezin", "1", "g", "2000")]
    drawing = draw(spots, {"gebieden": areas, "omgeving": []}, None)
    assert drawing is not None
    (_, left, _), (_, right, _) = drawing.spots
    km = 0.4 * 111.32 * cos(radians(52.0))
    assert drawing.scale[1] / drawing.scale[0] == pytest.approx((right - left) / km, rel=0.01)
