"""JSON in which a field may stand only once in an object: of two values one would be lost unseen.

The standard (RFC 8259, section 4) leaves open what a reader does with the second. The standard
library takes it, and nobody is told that there was a first.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

SHOWN = 60
TWICE = "staat meer dan eens in één object; laat er één staan"


class FieldTwice(ValueError):
    """A field stands twice in one object, so that nobody can tell which value is meant.

    field: its name, or "" where that cannot be shown (unprintable, or digits in it).
    """

    def __init__(self, name: str) -> None:
        is_safe = name.isprintable() and not any(sign.isdigit() for sign in name)
        self.field = name[:SHOWN] if is_safe else ""
        super().__init__(TWICE)


@dataclass(frozen=True, slots=True)
class Doubled:
    """An object in which a field stands twice, read as if nothing were wrong; to be refused."""

    content: Mapping[str, object]
    field: str


def refuse_constant(constant: str) -> float:
    """Refuse NaN and Infinity, which are no JSON; raises ValueError."""
    raise ValueError(constant)


def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return the object of these pairs (an `object_pairs_hook`); raises FieldTwice."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise FieldTwice(next(name for name in names if names.count(name) > 1))
    return found


def read_object(content: str | bytes) -> Any:
    """Return what JSON says; raises FieldTwice, JSONDecodeError, or ValueError for NaN."""
    return json.loads(content, object_pairs_hook=once, parse_constant=refuse_constant)


_STRICT = json.JSONDecoder(object_pairs_hook=once, parse_constant=refuse_constant)
_LAX = json.JSONDecoder(parse_constant=refuse_constant)


def decode_once(text: str, at: int) -> tuple[Any, int]:
    """Return the value that begins at a place, Doubled where a field is twice, and its end.

    Raises as `read_object`, but for FieldTwice.
    """
    try:
        return _STRICT.raw_decode(text, at)
    except FieldTwice as error:
        found, end = _LAX.raw_decode(text, at)
        return Doubled(found if isinstance(found, dict) else {}, error.field), end


def read_once(content: str) -> Any:
    """Return what JSON says, Doubled where a field is twice; raises as `decode_once`."""
    try:
        return read_object(content)
    except FieldTwice as error:
        found = json.loads(content, parse_constant=refuse_constant)
        return Doubled(found if isinstance(found, dict) else {}, error.field)
