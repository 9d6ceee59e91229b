"""Excluded areas: a distance between centroids, hard only when both are certain."""

import pytest

from app.matching.rules.area import has_uncertain_area
from tests.matching.judge import pair, refusing
from tests.matching.rows import Row

CENTRE: Row = {"area": "1011", "lat": 52.0, "lon": 5.0, "radius_km": 8.0}
KM = 1 / 111.19492664455873  # degrees of latitude


def home(km: float, **more: object) -> Row:
    return {"area": "2000", "lat": 52.0 + km * KM, "lon": 5.0, **more}


@pytest.mark.parametrize(
    ("km", "codes"), [(0.0, {"uitgesloten_gebied"}), (7.99, {"uitgesloten_gebied"}), (8.01, set())]
)
def test_inside_the_radius_is_refused(km: float, codes: set[str]) -> None:
    """The radius decides between two certain centroids."""
    assert refusing(pair({"excluded": [CENTRE]}, home(km))) == codes


def test_another_child_is_not_touched() -> None:
    """A child without excluded areas may live there."""
    assert refusing(pair({}, home(0.0))) == set()


@pytest.mark.parametrize(
    ("area", "family"),
    [({**CENTRE, "certain": False}, home(1.0)), (CENTRE, home(1.0, area_certain=False))],
)
def test_an_uncertain_centroid_is_a_concern_and_not_hard(area: Row, family: Row) -> None:
    """A map that may be 28 km off never refuses, but someone must find out."""
    problem = pair({"excluded": [area]}, family)
    assert refusing(problem) == set()
    assert has_uncertain_area(problem, 0, 0)


def test_an_unknown_place_is_uncertain() -> None:
    """A family whose area is not in the table is a concern."""
    family = {"area": "9999", "lat": None, "lon": None, "area_certain": False}
    problem = pair({"excluded": [CENTRE]}, family)
    assert refusing(problem) == set()
    assert has_uncertain_area(problem, 0, 0)


def test_the_same_area_always_refuses() -> None:
    """The same PC4 needs no map, for a network family either."""
    family = home(0.0, area="1011", area_certain=False, for_child="AM-0000")
    problem = pair({"excluded": [{**CENTRE, "certain": False}]}, family)
    assert refusing(problem) == {"uitgesloten_gebied"}
    assert not has_uncertain_area(problem, 0, 0)


def test_far_beyond_any_error_of_the_map_is_no_concern() -> None:
    """An uncertain centroid at 200 km cannot lie within the radius."""
    problem = pair({"excluded": [CENTRE]}, home(200.0, area_certain=False))
    assert not has_uncertain_area(problem, 0, 0)


def test_each_of_several_areas_counts() -> None:
    """The second area refuses as well as the first."""
    far = {**CENTRE, "area": "3000", "lat": 53.0}
    assert refusing(pair({"excluded": [far, CENTRE]}, home(1.0))) == {"uitgesloten_gebied"}
