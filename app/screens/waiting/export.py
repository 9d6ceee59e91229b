"""The waiting list as a file: CSV as Dutch spreadsheets read it, and Excel.

What somebody typed into a field is never a formula in the spreadsheet of somebody else.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import xlsxwriter

from app.screens.words import N_, said

CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_DAYS = frozenset({"eersteAanmeldingOp", "wachtSinds", "moetWegOp"})
# What begins like this a spreadsheet takes for a formula, or for the start of one.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_COLUMNS = {
    "aanmeldnummer": N_("Aanmeldnummer"),
    "stand": N_("Stand"),
    "urgentie": N_("Urgentie"),
    "vorm": N_("Vorm"),
    "leeftijd": N_("Leeftijd"),
    "gemeente": N_("Gemeente"),
    "gebied": N_("Postcodegebied"),
    "dagenGewacht": N_("Dagen gewacht"),
    "wachtSinds": N_("Wacht sinds"),
    "eersteAanmeldingOp": N_("Eerste aanmelding op"),
    "verblijftNu": N_("Verblijft nu"),
    "moetWegOp": N_("Moet weg op"),
    "broersZussen": N_("Wachtende broers en zussen"),
    "broersZussenWens": N_("Wens broers en zussen"),
    "groepNavragen": N_("Groep navragen"),
    "ontbreekt": N_("Ontbreekt"),
    "opties": N_("Opties"),
}

_YES, _NO = N_("ja"), N_("nee")
Cell = str | int | date | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """Headings and rows; a cell is a text, a number, a day or nothing."""

    headings: Sequence[str]
    rows: Sequence[Sequence[Cell]]

    @classmethod
    def of(cls, children: Sequence[Mapping[str, Any]], language: str) -> "Sheet":
        """Return the lines of the list; what a role may not see has no column."""
        names = [name for name in _COLUMNS if any(name in child for child in children)]
        words = (said(_YES, language), said(_NO, language))
        return cls(
            [said(_COLUMNS[name], language) for name in names],
            [[_cell(name, child.get(name), words) for name in names] for child in children],
        )


def _cell(name: str, value: Any, yes_and_no: tuple[str, str]) -> Cell:
    if isinstance(value, bool):
        return yes_and_no[0] if value else yes_and_no[1]
    if name in _DAYS and value:
        return date.fromisoformat(value)
    return value if value is None or isinstance(value, int) else str(value)


def as_csv(sheet: Sheet) -> bytes:
    """Return a sheet as CSV with semicolons, in UTF-8 with a mark that Excel needs."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(sheet.headings)
    writer.writerows([_harmless(cell) for cell in row] for row in sheet.rows)
    return out.getvalue().encode("utf-8-sig")


def _harmless(cell: Cell) -> Cell:
    """Return a cell that no spreadsheet runs: a quote before what looks like a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def as_xlsx(sheet: Sheet) -> bytes:
    """Return a sheet as an Excel file, with a heading that stays in sight and filters."""
    out = io.BytesIO()
    # Texts are written as texts: nothing that was typed becomes a formula or a link.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        page = book.add_worksheet("Wachtlijst")
        bold = book.add_format({"bold": True, "bg_color": "#eaf0f2"})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        page.write_row(0, 0, sheet.headings, bold)
        for at, row in enumerate(sheet.rows, start=1):
            _write(page, at, row, day)
        page.freeze_panes(1, 1)
        page.autofilter(0, 0, len(sheet.rows), max(len(sheet.headings) - 1, 0))
        page.autofit()
    return out.getvalue()


def _write(page: Any, at: int, row: Iterable[Cell], day: Any) -> None:
    for column, cell in enumerate(row):
        if isinstance(cell, str):
            page.write_string(at, column, cell)
        elif isinstance(cell, date):
            page.write_datetime(at, column, cell, day)
        elif cell is not None:
            page.write_number(at, column, cell)
