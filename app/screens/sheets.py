"""A table as a file to take along: CSV as Dutch spreadsheets read it, and Excel.

What somebody typed into a field is never a formula in the spreadsheet of somebody else, and each
file that leaves is noted: who took which table along, in how many rows.
"""

import asyncio
import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import xlsxwriter
from fastapi import Response

from app.audit.noted import note_work
from app.db.session import session_for
from app.kernel.actor import SYSTEM
from app.log.events import Event
from app.log.write import log
from app.screens.visit import Visit

CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What begins like this a spreadsheet takes for a formula, or for the start of one.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")

Cell = str | int | float | date | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """Headings and rows; a cell is a text, a number, a day or nothing."""

    headings: Sequence[str]
    rows: Sequence[Sequence[Cell]]


async def send_sheet(visit: Visit, sheet: Sheet, *, name: str, kind: str, work: str) -> Response:
    """Return a table as a file and note that it left.

    name: of the file without its ending, and of the page in it. kind: csv or xlsx. work: under
    which name of `doelen.toml` it is noted.
    """
    await note_sheet(visit, sheet, name=name, kind=kind, work=work)
    if kind == "csv":
        return download(as_csv(sheet), CSV_TYPE, f"{name}.csv")
    content = await asyncio.to_thread(as_xlsx, sheet, name.capitalize())
    return download(content, XLSX_TYPE, f"{name}.xlsx")


async def note_sheet(visit: Visit, sheet: Sheet, *, name: str, kind: str, work: str) -> None:
    """Note that a table leaves as a file: in the technical log, and who took it in the other."""
    roles = sorted(role.value for role in visit.person.identity.roles) if visit.person else []
    many = len(sheet.rows)
    log(Event.TABLE_EXPORTED, table=name, format=kind, rows=many, roles=",".join(roles))
    await asyncio.to_thread(note_export, visit, work)


def note_export(visit: Visit, work: str) -> None:
    """Add to the log of who saw what that a table left as a file; its pages stand there too."""
    person = visit.person
    actor = (person.identity.as_actor() if person else None) or SYSTEM
    client = (person.identity.client if person else None) or ""
    with session_for(visit.people.sessions, actor) as session:
        note_work(session, work, client=client, actor=actor)


def as_csv(sheet: Sheet) -> bytes:
    """Return a sheet as CSV with semicolons, in UTF-8 with a mark that Excel needs."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(sheet.headings)
    writer.writerows([_harmless(cell) for cell in row] for row in sheet.rows)
    return out.getvalue().encode("utf-8-sig")


def _harmless(cell: Cell) -> Cell:
    """Return a cell that no spreadsheet runs: a quote before what looks like a formula.

    A number with a comma: of 0.875 a Dutch spreadsheet makes 875.
    """
    if isinstance(cell, float):
        return str(cell).replace(".", ",")
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def as_xlsx(sheet: Sheet, title: str) -> bytes:
    """Return a sheet as an Excel file, with a heading that stays in sight and filters."""
    out = io.BytesIO()
    # Texts are written as texts: nothing that was typed becomes a formula or a link.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        page = book.add_worksheet(title[:31])
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


def download(content: bytes, media_type: str, name: str) -> Response:
    """Return a file that is saved and kept by nobody in between."""
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "no-store",
    }
    return Response(content, media_type=media_type, headers=headers)
