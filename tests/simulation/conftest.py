"""Regions that several tests look at, drawn once."""

from datetime import date

import pytest

from app.simulation.order import Order, Region
from app.simulation.region import draw_region

DAY = date(2026, 11, 1)


@pytest.fixture(scope="session")
def region() -> Region:
    """Return a region of 300 children and 500 families with ten planted mistakes."""
    return draw_region(Order(300, 500, seed=7, snapshot_day=DAY, mistakes=10))


@pytest.fixture(scope="session", params=[(5, 5), (40, 90), (300, 500)], ids=str)
def any_size(request: pytest.FixtureRequest) -> Region:
    """Return a region without mistakes, small, middle and large in turn."""
    children, families = request.param
    return draw_region(Order(children, families, seed=3, snapshot_day=DAY))
