"""One line of a registration file: JSON, or what is wrong with it."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from app.kernel.files import open_input, placed_lines
from app.kernel.json_objects import FieldTwice, read_object
from app.kernel.reading import number_or_nothing

NUMBER = "aanmeldnummer"


@dataclass(frozen=True, slots=True)
class RawLine:
    """A line that is not blank: its number, its object (None when broken) and the clause why.

    begin: the byte of the file at which it begins.
    """

    row: int
    content: dict[str, object] | None
    clause: str = ""
    begin: int = 0

    @property
    def number(self) -> str:
        """Return the number of the registration, or "" without one that can be shown."""
        found = (self.content or {}).get(NUMBER)
        return number_or_nothing(found) if isinstance(found, str) else ""


def raw_lines(path: Path) -> Iterator[RawLine]:
    """Yield the lines that hold something; raises InputRefused as `app.kernel.files` does."""
    with open_input(path) as stream:
        for row, (begin, line) in enumerate(placed_lines(stream, name=path.name), start=1):
            if line.strip():
                yield replace(_raw_line(row, line), begin=begin)


def lines_at(path: Path, begins: Iterable[int]) -> Iterator[RawLine]:
    """Yield the lines that begin at bytes which `raw_lines` told, in that order; row is 0."""
    with open_input(path) as stream:
        for begin in begins:
            stream.seek(begin)
            yield _raw_line(0, stream.readline().decode())


def _raw_line(row: int, line: str) -> RawLine:
    try:
        content = read_object(line)
        json.dumps(content, ensure_ascii=False).encode()
    except FieldTwice:
        return RawLine(row, None, "bevat een veld twee keer; laat er één staan")
    except json.JSONDecodeError as error:
        return RawLine(row, None, f"is geen geldige JSON bij teken {error.colno}; herstel de regel")
    except (ValueError, RecursionError):
        return RawLine(row, None, "bevat een onmogelijk getal of teken; herstel de regel")
    if not isinstance(content, dict):
        return RawLine(row, None, "is geen JSON-object; zet één aanmelding tussen { en }")
    return RawLine(row, content)
