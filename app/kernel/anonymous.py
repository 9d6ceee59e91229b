"""Free texts without what tells who a child is: what somebody typed of names, numbers, addresses.

It finds what has a form of its own, and the names it is given, however they were written. What
somebody describes in other words stays: people read a text before they show it.
"""

import re
import unicodedata
from collections.abc import Collection
from functools import cache, lru_cache

_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?<![\d+])(?:\+31|0031|0)(?:[ .-]?\(0\))?(?:[ .-]?\d){9}(?!\d)")
_BSN = re.compile(r"(?<!\d)\d(?:[ .-]?\d){8}(?!\d)")
_POSTCODE = re.compile(r"\b[1-9]\d{3} ?[A-Za-z]{2}\b")
_STREETS = (
    "straat|laan|weg|plein|gracht|kade|dijk|hof|singel|steeg|dreef|plantsoen|burgwal|markt|oever"
)
_ADDRESS = re.compile(rf"\b[\w'\u2019-]+(?:{_STREETS}) \d{{1,4}}(?:[ -]?[a-z])?\b", re.IGNORECASE)
_PARTICLES = frozenset({"van", "den", "der", "het", "ten", "ter", "vande", "vander", "bij", "aan"})
_BETWEEN, _SHORTEST = re.compile(r"[\s'\u2019.-]+"), 3


def without_names(text: str, names: Collection[str], *, parts: bool = False) -> str:
    """Return a text with each of some names, also as a possessive, as `[naam]`.

    In any case, with or without accents, hyphens and spaces. parts: of a name of more words each by
    itself too, if it has three letters or more.
    """
    said = _any_of(frozenset(names), parts=parts)
    return said.sub("[naam]", unicodedata.normalize("NFC", text)) if said else text


def without_numbers(text: str) -> str:
    """Return a text without what leads to a person.

    Nine digits in a row and a telephone number become `[nummer]`; a postcode, an address and a mail
    address `[postcode]`, `[adres]` and `[e-mail]`.
    """
    for pattern, shown in (
        (_MAIL, "[e-mail]"), (_PHONE, "[nummer]"), (_BSN, "[nummer]"),
        (_POSTCODE, "[postcode]"), (_ADDRESS, "[adres]"),
    ):  # fmt: skip
        text = pattern.sub(shown, text)
    return text


@lru_cache(maxsize=64)
def _any_of(names: frozenset[str], *, parts: bool) -> re.Pattern[str] | None:
    """Return what finds the names; made once, for a file has a thousand texts."""
    words = {pattern for name in names for pattern in _patterns(name)[: None if parts else 1]}
    if not words:
        return None
    longest_first = "|".join(sorted(words, key=lambda word: (-len(word), word)))
    return re.compile(rf"\b(?:{longest_first})(?:['\u2019]?s)?\b", flags=re.IGNORECASE)


def _patterns(name: str) -> list[str]:
    parts = [part for part in _BETWEEN.split(name.strip()) if part]
    if not parts:
        return []
    spelled = ["".join(_letter(letter) for letter in part) for part in parts]
    by_itself = [
        own
        for part, own in zip(parts, spelled, strict=True)
        if len(part) >= _SHORTEST and part.lower() not in _PARTICLES
    ]
    return [r"[\s'\u2019.-]*".join(spelled), *by_itself]


@cache
def _letter(letter: str) -> str:
    """Return a pattern of a letter, whatever accent it bears."""
    same = _accented().get(_base(letter), "")
    return f"[{re.escape(letter)}{_base(letter)}{same}]" if same else re.escape(letter)


@cache
def _accented() -> dict[str, str]:
    found: dict[str, str] = {}
    for letter in map(chr, range(0xC0, 0x250)):
        if (base := _base(letter)) != letter.lower():
            found[base] = found.get(base, "") + letter
    return found


def _base(letter: str) -> str:
    return unicodedata.normalize("NFD", letter)[0].lower()
