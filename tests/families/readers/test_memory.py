"""How much memory reading takes: it does not grow with the export, but for numbers and the like."""

import tracemalloc
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from app.families.readers import read_export, stream_export
from app.kernel import file_runs
from app.simulation.family import Family
from app.simulation.leger_des_heils import write_leger_des_heils
from app.simulation.order import Order
from app.simulation.region import draw_region
from app.simulation.spirit import write_spirit
from app.simulation.vitree import write_vitree
from app.simulation.wsp import write_wsp
from app.simulation.youke import write_youke
from tests.region import DAY

pytestmark = pytest.mark.soak  # tracing every allocation takes long

WRITERS: dict[str, Callable[[Sequence[Family]], bytes]] = {
    "spirit": write_spirit,
    "youke": write_youke,
    "wsp": write_wsp,
    "leger-des-heils": write_leger_des_heils,
    "vitree": lambda families: write_vitree(families, DAY),
}
FEW, MANY = 200, 600
# A record takes some 2 KB. What is held of one: its number, row and digest, and in Excel the texts
# that a workbook shares between its cells.
BYTES_A_FAMILY = 800


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the window on a file as small as the files here are: it does not grow with them."""
    monkeypatch.setattr(file_runs, "MAX_RUN_BYTES", 2**14)


@pytest.fixture(scope="module")
def families() -> list[Family]:
    return list(draw_region(Order(10, MANY, 3, DAY)).families)


def peak(read: Callable[[], object]) -> int:
    tracemalloc.start()
    try:
        read()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def growth(read: Callable[[Path], object], few: Path, many: Path) -> float:
    """Return by how many bytes a family the peak grows; the first reading warms the caches up."""
    read(few)
    return (peak(lambda: read(many)) - peak(lambda: read(few))) / (MANY - FEW)


@pytest.mark.parametrize("provider", list(WRITERS))
def test_reading_does_not_hold_the_export(tmp_path: Path, families: list[Family], provider: str):
    """Of each family more, only small keys are more in memory at the peak."""
    files = []
    for count in (FEW, MANY):
        files.append(tmp_path / str(count))
        files[-1].write_bytes(WRITERS[provider](families[:count]))

    def count_families(path: Path) -> int:
        return sum(1 for _ in stream_export(provider, path).families())

    assert count_families(files[1]) == MANY
    assert growth(count_families, *files) < BYTES_A_FAMILY


def test_the_measure_sees_an_export_that_is_held(tmp_path: Path, families: list[Family]):
    """Read at once, the same export takes far more than the bound: so the bound can fail."""
    files = []
    for count in (FEW, MANY):
        files.append(tmp_path / str(count))
        files[-1].write_bytes(write_spirit(families[:count]))
    assert growth(lambda path: read_export("spirit", path), *files) > 2 * BYTES_A_FAMILY
