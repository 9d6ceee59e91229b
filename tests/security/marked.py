"""Requests in which everything that can be typed is a mark; made from the contract itself."""

import itertools
from collections.abc import Iterator
from typing import Any

MARK = "Lekmerk"
BSN_MARK = "999940003"  # passes the 11-proef
# What is no name of a field is not repeated either; a plain word is: it tells a typing error.
KEY = f"{MARK} {BSN_MARK}"
# A word by itself, a name, a formula, a BSN in a text: all hold the mark.
_TEXTS = itertools.cycle((f"{MARK}Jansen 7", f"={MARK}", f"{MARK} {BSN_MARK}"))
_DAY, _INSTANT = "2026-11-20", "2026-11-20T10:00:00Z"
_SHORTEST = " en dit staat er alleen om lang genoeg te zijn"


def body_of(schemas: dict[str, Any], schema: Any, *, depth: int = 0) -> Any:
    """Return a value of a schema, as valid as can be told from it, with marks in every text."""
    node = _resolved(schemas, schema)
    if "const" in node or "enum" in node:
        return node.get("const", next(iter(node.get("enum", ())), None))
    for word in ("anyOf", "oneOf", "allOf"):
        if word in node:
            some = [c for c in node[word] if c.get("type") != "null"]
            return body_of(schemas, some[0], depth=depth) if some else None
    kind = node.get("type")
    if kind == "object" or "properties" in node:
        if depth > 6:
            return {}
        return {
            name: body_of(schemas, part, depth=depth + 1)
            for name, part in node.get("properties", {}).items()
        }
    if kind == "array":
        return [body_of(schemas, node.get("items", {}), depth=depth + 1)]
    return _plain(node, kind)


def _plain(node: dict[str, Any], kind: str | None) -> Any:
    if kind in ("integer", "number"):
        return int(node.get("minimum", 1))  # the contract writes it as 1.0
    if kind == "boolean":
        return False
    if node.get("format") == "date":
        return _DAY
    if node.get("format") == "date-time":
        return _INSTANT
    if node.get("pattern") or node.get("format"):
        return next(iter(node.get("examples", ())), MARK)
    return (next(_TEXTS) + _SHORTEST)[: node.get("maxLength", 60)]


def spoilt(body: Any) -> Iterator[Any]:
    """Give variants of a body that are wrong: by a type, by a field too many, by a value."""
    yield [f"{MARK} {BSN_MARK}"]
    if not isinstance(body, dict):
        return
    yield {**body, KEY: BSN_MARK}
    yield {name: {KEY: [BSN_MARK]} for name in body}
    yield dict.fromkeys(body, f"{MARK} {BSN_MARK}")
    yield {**dict.fromkeys(body, -1)}


def with_texts(body: Any, given: dict[str, Any]) -> Any:
    """Return a body that is known to be taken, with marks in the texts that may be anything."""
    return {**body, **given} if isinstance(body, dict) else body


def _resolved(schemas: dict[str, Any], schema: Any) -> Any:
    while "$ref" in schema:
        schema = schemas[schema["$ref"].rpartition("/")[2]]
    return schema
