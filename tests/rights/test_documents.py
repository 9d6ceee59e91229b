"""The starting texts for assessments say what is kept, for how long, and what figures show."""

from pathlib import Path

import pytest

_DOCS = Path(__file__).parents[2] / "docs"
# What placements add to the file of a child, as people call it.
ADDED = (
    "belasting",
    "drie stemmen",
    "netwerk",
    "JIM",
    "respijt",
    "ladder",
    "volglijst",
    "signalen",
)


@pytest.mark.parametrize("name", ["dpia.md", "iama.md"])
def test_what_placements_add_is_named_with_its_terms(name: str) -> None:
    """Each kind of it, and where its term is set and shown."""
    text = (_DOCS / name).read_text("utf-8")
    assert [word for word in ADDED if word not in text] == []
    assert "`pleegzorg bewaar`" in text
    assert "app/rights/bewaartermijnen.toml" in text


@pytest.mark.parametrize("name", ["dpia.md", "regio.md"])
def test_that_a_share_tells_a_number_is_said(name: str) -> None:
    """Of a group that is large enough the rest may be three, and the text does not deny it."""
    text = " ".join((_DOCS / name).read_text("utf-8").split())
    assert "70%" in text
    assert "10 kinderen" in text
    assert "hanteren hetzelfde met 10" not in text
