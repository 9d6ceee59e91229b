"""A drawn region as a problem is the problem that the service assembles from the same region."""

from dataclasses import fields, is_dataclass
from pathlib import Path

import numpy as np

from app.matching.problem import Housemates
from app.simulation.folder import write_region
from app.simulation.history import Points
from app.simulation.order import Order
from app.simulation.region import draw_region
from app.simulation.year.as_problem import as_problem
from benchmarks.heldout import read_problem
from tests.simulation.conftest import DAY


def test_it_is_the_problem_of_the_service_column_by_column(tmp_path: Path) -> None:
    region = draw_region(Order(60, 110, seed=4, snapshot_day=DAY))
    write_region(region, tmp_path / "regio")
    assert_same(
        read_problem(tmp_path / "regio"),
        as_problem(region.children, region.families, DAY, points=Points.load()),
        "Problem",
    )


def rows(table: Housemates) -> list[tuple[object, ...]]:
    return sorted(zip(*(getattr(table, name).tolist() for name in table.__slots__), strict=True))


def assert_same(told: object, made: object, name: str) -> None:
    if isinstance(told, Housemates):  # of one home and year the rows come in any order
        assert rows(told) == rows(made), name
    elif is_dataclass(told):
        for field in fields(told):
            inner = getattr(told, field.name), getattr(made, field.name)
            assert_same(*inner, f"{name}.{field.name}")
    elif isinstance(told, np.ndarray):
        np.testing.assert_array_equal(told, made, err_msg=name)
    else:
        assert told == made, name
