"""Undoing a change of availability within ten seconds: what it was before is put back.

What it was travels in a cookie of the browser that made the change, which no script reads and which
ends by itself; the API judges the way back as any change, on the version that the change made.
"""

import json
from typing import Any
from urllib.parse import quote, unquote

from fastapi import Response

from app.screens.visit import Visit

COOKIE = "pleegzorg-ongedaan"
SECONDS = 10
_LASTS = SECONDS + 2  # for who clicks in the last of them


def offer(
    visit: Visit, answer: Response, at: str, before: dict[str, Any], *, etag: str | None
) -> None:
    """Let the next page offer the way back; before: the body that the API takes."""
    told = json.dumps({"op": at, "versie": etag, "was": before})
    visit.people.set_cookie(answer, COOKIE, quote(told), lasts=_LASTS)


def offered(visit: Visit, at: str, etag: str | None) -> dict[str, Any] | None:
    """Return the way back from the last change at an address, while nothing came after it."""
    try:
        found = json.loads(unquote(visit.request.cookies.get(COOKIE, "")))
        is_this = found["op"] == at and (etag is None or found["versie"] == etag)
    except (ValueError, KeyError, TypeError):
        return None
    return found if is_this else None
