"""Every figure of an answer: where the contract has a number, and what stands there."""

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

_CONTRACT = Path(__file__).parents[2] / "openapi" / "openapi.json"
_NUMBERS = frozenset({"integer", "number"})
Schema = Mapping[str, Any]


class Leaf(NamedTuple):
    """A figure of an answer.

    pattern: its place in the contract (`treden[].begonnen`). about: every text and number beside it
    and around it, by name, which say what it is of. line: the list that it is a part of, with the
    place of its items in the lists around it. beside: the object that holds it, or that says that
    there is none.
    """

    pattern: str
    about: Mapping[str, Any]
    line: str
    beside: Mapping[str, Any]
    value: float | None


@cache
def contract() -> Any:
    """Return the contract as it is kept; a test compares it with the service."""
    return json.loads(_CONTRACT.read_text("utf-8"))


def schema_of(operation: str) -> Schema:
    """Return the schema of the answer of an operation that reads."""
    for path in contract()["paths"].values():
        found = path.get("get", {})
        if found.get("operationId") == operation:
            return found["responses"]["200"]["content"]["application/json"]["schema"]  # type: ignore[no-any-return]
    raise KeyError(operation)


def patterns_of(schema: Schema, at: str = "") -> Iterator[str]:
    """Yield the place of every number that an answer may have."""
    schema = _plain(schema)
    if "properties" in schema:
        for name, below in schema["properties"].items():
            yield from patterns_of(below, f"{at}.{name}".lstrip("."))
    elif schema.get("type") == "array":
        yield from patterns_of(schema["items"], f"{at}[]")
    elif schema.get("type") in _NUMBERS:
        yield at


def leaves_of(
    schema: Schema, told: Any, at: str = "", *, line: str = "", around: Sequence[Any] = ()
) -> Iterator[Leaf]:
    """Yield every figure of an answer, also one that is not told. around: the outermost first."""
    schema = _plain(schema)
    if "properties" in schema:
        within = [*around, told] if told is not None else around
        for name, below in schema["properties"].items():
            where = f"{at}.{name}".lstrip(".")
            value = None if told is None else told[name]
            if _plain(below).get("type") in _NUMBERS:
                yield Leaf(where, _about(within), line, within[-1], value)
            elif told is not None:
                yield from leaves_of(below, value, where, line=f"{line}.{name}", around=within)
    elif schema.get("type") == "array" and told is not None:
        for nth, one in enumerate(told):
            # A part of a list stands on the line of that list; what is in it, on its own.
            yield from _of_item(schema["items"], one, (f"{at}[]", line, nth), around)


def _about(around: Sequence[Any]) -> dict[str, Any]:
    return {k: one for told in around for k, one in told.items() if isinstance(one, str | int)}


def _of_item(
    schema: Schema, told: Any, where: tuple[str, str, int], around: Sequence[Any]
) -> Iterator[Leaf]:
    at, line, nth = where
    for leaf in leaves_of(schema, told, at, around=around):
        inside = f"{line}[{nth}]{leaf.line}" if leaf.line else line
        yield leaf._replace(line=inside)


def _plain(schema: Schema) -> Schema:
    """Return a schema without what only refers to it, and without that it may be null."""
    if "$ref" in schema:
        return _plain(contract()["components"]["schemas"][schema["$ref"].rpartition("/")[2]])
    for word in ("anyOf", "allOf", "oneOf"):
        if word in schema:
            kinds = [one for one in schema[word] if one.get("type") != "null"]
            assert len(kinds) == 1, schema
            return _plain(kinds[0])
    return schema
