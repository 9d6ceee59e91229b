"""Free texts without what tells who a child is: names, BSNs and postcodes that somebody typed."""

import re
from collections.abc import Collection
from functools import lru_cache

_BSN = re.compile(r"(?<!\d)\d(?:[ .-]?\d){8}(?!\d)")
_POSTCODE = re.compile(r"\b[1-9]\d{3} ?[A-Za-z]{2}\b")


def without_names(text: str, names: Collection[str]) -> str:
    """Return a text with each of some names, also as a possessive, as `[naam]`."""
    said = _any_of(frozenset(names))
    return said.sub("[naam]", text) if said else text


@lru_cache(maxsize=64)
def _any_of(names: frozenset[str]) -> re.Pattern[str] | None:
    """Return what finds the names; made once, for a file has a thousand texts."""
    words = sorted({re.escape(name.strip()) for name in names if name.strip()}, key=len)[::-1]
    if not words:
        return None
    return re.compile(rf"\b(?:{'|'.join(words)})(?:['\u2019]?s)?\b", flags=re.IGNORECASE)


def without_numbers(text: str) -> str:
    """Return a text with nine digits in a row as `[nummer]` and a postcode as `[postcode]`."""
    return _POSTCODE.sub("[postcode]", _BSN.sub("[nummer]", text))
