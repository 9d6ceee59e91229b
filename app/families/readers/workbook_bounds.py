"""What an Excel file may be before a reader opens it: a whole zip of bounded size and extent.

The library reserves memory for the rectangle up to the farthest cell, so one stray cell in a tiny
file could ask for hundreds of gigabytes; a zip can unpack to far more than it weighs.
"""

import lzma
import re
import struct
import zipfile
import zlib
from pathlib import Path
from typing import IO

from app.kernel.errors import InputRefused
from app.kernel.files import MAX_FILE_BYTES, check_input

MAX_SHEET_CELLS = 5_000_000
_CELL = re.compile(rb"""\br\s*=\s*["']([A-Za-z]*)([0-9]+)["']""")
_CELL_BYTES = 200  # longer than the place of any cell: it may lie across two pieces
_PIECE = 2**16
_DAMAGED = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, NotImplementedError,
    RuntimeError, EOFError, ValueError, LookupError, OSError,
)  # fmt: skip


def check_workbook(path: Path) -> None:
    """Raise InputRefused when a file is no sound xlsx, or unpacks to too much."""
    check_input(path)
    try:
        with zipfile.ZipFile(path) as archive:
            _check_archive(archive, path.name)
    except _DAMAGED as error:
        raise InputRefused(
            f"Bestand {path.name} is geen leesbaar Excel-bestand (xlsx): "
            "open het in Excel en sla het op als .xlsx."
        ) from error


def _check_archive(archive: zipfile.ZipFile, name: str) -> None:
    entries = archive.infolist()
    if "xl/workbook.xml" not in archive.namelist():
        raise zipfile.BadZipFile("no workbook")
    if sum(entry.file_size for entry in entries) > MAX_FILE_BYTES:
        raise InputRefused(
            f"Bestand {name} is uitgepakt groter dan {MAX_FILE_BYTES // 2**20} MB: "
            "controleer of dit het goede bestand is."
        )
    for entry in entries:
        with archive.open(entry) as stream:
            extent = _extent_of(stream)  # read to its end, which also checks that it is whole
        if entry.filename.startswith("xl/worksheets/"):
            _check_extent(extent, name)


def _extent_of(stream: IO[bytes]) -> tuple[int, int]:
    """Return the last row and column that a cell is in, with at most two pieces in memory."""
    last_row = last_column = 0
    rest = b""
    while piece := stream.read(_PIECE):
        for cell in _CELL.finditer(rest + piece):
            last_row = max(last_row, int(cell[2][:12]))
            last_column = max(last_column, _column_number(cell[1].upper()))
        rest = piece[-_CELL_BYTES:]
    return last_row, last_column


def _check_extent(extent: tuple[int, int], name: str) -> None:
    last_row, last_column = extent
    if last_row * last_column > MAX_SHEET_CELLS:
        raise InputRefused(
            f"Bestand {name} heeft een blad met een cel op rij {last_row}, ver buiten de tabel: "
            "verwijder de lege rijen en kolommen en sla het opnieuw op."
        )


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters[:8]:
        number = number * 26 + letter - 64
    return number
