"""Numbers on a board that are no counts: from a file of the service, or the name of a row."""

import tomllib
from pathlib import Path
from typing import Any

_ROOT = Path(__file__).parents[2]


def from_file(path: str) -> Any:
    """Return a file of the service, read as it is."""
    return tomllib.loads((_ROOT / path).read_text("utf-8"))


# A number that names the row it stands in: of which month of a curve, which year, which question.
_NAMES = frozenset({"jaar", "jaren[].jaar", "regio[].jaar", "punten[].maand", "antwoorden[].vraag"})


def is_name(pattern: str) -> bool:
    """Return whether a number only says which row it is."""
    return ".".join(pattern.split(".")[-2:]) in _NAMES or pattern in _NAMES
