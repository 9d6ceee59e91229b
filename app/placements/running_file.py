"""Reads `plaatsingen-lopend.csv`: placements that ran before the service began, a row each.

With commas or semicolons between the columns, as a spreadsheet writes them here.
"""

import csv
import io
from collections.abc import Iterator
from typing import NamedTuple

from app.kernel.errors import InputRefused
from app.kernel.files import text_lines

NUMBER = "aanmeldnummer"
REQUIRED = (NUMBER, "aanbieder", "gezin", "van")
OPTIONAL = ("grond", "vorm", "ritme", "toewijzingsnummer", "steunplan", "redenSplitsing", "reden")
# Worked off in one request by whoever brings it, some 47 statements a row: so many at most.
MOST = 200


class Line(NamedTuple):
    """A row: its line in the file, its cells by column, and a clause where it cannot be read."""

    row: int
    cells: dict[str, str]
    wrong: str | None


def read_running(content: bytes, *, name: str) -> list[Line]:
    """Return the rows of a file, empty ones left out.

    Raises InputRefused for a file that cannot be read, misses a column, has one that is not known,
    no rows, or too many of them.
    """
    lines = list(text_lines(io.BytesIO(content), name=name, encodings=("utf-8", "cp1252")))
    found = list(_rows(lines, name))
    if not found:
        raise InputRefused(f"Bestand {name} bevat geen plaatsingen: exporteer het opnieuw.")
    if len(found) > MOST:
        raise InputRefused(
            f"Bestand {name} heeft {len(found)} rijen, meer dan {MOST}: splits het in delen."
        )
    return found


def _rows(lines: list[str], name: str) -> Iterator[Line]:
    head = lines[0] if lines else ""
    mark = ";" if head.count(";") > head.count(",") else ","
    reader = csv.reader(iter(lines), delimiter=mark, strict=True)
    try:
        columns = [column.strip() for column in next(reader, [])]
        _check_columns(columns, name)
        while True:
            row = reader.line_num + 1
            cells = next(reader, None)
            if cells is None:
                return
            if any(cell.strip() for cell in cells):
                yield _line(row, columns, cells)
    except csv.Error as error:
        raise InputRefused(
            f"Bestand {name} is niet te lezen vanaf regel {reader.line_num}: kijk of daar een "
            "aanhalingsteken te veel of te weinig staat."
        ) from error


def _line(row: int, columns: list[str], cells: list[str]) -> Line:
    told = {
        column: cell.strip()
        for column, cell in zip(columns, cells, strict=False)
        if cell.strip()
    }  # fmt: skip
    wrong = None
    if len(cells) != len(columns):
        wrong = (
            f"heeft {len(cells)} kolommen in plaats van {len(columns)}; kijk of er een "
            "scheidingsteken te veel of te weinig staat"
        )
    return Line(row, told, wrong)


def _check_columns(columns: list[str], name: str) -> None:
    known = (*REQUIRED, *OPTIONAL)
    missing = [column for column in REQUIRED if column not in columns]
    odd = [column for column in columns if column not in known]
    twice = [column for column in known if columns.count(column) > 1]
    if missing:
        raise InputRefused(
            f"Bestand {name} mist in regel 1 de kolom '{missing[0]}': nodig zijn "
            f"{', '.join(REQUIRED)}."
        )
    if odd:
        raise InputRefused(
            f"Bestand {name} heeft in regel 1 een kolom die hier niet bekend is (de "
            f"{columns.index(odd[0]) + 1}e): laat haar weg, of kies uit {', '.join(OPTIONAL)}."
        )
    if twice:
        raise InputRefused(
            f"Bestand {name} heeft in regel 1 twee keer de kolom '{twice[0]}': verwijder er één."
        )
