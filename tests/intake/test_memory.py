"""How much memory reading registrations takes: little more for a longer waiting list."""

import tracemalloc
from pathlib import Path

import pytest

from app.intake.reader import read_registrations, stream_registrations
from app.simulation.order import Order
from app.simulation.region import draw_region
from app.simulation.registrations import write_registrations
from tests.region import DAY

pytestmark = pytest.mark.soak  # tracing every allocation takes long

FEW, MANY = 150, 450
BYTES_A_CHILD = 1_000  # number, group, BSN, digest and place of a line; a registration takes 5 KB


def peak(path: Path, *, at_once: bool) -> int:
    tracemalloc.start()
    try:
        if at_once:
            read_registrations(path, today=DAY)
        else:
            assert sum(1 for _ in stream_registrations(path, today=DAY).registrations())
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_reading_does_not_hold_the_waiting_list(tmp_path: Path):
    """Of each child more, only small keys are more in memory; read at once, it is far more."""
    children = draw_region(Order(MANY, 20, 3, DAY)).children
    files = {count: tmp_path / str(count) for count in (FEW, MANY)}
    for count, path in files.items():
        path.write_bytes(write_registrations(children[:count]))
    grown = {}
    for at_once in (False, True):
        peak(files[FEW], at_once=at_once)
        few, many = (peak(files[count], at_once=at_once) for count in (FEW, MANY))
        grown[at_once] = (many - few) / (MANY - FEW)
    assert grown[False] < BYTES_A_CHILD
    assert grown[True] > 3 * BYTES_A_CHILD
