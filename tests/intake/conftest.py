"""Writes registration files from the first registration of the example region."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

REGIO = Path(__file__).parents[1] / "data" / "regio-1"


@pytest.fixture
def example() -> dict[str, Any]:
    """Return the first registration of the example region, as JSON."""
    with (REGIO / "aanmeldingen.jsonl").open(encoding="utf-8") as file:
        found: dict[str, Any] = json.loads(next(file))
    return found


@pytest.fixture
def write(tmp_path: Path, example: dict[str, Any]) -> Callable[..., Path]:
    """Return a writer: a mapping changes the example (... removes a field), a text is a line."""

    def write_lines(*lines: Mapping[str, object] | str) -> Path:
        path = tmp_path / "aanmeldingen.jsonl"
        path.write_text("".join(_line(line, example) + "\n" for line in lines), encoding="utf-8")
        return path

    return write_lines


def _line(line: Mapping[str, object] | str, example: dict[str, Any]) -> str:
    if isinstance(line, str):
        return line
    changed = json.loads(json.dumps(example))
    for name, value in line.items():
        *outer, last = name.split(".")
        target = changed
        for step in outer:
            target = target[step]
        target[last] = value
        if value is ...:
            target.pop(last)
    return json.dumps(changed)
