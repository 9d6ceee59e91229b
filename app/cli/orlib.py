"""Assignment problems in the layout of OR-Library (J.E. Beasley, 1990), read and solved."""

import re
from dataclasses import dataclass
from pathlib import Path
from time import process_time

import numpy as np

from app.kernel.errors import InputRefused
from app.matching.one_to_one import assign
from app.matching.problem import Ints

# people.brunel.ac.uk/~mastjjb/jeb/orlib/assigninfo.html
PUBLISHED = {
    "assign100": 305,
    "assign200": 475,
    "assign300": 626,
    "assign400": 804,
    "assign500": 991,
    "assign600": 1176,
    "assign700": 1362,
    "assign800": 1552,
}
_MOST = 5_000  # rows: 25 million costs
_LARGEST = 10**9


@dataclass(frozen=True, slots=True)
class Outcome:
    """One file solved; published is None for a file that OR-Library does not list."""

    name: str
    size: int
    cost: int
    published: int | None
    seconds: float

    @property
    def is_wrong(self) -> bool:
        """Whether the published optimum is another one."""
        return self.published is not None and self.cost != self.published


def list_files(directory: Path) -> list[Path]:
    """Return the files named assign..., by their number; InputRefused when there is none."""
    found = [path for path in directory.glob("assign*") if path.is_file()]
    if not found:
        raise InputRefused(
            f"In {directory} staat geen bestand assign...: zet er assign100 en zijn broers neer."
        )
    return sorted(found, key=lambda path: (len(path.stem), path.stem))


def solve_file(path: Path) -> Outcome:
    """Return the least cost of one file; CPU time of solving, without reading."""
    cost = read_costs(path)
    size = len(cost)
    left, right = np.divmod(np.arange(size * size), size)
    start = process_time()
    found = assign(left, right, cost.ravel(), size)
    seconds = process_time() - start
    return Outcome(path.stem, size, found.cost, PUBLISHED.get(path.stem), seconds)


def read_costs(path: Path) -> Ints:
    """Return the costs, shape (n, n): first n, then n x n numbers, over any number of lines."""
    words = _words(path)
    size = int(words[0]) if words and re.fullmatch(r"[1-9]\d{0,5}", words[0]) else 0
    if not 1 <= size <= _MOST:
        raise _refuse(path, f"het eerste getal is geen aantal rijen van 1 tot en met {_MOST}")
    if len(words) - 1 != size * size:
        raise _refuse(path, f"er staan {len(words) - 1} kosten en geen {size} x {size}")
    wrong = next((word for word in words[1:] if not re.fullmatch(r"-?\d{1,10}", word)), None)
    if wrong is not None:
        raise _refuse(path, f"'{wrong[:20]}' is geen heel getal")
    cost = np.array(words[1:], dtype=np.int64).reshape(size, size)
    if np.abs(cost).max() > _LARGEST:
        raise _refuse(path, f"een bedrag is groter dan {_LARGEST}")
    return cost


def _words(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="ascii").split()
    except (OSError, UnicodeDecodeError) as error:
        raise _refuse(path, "het is geen leesbare tekst") from error


def _refuse(path: Path, what: str) -> InputRefused:
    return InputRefused(
        f"Bestand {path.name} is niet te gebruiken: {what}; haal het opnieuw uit OR-Library."
    )
