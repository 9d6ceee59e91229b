"""The threat model names for each threat the test that covers it: each of them is there."""

import re
from pathlib import Path

import pytest

PAGE = Path("docs/threat-model.md")
_TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
# A row of a table of threats: a letter of STRIDE, the threat, what stands in its way, the test.
_ROW = re.compile(r"^\| ([STRIDE]) \| (.+) \|$", re.MULTILINE)


def _rows() -> list[str]:
    return [found.group(0) for found in _ROW.finditer(PAGE.read_text(encoding="utf-8"))]


@pytest.mark.parametrize("row", _rows())
def test_a_threat_names_a_test_that_is_there(row: str) -> None:
    """A protection without a test is a hope."""
    named = _TEST.findall(row)
    assert named, row
    for file, name in named:
        assert f"def {name}(" in Path(file).read_text(encoding="utf-8"), f"{file}::{name}"


def test_every_letter_is_thought_of() -> None:
    """All six kinds of threat, and more than a handful of each flow."""
    assert {row[2] for row in _rows()} == set("STRIDE")
    assert len(_rows()) > 50
