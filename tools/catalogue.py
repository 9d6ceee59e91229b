"""Bring the English catalogues in line with the templates: one a room, what is new left empty.

`python -m tools.catalogue` writes them; the test fails while a sentence has no translation.
"""

import sys
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from app.screens.words import FOLDER, LANGUAGES

SCREENS = Path("app/screens")
METHODS = [("**.py", "python"), ("**.html", "jinja2")]
OPTIONS = {"**.html": {"encoding": "utf-8", "trimmed": "true", "extensions": "jinja2.ext.do"}}
# Of Python only what is marked: the API's own sentences are not the screens'.
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "N_": None}
FRAME = "frame"


def rooms() -> list[str]:
    """Return the rooms with templates of their own, and the frame around them."""
    found = [path.name for path in (SCREENS / "templates").iterdir() if path.is_dir()]
    return [FRAME, *sorted(found)]


def wanted(room: str) -> Catalog:
    """Return the sentences of a room, without translations."""
    catalogue = Catalog()
    for folder, deep in _folders(room):
        found = extract_from_dir(
            str(folder),
            METHODS,
            OPTIONS,
            KEYWORDS,
            directory_filter=lambda _: deep,  # noqa: B023
        )
        for name, _line, message, _comments, context in found:
            catalogue.add(message, None, [(f"{folder}/{name}", 0)], context=context)
    return catalogue


def current(room: str, language: str) -> Catalog:
    """Return a room's catalogue with what is there of its translations."""
    path = FOLDER / language / f"{room}.po"
    made = read_po(BytesIO(path.read_bytes() if path.is_file() else b""), locale=language)
    made.update(wanted(room), no_fuzzy_matching=True)
    made.obsolete.clear()
    return made


def main() -> int:
    """Write every catalogue; return 1 while a translation is missing."""
    empty = 0
    for language in LANGUAGES.keys() - {"nl"}:
        for room in rooms():
            catalogue = current(room, language)
            empty += sum(1 for m in catalogue if m.id and not _is_said(m.string))
            with (FOLDER / language / f"{room}.po").open("wb") as stream:
                write_po(
                    stream, catalogue, omit_header=True, no_location=True, sort_output=True, width=0
                )
    print(f"{empty} sentences wait for a translation" if empty else "every sentence is translated")
    return 1 if empty else 0


def _folders(room: str) -> list[tuple[Path, bool]]:
    """Return where a room's sentences stand, and whether in the folders below too."""
    if room == FRAME:
        return [(SCREENS / "templates", False), (SCREENS, False)]
    return [(SCREENS / "templates" / room, True), (SCREENS / room, True)]


def _is_said(string: object) -> bool:
    return all(string) if isinstance(string, tuple | list) else bool(string)


if __name__ == "__main__":
    sys.exit(main())
