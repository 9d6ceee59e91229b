"""Parsers of one value as a file holds it: text, numbers, words, marks and lists.

A parser takes the raw value and returns what it means, or raises Unreadable with a Dutch clause
that completes the sentence "'Postcode' ...". No clause repeats the value: it may be personal data.
"""

import math
import re
import unicodedata
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import TypeVar

from app.kernel.postcode import normalise_postcode

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)
Parser = Callable[[object], T]

MAX_TEXT = 200
PETS = ("hond", "kat", "overig")  # the animals that exports and registrations know
_WHOLE = re.compile(r"[+-]?[0-9]{1,12}")
_NUMBER = re.compile(r"(?=[^0-9]*[0-9])[A-Za-z0-9._/-]{1,40}")
_DECIMAL = re.compile(r"[+-]?[0-9]{1,12}([.,][0-9]{1,12})?")


class Unreadable(ValueError):
    """A value that cannot be read; str() is a Dutch clause: what is wrong and what to do."""


def is_empty(value: object) -> bool:
    """Return whether a value says nothing: absent, or only white space."""
    return value is None or (isinstance(value, str) and not value.strip())


def text(value: object) -> str:
    """Return a text with single spaces; a whole number from Excel loses its `.0`."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if is_empty(value):
        raise Unreadable("is leeg; vul dit veld in")
    if not isinstance(value, str):
        raise Unreadable("is geen tekst; vul één tekst in")
    return _tidy(value)


def optional_text(value: object) -> str:
    """Return a text, or the empty text when there is none."""
    return "" if is_empty(value) else text(value)


def reference_number(value: object) -> str:
    """Return the number of a family or registration: never a name, so that messages can show it.

    Columns that are swapped or shifted put a surname where the number belongs; a digit tells.
    """
    found = text(value)
    if not _NUMBER.fullmatch(found):
        raise Unreadable(
            "is geen nummer; vul 1 t/m 40 letters en cijfers in, met ten minste één cijfer, "
            "zonder spaties (ook - . _ en / mogen)"
        )
    return found


def number_or_nothing(value: object) -> str:
    """Return a number that may be shown, or "" for anything else."""
    try:
        return reference_number(value)
    except Unreadable:
        return ""


def lower_text(value: object) -> str:
    """Return a text in lower case, for words that are compared later."""
    return text(value).lower()


def optional(parse: Parser[T]) -> Parser[T | None]:
    """Return a parser that reads an empty value as None."""
    return lambda value: None if is_empty(value) else parse(value)


def one_or_none(parse: Parser[T]) -> Parser[tuple[T, ...]]:
    """Return a parser of a cell that holds one item of a list, or nothing."""
    return lambda value: () if is_empty(value) else (parse(value),)


def whole_number(low: int, high: int) -> Parser[int]:
    """Return a parser of whole numbers; `2`, `"2"` and Excel's `2.0` are the same number."""
    clause = f"is geen heel getal van {low} t/m {high}; vul zo'n getal in"

    def parse(value: object) -> int:
        number = _whole(value, clause)
        if not low <= number <= high:
            raise Unreadable(clause)
        return number

    return parse


def decimal_number(low: float, high: float) -> Parser[float]:
    """Return a parser of numbers with a decimal comma or point."""
    clause = f"is geen getal van {low:g} t/m {high:g}; vul zo'n getal in, bijvoorbeeld 2 of 2,5"

    def parse(value: object) -> float:
        number = _decimal(value, clause)
        if not (math.isfinite(number) and low <= number <= high):
            raise Unreadable(clause)
        return number

    return parse


def word(words: Mapping[str, T]) -> Parser[T]:
    """Return a parser of a closed word list, blind to capitals; keys are in lower case."""
    known = ", ".join(f"'{name}'" if name else "leeg" for name in words)

    def parse(value: object) -> T:
        found = "" if is_empty(value) else lower_text(value)
        if found not in words:
            state = "is leeg" if not found else "is geen bekend woord"
            raise Unreadable(f"{state}; kies uit: {known}")
        return words[found]

    return parse


def member(kind: type[E]) -> Parser[E]:
    """Return a parser of the Dutch terms of one of the closed lists in `app.kernel.words`."""
    return word({entry.value: entry for entry in kind})


def separated(separator: str, parse: Parser[T]) -> Parser[tuple[T, ...]]:
    """Return a parser of a list in one text; an empty text is an empty list."""

    def parse_list(value: object) -> tuple[T, ...]:
        if is_empty(value):
            return ()
        return tuple(parse(part) for part in _raw(value).split(separator) if part.strip())

    return parse_list


def each(parse: Parser[T]) -> Parser[tuple[T, ...]]:
    """Return a parser of a real list, as JSON and XML have it."""

    def parse_list(value: object) -> tuple[T, ...]:
        if not isinstance(value, list):
            raise Unreadable("is geen lijst; maak er een lijst van, zo nodig een lege")
        return tuple(parse(part) for part in value)

    return parse_list


def part(separator: str, place: int, parse: Parser[T]) -> Parser[T]:
    """Return a parser of the first (0) or second (1) half of a packed pair such as `1/2`."""

    def parse_half(value: object) -> T:
        halves = text(value).split(separator)
        if len(halves) != 2:
            raise Unreadable(f"is geen paar; vul twee waarden in met '{separator}' ertussen")
        return parse(halves[place])

    return parse_half


def true_or_false(value: object) -> bool:
    """Return a real boolean (JSON); nothing else counts as one."""
    if not isinstance(value, bool):
        raise Unreadable("is geen true of false; vul een van beide in")
    return value


def postcode(value: object) -> str:
    """Return a Dutch postcode as `1234AB`, or a bare area as `1234`."""
    found = text(value)
    normalised = normalise_postcode(found) if found.isascii() else None
    if normalised is None:
        raise Unreadable(
            "is geen Nederlandse postcode; vul vier cijfers en twee letters in, zoals 1012 AB"
        )
    return normalised


def has_odd_sign(value: str, *, allowed: str = "") -> bool:
    """Return whether a text holds a control sign or half a character, which no one typed."""
    return any(unicodedata.category(sign) in {"Cc", "Cs"} and sign not in allowed for sign in value)


def _raw(value: object) -> str:
    return value if isinstance(value, str) else text(value)


def _tidy(value: str) -> str:
    tidy = " ".join(value.split())
    if len(tidy) > MAX_TEXT:  # before looking at each sign: a text may be as large as its file
        raise Unreadable(f"is langer dan {MAX_TEXT} tekens; kort de tekst in")
    if has_odd_sign(tidy):
        raise Unreadable("bevat een onleesbaar teken; typ de tekst opnieuw")
    # One form of each letter: what looks the same must be found as the same.
    return tidy if tidy.isascii() else unicodedata.normalize("NFC", tidy)


def _whole(value: object, clause: str) -> int:
    if is_empty(value):
        raise Unreadable(clause.replace("is geen", "is leeg en geen", 1))
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    # int and float strip fewer signs than str.strip does (not \x1c-\x1f), hence of the text found.
    if isinstance(value, str) and (found := _WHOLE.fullmatch(value.strip())):
        return int(found[0])
    raise Unreadable(clause)


def _decimal(value: object, clause: str) -> float:
    if isinstance(value, float):
        return value
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**12:
        return float(value)
    if isinstance(value, str) and (found := _DECIMAL.fullmatch(value.strip())):
        return float(found[0].replace(",", "."))
    raise Unreadable(clause)
