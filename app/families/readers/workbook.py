"""The sheets of an Excel workbook as rows of cells."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook, WorksheetNotFound

from app.families.readers.delimited import check_header
from app.families.readers.fields import Cells
from app.families.readers.workbook_bounds import check_workbook
from app.kernel.errors import InputRefused


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row of a sheet: its number (the header is 1) and its cells by column."""

    row: int
    cells: Cells


@contextmanager
def open_workbook(path: Path) -> Iterator[CalamineWorkbook]:
    """Yield a workbook; raises InputRefused for what is no sound Excel file."""
    check_workbook(path)
    with _refusing(path.name), CalamineWorkbook.from_path(path) as workbook:
        yield workbook


def sheet_rows(
    workbook: CalamineWorkbook, sheet: str, *, columns: tuple[str, ...], file: str
) -> list[SheetRow]:
    """Return the rows of a sheet under its header, without blank ones.

    Raises InputRefused for a missing sheet or column.
    """
    try:
        rows = workbook.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    except WorksheetNotFound as error:
        raise InputRefused(
            f"Bestand {file} mist het blad '{sheet}': exporteer het opnieuw met alle bladen."
        ) from error
    names = [str(cell).strip() for cell in rows[0]] if rows else []
    check_header(names, columns, where=f"Bestand {file}, blad {sheet},")
    return [
        SheetRow(number, {n: c for n, c in zip(names, row, strict=False) if n})
        for number, row in enumerate(rows[1:], start=2)
        if any(str(cell).strip() for cell in row)
    ]


@contextmanager
def _refusing(name: str) -> Iterator[None]:
    """Turn what the library says of a damaged file into a refusal.

    Its Rust code may panic on damage; that exception is no Exception and cannot be imported.
    """
    try:
        yield
    except BaseException as error:
        is_panic = type(error).__name__ == "PanicException"
        if not (is_panic or isinstance(error, CalamineError)):
            raise
        raise InputRefused(
            f"Bestand {name} is een beschadigd Excel-bestand: "
            "open het in Excel, herstel het en sla het op als .xlsx."
        ) from error
