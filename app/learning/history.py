"""Reads `plaatsingen-historie.csv`: a wrong row is refused with a sentence, all others are kept."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.kernel.errors import InputRefused
from app.kernel.files import open_input, text_lines
from app.kernel.reading import number_or_nothing
from app.kernel.refusal import Refusal
from app.learning.columns import COLUMNS, RowWrong, read_placement
from app.learning.placement import Ending, PastPlacement

FILE = "plaatsingen-historie.csv"


@dataclass(frozen=True, slots=True)
class History:
    """Past placements in the order of the file, followed until a day, and what was refused."""

    placements: tuple[PastPlacement, ...]
    until: date
    refusals: tuple[Refusal, ...] = ()

    def __len__(self) -> int:
        return len(self.placements)

    @property
    def breakdowns(self) -> int:
        """Return how many placements broke down."""
        return sum(p.course.ending is Ending.BROKEN for p in self.placements)


def read_history(path: Path, *, until: date) -> History:
    """Return the placements of a file as they stood on a day (the peildatum).

    Of rows with one number the first is kept. Raises InputRefused for a file that cannot be read,
    misses a column, or in which no row at all can be used.
    """
    kept: dict[str, PastPlacement] = {}
    refusals: list[Refusal] = []
    for line, cells, fault in _rows(path):
        try:
            if fault is not None:
                raise fault
            placement = read_placement(cells, until=until)
            _refuse_twice(placement, kept)
            kept[placement.course.number] = placement
        except RowWrong as wrong:
            number = number_or_nothing(cells.get("plaatsing_id"))
            refusals.append(
                Refusal(path.name, line, wrong.field, f"Veld '{wrong.field}' {wrong.clause}.",
                        number)
            )  # fmt: skip
    if not kept:
        raise _nothing_usable(path.name, refusals)
    return History(tuple(kept.values()), until, tuple(refusals))


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str], RowWrong | None]]:
    """Yield line number, cells by column, and what is wrong with the row as a whole."""
    with open_input(path) as stream:
        reader = csv.reader(text_lines(stream, name=path.name), strict=True)
        try:
            names = [name.strip() for name in next(reader)]
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


def _refuse_twice(placement: PastPlacement, kept: dict[str, PastPlacement]) -> None:
    if placement.course.number in kept:
        raise RowWrong("plaatsing_id", "staat al eerder in dit bestand; verwijder er één")


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
