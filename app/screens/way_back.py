"""The way back from something harmless: a button beside what is told, on the next page alone."""

import json
import re
from dataclasses import dataclass
from urllib.parse import quote, unquote

COOKIE = "pleegzorg-terug"
# A browser may be made to bring another cookie: the button goes to what undoes, and nowhere else.
_UNDOES = re.compile(r"(?:/[\w.~%-]+)+/ongedaan")
_OURS = re.compile(r"/(?![/\\])[^\\]*")


@dataclass(frozen=True, slots=True)
class WayBack:
    """Where a form undoes what was done; version: for `If-Match`; back: where one goes after it."""

    path: str
    version: str | None = None
    back: str | None = None


def written(way: WayBack) -> str:
    """Return a way back as a cookie holds it."""
    return quote(json.dumps([way.path, way.version, way.back]))


def read(cookie: str | None) -> WayBack | None:
    """Return the way back in a cookie; None without one, or where it leads elsewhere."""
    try:
        path, version, back = json.loads(unquote(cookie or ""))
    except (ValueError, TypeError):
        return None
    are_texts = isinstance(path, str) and all(isinstance(t, str | None) for t in (version, back))
    if not are_texts or not _UNDOES.fullmatch(path) or not _OURS.fullmatch(back or "/"):
        return None
    return WayBack(path, version, back)
