"""The page with the pictures of all screens names each picture there is, and no other."""

import re
from pathlib import Path

FOLDER = Path("docs/screens")


def test_each_picture_is_shown_once() -> None:
    shown = re.findall(r"\]\(([a-z-]+\.jpg)\)", (FOLDER / "README.md").read_text("utf-8"))
    assert sorted(shown) == sorted(picture.name for picture in FOLDER.glob("*.jpg"))
