"""Leaving out of an answer what a role may not see, along the schemas of the contract."""

from collections.abc import Callable, Mapping
from typing import Any

from app.kernel.actor import ActorRole
from app.security.access import Access

# In an answer: whether the parents may not know where the child lives.
_HIDES_HOME = "geheimePlaatsing"
Schemas = Mapping[str, Mapping[str, Any]]
Prune = Callable[[Any], Any]


def pruner(
    access: Access, schemas: Schemas, schema: Mapping[str, Any], role: ActorRole
) -> Prune | None:
    """Return what shortens an answer of a schema to what a role sees; None where that is all.

    schemas: the components of the contract, by name. What no schema describes is left out.
    """
    return (
        None
        if _is_whole(access, schemas, schema, role)
        else _Pruner(access, schemas, role).of(schema)
    )


def reachable(schemas: Schemas, schema: Mapping[str, Any]) -> set[str]:
    """Return the names of all schemas that an answer of a schema may hold."""
    found: set[str] = set()
    waiting = [schema]
    while waiting:
        node = waiting.pop()
        name = _name(node)
        if name is not None:
            if name not in found:
                found.add(name)
                waiting.append(schemas[name])
            continue
        waiting += _parts(node)
    return found


def _parts(node: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    parts = [*node.get("properties", {}).values(), *node.get("prefixItems", ())]
    for word in ("anyOf", "oneOf", "allOf"):
        parts += node.get(word, ())
    parts += [node[w] for w in ("items", "additionalProperties") if isinstance(node.get(w), dict)]
    return parts


def _name(node: Mapping[str, Any]) -> str | None:
    return str(node["$ref"]).rpartition("/")[2] if "$ref" in node else None


def _is_whole(access: Access, schemas: Schemas, schema: Mapping[str, Any], role: ActorRole) -> bool:
    return all(
        access.seen(name, role) is None and not access.kept_secret(name, role)
        for name in reachable(schemas, schema)
        if "properties" in schemas[name]
    )


class _Pruner:
    """Walks one answer for one role."""

    def __init__(self, access: Access, schemas: Schemas, role: ActorRole) -> None:
        self._access, self._schemas, self._role = access, schemas, role

    def of(self, schema: Mapping[str, Any]) -> Prune:
        """Return the walk through an answer of a schema."""
        return lambda value: self._walk(value, schema)

    def _walk(self, value: Any, schema: Mapping[str, Any]) -> Any:
        if isinstance(value, list):
            items = self._items(schema)
            return [self._walk(item, items) for item in value]
        if not isinstance(value, dict):
            return value
        name, node = self._object(value, schema)
        seen = self._access.seen(name, self._role) if name else None
        if name and value.get(_HIDES_HOME) is True:
            hidden = self._access.kept_secret(name, self._role)
            value = {key: item for key, item in value.items() if key not in hidden}
        properties = node.get("properties")
        if properties is None:
            others = node.get("additionalProperties")
            inner = others if isinstance(others, dict) else {}
            return {key: self._walk(item, inner) for key, item in value.items()}
        return {
            key: self._walk(item, properties[key])
            for key, item in value.items()
            if key in properties and (seen is None or key in seen)
        }

    def _items(self, schema: Mapping[str, Any]) -> Mapping[str, Any]:
        for node in self._choices(schema):
            if isinstance(node.get("items"), dict):
                found: Mapping[str, Any] = node["items"]
                return found
        return {}

    def _object(
        self, value: Mapping[str, Any], schema: Mapping[str, Any]
    ) -> tuple[str | None, Mapping[str, Any]]:
        """Return the schema of an object, by name where it has one: of a choice the nearest."""
        candidates = [
            (_name(choice), self._resolve(choice)) for choice in self._alternatives(schema)
        ]
        objects = [c for c in candidates if "properties" in c[1] or "additionalProperties" in c[1]]
        if not objects:
            return None, {}
        return max(objects, key=lambda c: len(value.keys() & c[1].get("properties", {}).keys()))

    def _choices(self, schema: Mapping[str, Any]) -> list[Mapping[str, Any]]:
        return [self._resolve(choice) for choice in self._alternatives(schema)]

    def _alternatives(self, schema: Mapping[str, Any]) -> list[Mapping[str, Any]]:
        name = _name(schema)
        node = self._schemas[name] if name else schema
        if "properties" not in node:
            for word in ("anyOf", "oneOf", "allOf"):
                if word in node:
                    return [a for choice in node[word] for a in self._alternatives(choice)]
        return [schema]

    def _resolve(self, node: Mapping[str, Any]) -> Mapping[str, Any]:
        name = _name(node)
        return self._schemas[name] if name else node
