"""Free texts without what tells who a child is: names, BSNs and postcodes that somebody typed."""

import re
from collections.abc import Collection

_BSN = re.compile(r"(?<!\d)\d(?:[ .-]?\d){8}(?!\d)")
_POSTCODE = re.compile(r"\b[1-9]\d{3} ?[A-Za-z]{2}\b")


def without_names(text: str, names: Collection[str]) -> str:
    """Return a text with each of some names, also as a possessive, as `[naam]`."""
    words = sorted({re.escape(name.strip()) for name in names if name.strip()}, key=len)[::-1]
    if not words:
        return text
    return re.sub(
        rf"\b(?:{'|'.join(words)})(?:['\u2019]?s)?\b", "[naam]", text, flags=re.IGNORECASE
    )


def without_numbers(text: str) -> str:
    """Return a text with nine digits in a row as `[nummer]` and a postcode as `[postcode]`."""
    return _POSTCODE.sub("[postcode]", _BSN.sub("[nummer]", text))
