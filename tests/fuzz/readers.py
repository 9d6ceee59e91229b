"""The readers of files as targets: bytes in, and whatever they are, read or refused."""

import io
import zipfile
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

from app.families.readers import read_export
from app.intake.reader import read_registrations
from app.learning.history import read_history, told_cells
from tests.fuzz.judged import as_file, check_told, refused_or

DAY = date(2026, 11, 1)
WORKBOOK = Path(__file__).parent / "corpus" / "wsp" / "heel.xlsx"
SHEET, TEXTS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
FILES = {
    "spirit": "spirit.csv", "youke": "youke.json", "wsp": "wsp.xlsx",
    "leger-des-heils": "leger.csv", "vitree": "vitree.xml",
}  # fmt: skip


def export(provider: str) -> Callable[[bytes], None]:
    """Return the target of one dialect."""

    def read(content: bytes) -> None:
        path = as_file(FILES[provider], content)
        reading = refused_or(lambda: read_export(provider, path))
        if reading is not None:
            numbers = [read.record.reference for read in reading.families]
            assert len(numbers) == len(set(numbers)), "a family twice"
            assert reading.seen >= set(numbers), "a family that the file does not name"
            check_told((*reading.refusals, *reading.notices))

    return read


def part_of_workbook(part: str) -> Callable[[bytes], None]:
    """Return the target of one part of a workbook, in a zip that is whole.

    Bytes changed in a zip fail its check sums long before a sheet is read.
    """
    read = export("wsp")
    return lambda content: read(_workbook_with(part, content))


def registrations(content: bytes) -> None:
    """Read a file with registrations."""
    path = as_file("aanmeldingen.jsonl", content)
    reading = refused_or(lambda: read_registrations(path, today=DAY))
    if reading is not None:
        numbers = [read.record.number for read in reading.registrations]
        assert len(numbers) == len(set(numbers)), "a child twice"
        check_told((*reading.refusals, *reading.notices))


def history(content: bytes) -> None:
    """Read a file with past placements, and its cells as they are kept."""
    path = as_file("plaatsingen-historie.csv", content)
    found = refused_or(lambda: read_history(path, until=DAY))
    refused_or(lambda: list(told_cells(path)))
    if found is not None:
        assert all(placement.course.began_on <= DAY for placement in found.placements)
        check_told(found.refusals)


@cache
def _parts() -> dict[str, bytes]:
    with zipfile.ZipFile(WORKBOOK) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _workbook_with(part: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, held in _parts().items():
            archive.writestr(name, content if name == part else held)
    return out.getvalue()
