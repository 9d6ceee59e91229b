"""The sheets of an Excel workbook as rows of cells, read one row at a time."""

import weakref
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from app.families.readers.delimited import check_header
from app.families.readers.fields import Cells
from app.families.readers.workbook_bounds import check_workbook
from app.families.readers.workbook_rows import close_book, load_book, page_rows
from app.kernel.errors import InputRefused


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row of a sheet: its number (the header is 1) and its cells by column."""

    row: int
    cells: Cells


class Workbook:
    """An open workbook; InputRefused, also halfway, for what is no sound Excel file.

    Of the file only its shared texts are in memory. Closed when nobody uses it any more.
    """

    def __init__(self, path: Path) -> None:
        check_workbook(path)
        self.name = path.name
        try:
            self._book, stream = load_book(path)
        except Exception as error:
            raise _damaged(path.name) from error
        weakref.finalize(self, close_book, self._book, stream)

    def rows(self, sheet: str, *, columns: tuple[str, ...]) -> Iterator[SheetRow]:
        """Yield the rows of a sheet under its header, without blank ones.

        Raises InputRefused for a missing sheet or column.
        """
        if sheet not in self._book.sheetnames:
            raise InputRefused(
                f"Bestand {self.name} mist het blad '{sheet}': exporteer het opnieuw met alle "
                "bladen."
            )
        rows = self._rows(sheet)
        first, header = next(rows, (1, []))
        names = [str(cell).strip() for cell in header] if first == 1 else []
        check_header(names, columns, where=f"Bestand {self.name}, blad {sheet},")
        for number, row in rows:
            if any(str(cell).strip() for cell in row):
                yield SheetRow(number, {n: c for n, c in zip(names, row, strict=False) if n})

    def _rows(self, sheet: str) -> Iterator[tuple[int, list[object]]]:
        try:
            yield from page_rows(self._book[sheet])
        except Exception as error:
            raise _damaged(self.name) from error


def _damaged(name: str) -> InputRefused:
    return InputRefused(
        f"Bestand {name} is een beschadigd Excel-bestand: "
        "open het in Excel, herstel het en sla het op als .xlsx."
    )
