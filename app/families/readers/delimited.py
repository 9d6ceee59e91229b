"""Rows of a CSV export, with the line on which each record begins."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from app.families.readers.fields import FieldWrong
from app.families.readers.stream import RawRow
from app.kernel.errors import InputRefused
from app.kernel.files import open_input, text_lines


@dataclass(frozen=True, slots=True)
class Layout:
    """How a CSV dialect is written: its delimiter, and the encodings to try in turn."""

    delimiter: str
    encodings: tuple[str, ...]


def delimited_rows(path: Path, layout: Layout, *, columns: tuple[str, ...]) -> Iterator[RawRow]:
    """Yield the rows under the header, without blank ones; the header is line 1.

    Raises InputRefused for a missing or doubled column, an unclosed quote, and all that
    `app.kernel.files` refuses.
    """
    with open_input(path) as stream:
        lines = text_lines(stream, name=path.name, encodings=layout.encodings)
        records = _records(lines, layout.delimiter, path.name)
        _, header = next(records, (1, []))
        names = [name.strip() for name in header]
        check_header(names, columns, where=f"Bestand {path.name}")
        for line, cells in records:
            if any(cell.strip() for cell in cells):
                yield _row(line, names, cells)


def check_header(names: list[str], columns: tuple[str, ...], *, where: str) -> None:
    """Raise InputRefused when a column is missing or stands twice; extra ones are allowed."""
    missing = [column for column in columns if column not in names]
    if missing:
        listed = ", ".join(f"'{column}'" for column in missing)
        raise InputRefused(
            f"{where} mist in regel 1 de kolom {listed}: "
            "controleer of dit de volledige export van deze aanbieder is."
        )
    twice = [name for name in columns if names.count(name) > 1]
    if twice:
        raise InputRefused(
            f"{where} heeft in regel 1 twee keer de kolom '{twice[0]}': verwijder er één."
        )


def _records(lines: Iterator[str], delimiter: str, name: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        begin = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise InputRefused(
                f"Bestand {name} is niet te lezen in het gezin dat begint op regel {begin}: "
                "kijk of daar een aanhalingsteken te veel of te weinig staat."
            ) from error
        yield begin, cells


def _row(line: int, names: list[str], cells: list[str]) -> RawRow:
    fault = None
    if len(cells) != len(names):
        fault = FieldWrong(
            names[min(len(cells), len(names) - 1)],
            f"staat niet op zijn plaats, want de rij heeft {len(cells)} kolommen in plaats van "
            f"{len(names)}; kijk of er een scheidingsteken te veel of te weinig staat",
        )
    return RawRow(line, {n: c for n, c in zip(names, cells, strict=False) if n}, fault)
