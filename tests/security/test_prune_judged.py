"""What is left of any answer of the contract is what a slow walk leaves of it, whoever asks."""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from app.kernel.actor import SIGNED_IN_ROLES, ActorRole
from app.security.access import load_access
from app.security.prune import pruner
from tests.security.judge import Judge

CONTRACT = json.loads(Path("openapi/openapi.json").read_text("utf-8"))
SCHEMAS: dict[str, Any] = CONTRACT["components"]["schemas"]
DEEP = 5


@lru_cache(maxsize=2048)
def values(schema: str, deep: int) -> st.SearchStrategy[Any]:
    """Return values somewhat like a schema, with keys too few and too many."""
    node = json.loads(schema)
    if "$ref" in node:
        return of(SCHEMAS[node["$ref"].rpartition("/")[2]], deep)
    choices = [c for word in ("anyOf", "oneOf", "allOf") for c in node.get(word, ())]
    if choices:
        return st.one_of(*(of(choice, deep) for choice in choices))
    if deep == 0:
        return st.sampled_from([None, "woord", 3])
    if "items" in node:
        return st.lists(of(node["items"], deep - 1), max_size=2)
    return _object(node, deep) if "properties" in node else _other(node, deep)


def of(schema: Any, deep: int) -> st.SearchStrategy[Any]:
    return values(json.dumps(schema, sort_keys=True), deep)


def _object(node: Any, deep: int) -> st.SearchStrategy[Any]:
    told = {key: of(inner, deep - 1) for key, inner in node["properties"].items()}
    free = {"geheimePlaatsing": st.booleans(), "onbeschreven": st.just("iets")}
    return st.fixed_dictionaries({}, optional=free | told)


def _other(node: Any, deep: int) -> st.SearchStrategy[Any]:
    others = node.get("additionalProperties")
    if isinstance(others, dict):
        return st.dictionaries(st.sampled_from(["a", "geheimePlaatsing"]), of(others, deep - 1))
    return st.sampled_from([None, True, "woord", 3, {"vrij": 1}, [1]])


@given(st.data(), st.sampled_from(sorted(SCHEMAS)), st.sampled_from(sorted(SIGNED_IN_ROLES)))
@settings(max_examples=300)
def test_what_is_left_is_what_the_rule_leaves(
    data: st.DataObject, name: str, role: ActorRole
) -> None:
    """For every schema and role; who sees all of an answer is not shortened at all."""
    schema = {"$ref": f"#/components/schemas/{name}"}
    value = data.draw(of(schema, DEEP))
    prune = pruner(load_access(), SCHEMAS, schema, role)
    if prune is not None:
        assert prune(value) == Judge(load_access(), SCHEMAS, role).shown(value, schema)
