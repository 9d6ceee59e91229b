"""Whatever happens to the bytes of an export, it is read or refused, and never fails otherwise."""

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from app.families.readers import read_export
from app.kernel.errors import InputRefused
from tests.cases import cases

REGIO = Path(__file__).parents[2] / "data" / "regio-1"
EXPORTS = {
    "spirit": "pleeggezinnen-spirit.csv",
    "youke": "pleeggezinnen-youke.json",
    "leger-des-heils": "pleeggezinnen-leger-des-heils.csv",
    "vitree": "pleeggezinnen-vitree.xml",
    "wsp": "pleeggezinnen-wsp.xlsx",
}
PIECES = (b"\0", b'"', b"\n", b";", b"<", b"&", b"\xff", b"{", b"9" * 400, b"-", b"0", b"\\ud800")
places = st.floats(0, 1)
changes = st.lists(
    st.tuples(places, st.integers(0, 30), st.sampled_from(PIECES) | st.binary(max_size=8)),
    min_size=1,
    max_size=4,
)
drawn = cases(20, soak=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


def mutated(content: bytes, how: list[tuple[float, int, bytes]]) -> bytes:
    for place, removed, added in how:
        at = int(place * len(content))
        content = content[:at] + added + content[at + removed :]
    return content


def read_or_refuse(provider: str, path: Path) -> None:
    try:
        reading = read_export(provider, path)
    except InputRefused as refused:
        assert str(refused).endswith(".")
    else:
        numbers = [read.record.reference for read in reading.families]
        assert len(numbers) == len(set(numbers))
        assert all(refusal.message.endswith(".") for refusal in reading.refusals)
        for said in (*reading.refusals, *reading.notices):
            said.message.encode()


@pytest.mark.parametrize("provider", list(EXPORTS))
@drawn
@given(how=changes)
def test_any_change_of_bytes(tmp_path: Path, provider: str, how: list[tuple[float, int, bytes]]):
    """Bytes cut out and put in anywhere in a valid export: read, or refused in one sentence."""
    path = tmp_path / EXPORTS[provider]
    path.write_bytes(mutated((REGIO / EXPORTS[provider]).read_bytes()[:12_000], how))
    read_or_refuse(provider, path)
    path.write_bytes(mutated((REGIO / EXPORTS[provider]).read_bytes(), how))
    read_or_refuse(provider, path)


@drawn
@given(how=changes, place=places)
def test_any_change_inside_a_workbook(
    tmp_path: Path, how: list[tuple[float, int, bytes]], place: float
):
    """Bytes changed inside one part of a workbook, whose zip stays whole: read or refused."""
    with zipfile.ZipFile(io.BytesIO((REGIO / EXPORTS["wsp"]).read_bytes())) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    chosen = sorted(parts)[int(place * (len(parts) - 1))]
    path = tmp_path / "wsp.xlsx"
    with zipfile.ZipFile(path, "w") as out:
        for name, content in parts.items():
            out.writestr(name, mutated(content, how) if name == chosen else content)
    read_or_refuse("wsp", path)
