"""Opening an Excel workbook with openpyxl, and its rows without keeping those that were read.

The library's own row by row reading keeps an empty element of every row, and all texts as they are.
"""

import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, cast

from defusedxml.ElementTree import iterparse

from app.families.readers.shared_texts import read_shared_texts

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ROW, _ROWS = f"{_MAIN}row", f"{_MAIN}sheetData"


def load_book(path: Path) -> tuple[Any, BinaryIO]:
    """Return an open workbook and the file under it; raises what the library does on damage."""
    # Slow to import, and only one of five providers sends Excel.
    from openpyxl.reader.excel import ExcelReader
    from openpyxl.xml.constants import SHARED_STRINGS

    class Reader(ExcelReader):
        def read_strings(self) -> None:
            package: Any = self.package
            part = package.find(SHARED_STRINGS)
            if part is not None:
                with self.archive.open(part.PartName[1:]) as stream:
                    # The library only ever asks for a text by its position.
                    self.shared_strings = cast("list[str]", read_shared_texts(stream))

    # It warns of styles and of dates out of range; the cells themselves are judged by the reader.
    warnings.filterwarnings("ignore", module="openpyxl")
    stream = path.open("rb")
    try:
        reader = Reader(stream, read_only=True, data_only=True, keep_links=False)
        reader.read()
    except BaseException:
        stream.close()
        raise
    return reader.wb, stream


def close_book(book: Any, stream: BinaryIO) -> None:
    """Close a workbook and its file."""
    book.close()
    stream.close()


def page_rows(page: Any) -> Iterator[tuple[int, list[object]]]:
    """Yield number and cells of the rows of a sheet; empty and wrong values are ""."""
    from openpyxl.worksheet._reader import WorkSheetParser

    book, last, rows = page.parent, 0, None
    with page._get_source() as stream:
        parser = WorkSheetParser(
            stream, page._shared_strings, data_only=True, epoch=book.epoch,
            date_formats=book._date_formats, timedelta_formats=book._timedelta_formats,
        )  # fmt: skip
        for event, element in iterparse(stream, events=("start", "end"), forbid_dtd=True):
            if event == "start" and element.tag == _ROWS:
                rows = element
            elif event == "end" and element.tag == _ROW:
                last = int(element.get("r", last + 1))
                yield last, _row_cells(parser, last, element)
                if rows is not None:
                    rows.clear()


def _row_cells(parser: Any, number: int, row: Any) -> list[object]:
    parser.row_counter, parser.col_counter = number, 0
    found: list[object] = []
    for element in row:
        cell = parser.parse_cell(element)
        found += [""] * (cell["column"] - len(found))
        is_value = cell["value"] is not None and cell["data_type"] != "e"
        found[cell["column"] - 1] = cell["value"] if is_value else ""
    return found
