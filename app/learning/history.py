"""Reads `plaatsingen-historie.csv`: a wrong row is refused with a sentence, all others are kept."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.kernel.clock import today_in_amsterdam
from app.kernel.errors import InputRefused
from app.kernel.files import open_input, text_lines
from app.kernel.reading import number_or_nothing
from app.kernel.refusal import Refusal
from app.kernel.repeats import by_number, other_rows
from app.learning.columns import COLUMNS, RowWrong, read_placement
from app.learning.placement import Ending, PastPlacement

FILE = "plaatsingen-historie.csv"
NUMBER = "plaatsing_id"


@dataclass(frozen=True, slots=True)
class History:
    """Past placements by number as they stood on a day, and what became of the other rows.

    repeated: rows that say what an earlier one says; later: placements that began after the day.
    """

    placements: tuple[PastPlacement, ...]
    until: date
    refusals: tuple[Refusal, ...] = ()
    repeated: int = 0
    later: int = 0

    def __len__(self) -> int:
        return len(self.placements)

    @property
    def breakdowns(self) -> int:
        """Return how many placements broke down."""
        return sum(p.course.ending is Ending.BROKEN for p in self.placements)


@dataclass(frozen=True, slots=True)
class _Row:
    """A line with its number ("" when unreadable) and either a placement or what is wrong."""

    line: int
    number: str
    placement: PastPlacement | None = None
    wrong: RowWrong | None = None


def read_history(path: Path, *, until: date | None = None) -> History:
    """Return the placements of a file as they stood on a day (the peildatum).

    What ended later was still going on that day. Without a day it is the last one that the file
    tells of: of what happened after that it knows nothing. Rows with one number that differ are all
    refused. Raises InputRefused for a file that cannot be read, misses a column, or in which no row
    can be used.
    """
    latest = max(today_in_amsterdam(), until or date.min)
    read = [_read(line, cells, fault, latest=latest) for line, cells, fault in _rows(path)]
    kept, refusals = _sort(read, file=path.name)
    if not kept:
        raise _nothing_usable(path.name, refusals)
    found = sorted(kept, key=lambda placement: placement.course.number)
    day = until or max(placement.course.last_day for placement in found)
    begun = tuple(p.as_on(day) for p in found if p.course.began_on <= day)
    if not begun:
        raise InputRefused(
            f"Bestand {path.name}: op de peildatum {day} was nog geen plaatsing begonnen: kies een "
            "latere peildatum."
        )
    return History(
        placements=begun,
        until=day,
        refusals=tuple(refusals),
        repeated=len(read) - len(refusals) - len(kept),
        later=len(kept) - len(begun),
    )


def told_cells(path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the number of each row that can be read, and its cells of the columns looked at.

    As they stand in the file, for who keeps them; what is wrong with a row `read_history` says.
    """
    for _, cells, fault in _rows(path):
        if fault is None:
            kept = {name: cells[name].strip() for name in COLUMNS}
            yield number_or_nothing(cells.get(NUMBER)), kept


def _read(line: int, cells: dict[str, str], fault: RowWrong | None, *, latest: date) -> _Row:
    number = number_or_nothing(cells.get(NUMBER))
    if fault is not None:
        return _Row(line, number, wrong=fault)
    try:
        return _Row(line, number, placement=read_placement(cells, latest=latest))
    except RowWrong as wrong:
        return _Row(line, number, wrong=wrong)


def _sort(rows: list[_Row], *, file: str) -> tuple[list[PastPlacement], list[Refusal]]:
    """Return what is kept and what is refused, in a way that the order of rows plays no part in."""
    kept, refusals = [], []
    for same in by_number(rows, lambda row: row.number):
        first = same[0].placement
        if first is not None and all(row.placement == first for row in same):
            kept.append(first)
        else:
            lines = [row.line for row in same]
            refusals += [_refuse(row, lines, file=file) for row in same]
    return kept, sorted(refusals, key=lambda refusal: refusal.row)


def _refuse(row: _Row, lines: list[int], *, file: str) -> Refusal:
    wrong = row.wrong or RowWrong(NUMBER, f"staat ook op {_others(row, lines)}, met andere gegevens"
                                  "; geef elke plaatsing één rij met een eigen nummer")  # fmt: skip
    also = ""
    if row.wrong is not None and len(lines) > 1:
        also = f", en '{NUMBER}' staat ook op {_others(row, lines)}"
    return Refusal(file, row.line, wrong.field, f"Veld '{wrong.field}' {wrong.clause}{also}.",
                   row.number)  # fmt: skip


def _others(row: _Row, lines: list[int]) -> str:
    return other_rows(row.line, lines, words=("rij", "rijen"))


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str], RowWrong | None]]:
    """Yield line number, cells by column, and what is wrong with the row as a whole."""
    with open_input(path) as stream:
        reader = csv.reader(text_lines(stream, name=path.name), strict=True)
        try:
            names = [name.strip() for name in next(reader, [])]
            _check_header(names, path.name)
            while True:
                line = reader.line_num + 1
                cells = next(reader, None)
                if cells is None:
                    return
                if any(cell.strip() for cell in cells):
                    yield line, dict(zip(names, cells, strict=False)), _misplaced(names, cells)
        except csv.Error as error:
            raise InputRefused(
                f"Bestand {path.name} is niet te lezen vanaf regel {reader.line_num}: "
                "kijk of daar een aanhalingsteken te veel of te weinig staat."
            ) from error


def _check_header(names: list[str], file: str) -> None:
    missing = [name for name in COLUMNS if name not in names]
    if missing:
        shown = ", ".join(f"'{name}'" for name in missing[:5])
        more = f" en {len(missing) - 5} andere" if len(missing) > 5 else ""
        raise InputRefused(
            f"Bestand {file} mist in regel 1 de kolom {shown}{more}: controleer of dit de "
            "plaatsingshistorie is, met komma's tussen de kolommen."
        )
    twice = [name for name in COLUMNS if names.count(name) > 1]
    if twice:
        raise InputRefused(
            f"Bestand {file} heeft in regel 1 twee keer de kolom '{twice[0]}': verwijder er één."
        )


def _misplaced(names: list[str], cells: list[str]) -> RowWrong | None:
    if len(cells) == len(names):
        return None
    return RowWrong(
        names[min(len(cells), len(names) - 1)],
        f"staat niet op zijn plaats, want de rij heeft {len(cells)} kolommen in plaats van "
        f"{len(names)}; kijk of er een komma te veel of te weinig staat",
    )


def _nothing_usable(file: str, refusals: list[Refusal]) -> InputRefused:
    if not refusals:
        return InputRefused(f"Bestand {file} bevat geen plaatsingen: exporteer het opnieuw.")
    first = refusals[0]
    return InputRefused(
        f"Bestand {file}: geen enkele plaatsing is bruikbaar. De eerste (regel {first.row}): "
        f"{first.message}"
    )
