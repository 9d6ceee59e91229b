"""Sheets whose rows belong to a family on the main sheet, by its number.

Their rows may stand in any order, so they are put in order outside the memory: in a private,
unnamed SQLite database that the system keeps in memory while it is small and on disk beyond that,
and that is gone when it is closed.
"""

import sqlite3
import weakref
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.families.readers.entries import Entry
from app.families.readers.stream import FamilyStream
from app.families.readers.workbook import SheetRow
from app.kernel.reading import number_or_nothing
from app.kernel.refusal import Notice

Stored = str | int | float
_LARGEST = 2**53


class SideSheet:
    """A sheet by the number of the family in its first column; "" is a row without one."""

    def __init__(self, name: str, columns: tuple[str, ...], rows: Iterable[SheetRow]) -> None:
        self.name, self.columns = name, columns
        # One thread at a time uses it, but the last reference may go in another one.
        self._database = sqlite3.connect("", check_same_thread=False)
        weakref.finalize(self, self._database.close)
        cells = ", ".join(f"c{i}" for i in range(len(columns)))
        marks = ", ".join("?" for _ in columns)
        self._database.execute(f"CREATE TABLE side (family TEXT, line INTEGER, {cells})")
        self._database.executemany(
            f"INSERT INTO side VALUES (?, ?, {marks})",  # noqa: S608  no text of anyone's in it
            (_stored(row, columns) for row in rows),
        )
        self._database.execute("CREATE INDEX by_family ON side (family, line)")

    def entries(self, number: str) -> list[Entry]:
        """Return the rows of a family, in their order."""
        found = self._database.execute(
            "SELECT * FROM side WHERE family = ? ORDER BY line", (number,)
        )
        return [
            Entry(self.name, dict(zip(self.columns, cells, strict=True)), line)
            for _, line, *cells in found
        ]

    def families(self) -> Iterator[tuple[str, int, int]]:
        """Yield each number that the sheet names, how many rows have it, and the first of them."""
        yield from self._database.execute(
            "SELECT family, count(*), min(line) FROM side GROUP BY family"
        )


@dataclass(frozen=True, slots=True)
class SideSheets:
    """The sheets beside the main one of a file."""

    file: str
    sheets: tuple[SideSheet, ...]

    def beside(self, number: str) -> dict[str, object]:
        """Return, by name of the sheet, the rows that belong to one family."""
        return {side.name: side.entries(number) for side in self.sheets}

    def loose_rows(self, stream: FamilyStream) -> Iterator[Notice]:
        """Yield a notice for the rows whose family was refused or is unknown."""
        for side in self.sheets:
            for number, count, first in side.families():
                if not stream.is_kept(number):
                    why = _why(number, is_known=number in stream.seen)
                    message = (
                        f"Blad {side.name} heeft {count} rij(en), de eerste op rij {first}, {why}; "
                        "die rijen zijn niet gebruikt."
                    )
                    yield Notice(self.file, first, f"{side.name}.{side.columns[0]}", message)


def family_number(row: SheetRow, column: str) -> str:
    """Return the number of the family in a row, or "" when it holds none."""
    return number_or_nothing(row.cells.get(column))


def _stored(row: SheetRow, columns: tuple[str, ...]) -> tuple[Stored, ...]:
    cells = (_plain(row.cells.get(column)) for column in columns)
    return (family_number(row, columns[0]), row.row, *cells)


def _plain(cell: object) -> Stored:
    """Return a cell as SQLite can keep it.

    A date, a mark of truth or an endless number is no year and no word of these sheets; nor is the
    text of it, so it is refused in the same words.
    """
    if cell is None:
        return ""
    if isinstance(cell, float) or (type(cell) is int and abs(cell) < _LARGEST):
        return cell
    return str(cell).encode(errors="replace").decode()


def _why(number: str, *, is_known: bool) -> str:
    if not number:
        return "zonder geldig gezinsnummer: vul het nummer in"
    if is_known:
        return f"van gezin {number}, dat is geweigerd: herstel eerst dat gezin"
    return f"van gezin {number}, dat niet op het eerste blad staat: voeg het daar toe"
