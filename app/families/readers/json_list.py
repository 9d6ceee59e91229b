"""A JSON file that holds one list, read member by member; nesting becomes dotted names.

The standard parser reads each member. An incremental one would say neither the line and column of
an error nor refuse the same numbers (ADR 0011).
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

from app.families.readers.json_scanner import ListScanner
from app.kernel.file_runs import Marks, check_runs
from app.kernel.files import open_input, text_pieces

MARKS = Marks(sign=b'"', name="aanhalingstekens")
MAX_DEPTH = 3  # deeper values stay as they are; no column reads them


def json_members(path: Path) -> Iterator[object]:
    """Yield the members of the list in a file; at most some MiB of it are in memory.

    Doubled for a member in which a field stands twice: it is to be refused, the others are not.

    Raises InputRefused, also halfway, with line and column for broken JSON; for a file that is no
    list, an impossible number, and a member of over 16 MiB.
    """
    with open_input(path) as stream:
        check_runs(stream, MARKS, name=path.name)
        yield from ListScanner(path.name, text_pieces(stream, name=path.name)).members()


def flatten(nested: Mapping[str, object], prefix: str = "", depth: int = 1) -> dict[str, object]:
    """Return an object with `a.b` for the field b of its field a."""
    return dict(_pairs(nested, prefix, depth))


def _pairs(nested: Mapping[str, object], prefix: str, depth: int) -> Iterator[tuple[str, object]]:
    for key, value in nested.items():
        if isinstance(value, dict) and depth < MAX_DEPTH:
            yield from _pairs(value, f"{prefix}{key}.", depth + 1)
        else:
            yield prefix + key, value
