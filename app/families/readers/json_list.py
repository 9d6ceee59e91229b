"""A JSON file that holds one list, and its objects with their nesting written as dotted names."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from app.kernel.errors import InputRefused
from app.kernel.file_runs import Marks, check_runs
from app.kernel.files import BYTE_ORDER_MARK, decoded, open_input

MARKS = Marks(sign=b'"', name="aanhalingstekens")
MAX_DEPTH = 3  # deeper values stay as they are; no column reads them


def read_json_list(path: Path) -> list[object]:
    """Return the list in a file; raises InputRefused with line and column for broken JSON."""
    with open_input(path) as stream:
        check_runs(stream, MARKS, name=path.name)
        raw = stream.read().removeprefix(BYTE_ORDER_MARK)
    found = _parse(decoded(raw, name=path.name, line=1), path.name)
    if not isinstance(found, list):
        raise InputRefused(
            f"Bestand {path.name} bevat geen JSON-lijst van gezinnen: "
            "exporteer het opnieuw als lijst, dus met [ aan het begin en ] aan het eind."
        )
    return found


def flatten(nested: Mapping[str, object], prefix: str = "", depth: int = 1) -> dict[str, object]:
    """Return an object with `a.b` for the field b of its field a."""
    return dict(_pairs(nested, prefix, depth))


def _pairs(nested: Mapping[str, object], prefix: str, depth: int) -> Iterator[tuple[str, object]]:
    for key, value in nested.items():
        if isinstance(value, dict) and depth < MAX_DEPTH:
            yield from _pairs(value, f"{prefix}{key}.", depth + 1)
        else:
            yield prefix + key, value


def _parse(text: str, name: str) -> object:
    try:
        return json.loads(text, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        raise InputRefused(
            f"Bestand {name} is geen geldige JSON op regel {error.lineno}, kolom {error.colno}: "
            "herstel het daar of exporteer het opnieuw."
        ) from error
    except (ValueError, RecursionError) as error:
        raise InputRefused(
            f"Bestand {name} bevat JSON die niet te lezen is (een onmogelijk getal of te diep "
            "genest): exporteer het opnieuw."
        ) from error


def _refuse_constant(constant: str) -> float:
    raise ValueError(constant)
