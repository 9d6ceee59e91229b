"""Leaving out of an answer what a role may not see, along the schemas of the contract.

The way through a schema is looked up once, not for every answer: what is left of it is a function
for each kind of object, which knows the keys that it keeps.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from app.kernel.actor import ActorRole
from app.security.access import Access

# In an answer: whether the parents may not know where the child lives. The first may be a fact that
# was told of the child alone; then the second says it, also because of a brother or sister there.
_HIDES_HOME = ("geheimePlaatsing", "woonplekGeheim")
Schema = Mapping[str, Any]
Schemas = Mapping[str, Schema]
Prune = Callable[[Any], Any]


def pruner(access: Access, schemas: Schemas, schema: Schema, role: ActorRole) -> Prune | None:
    """Return what shortens an answer of a schema to what a role sees; None where that is all.

    schemas: the components of the contract, by name. What no schema describes is left out.
    """
    if _is_whole(access, schemas, schema, role):
        return None
    return _Pruner(access, schemas, role).of(schema) or _as_it_is


def reachable(schemas: Schemas, schema: Schema) -> set[str]:
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


def _parts(node: Schema) -> list[Schema]:
    parts = [*node.get("properties", {}).values(), *node.get("prefixItems", ())]
    for word in ("anyOf", "oneOf", "allOf"):
        parts += node.get(word, ())
    parts += [node[w] for w in ("items", "additionalProperties") if isinstance(node.get(w), dict)]
    return parts


def _name(node: Schema) -> str | None:
    return str(node["$ref"]).rpartition("/")[2] if "$ref" in node else None


def _is_whole(access: Access, schemas: Schemas, schema: Schema, role: ActorRole) -> bool:
    return all(
        access.seen(name, role) is None and not access.kept_secret(name, role)
        for name in reachable(schemas, schema)
        if "properties" in schemas[name]
    )


class _Pruner:
    """Makes what shortens an answer for one role; each schema with a name is made once."""

    def __init__(self, access: Access, schemas: Schemas, role: ActorRole) -> None:
        self._access, self._schemas, self._role = access, schemas, role
        self._made: dict[str, Prune] = {}
        self._begun: set[str] = set()

    def of(self, schema: Schema) -> Prune | None:
        """Return what shortens a value of a schema; None where there is nothing to look for."""
        choices = self._alternatives(schema)
        objects = [(_name(c), self._resolve(c)) for c in choices]
        objects = [o for o in objects if "properties" in o[1] or "additionalProperties" in o[1]]
        items = [node["items"] for node in map(self._resolve, choices) if _has_items(node)]
        item = self.of(items[0]) if items else None
        if not objects and item is None:
            return None
        return _walk(self._of_objects(objects), item)

    def _of_objects(self, objects: Sequence[tuple[str | None, Schema]]) -> Prune:
        """Return what shortens an object: of a choice the schema that is nearest to it counts."""
        if not objects:
            return _as_it_is
        shorten = [self._of_object(name, node) for name, node in objects]
        if len(shorten) == 1:
            return shorten[0]
        keys = [node.get("properties", {}).keys() for _, node in objects]

        def nearest(value: Mapping[str, Any]) -> Any:
            alike = [len(value.keys() & own) for own in keys]
            return shorten[alike.index(max(alike))](value)

        return nearest

    def _of_object(self, name: str | None, node: Schema) -> Prune:
        if name is None:
            return self._make(None, node)
        if name not in self._begun:
            self._begun.add(name)
            self._made[name] = self._make(name, node)
        return self._made.get(name) or self._later(name)

    def _later(self, name: str) -> Prune:
        """Return what looks itself up when it is needed: a schema that holds itself is not made."""

        def shorten(value: Any) -> Any:
            return self._made[name](value)

        return shorten

    def _make(self, name: str | None, node: Schema) -> Prune:
        hidden = self._access.kept_secret(name, self._role) if name else frozenset()
        properties = node.get("properties")
        if properties is None:
            others = node.get("additionalProperties")
            return _every_key(self.of(others) if isinstance(others, dict) else None, hidden)
        seen = self._access.seen(name, self._role) if name else None
        return _named_keys(
            {
                key: self.of(inner)
                for key, inner in properties.items()
                if seen is None or key in seen
            },
            hidden,
        )

    def _alternatives(self, schema: Schema) -> list[Schema]:
        name = _name(schema)
        node = self._schemas[name] if name else schema
        if "properties" not in node:
            for word in ("anyOf", "oneOf", "allOf"):
                if word in node:
                    return [a for choice in node[word] for a in self._alternatives(choice)]
        return [schema]

    def _resolve(self, node: Schema) -> Schema:
        name = _name(node)
        return self._schemas[name] if name else node


def _has_items(node: Schema) -> bool:
    return isinstance(node.get("items"), dict)


def _hides_home(value: Mapping[str, Any]) -> bool:
    return any(value.get(name) is True for name in _HIDES_HOME)


def _as_it_is(value: Any) -> Any:
    return value


def _walk(of_object: Prune, item: Prune | None) -> Prune:
    def walk(value: Any) -> Any:
        if isinstance(value, dict):
            return of_object(value)
        if item is not None and isinstance(value, list):
            return [item(each) for each in value]
        return value

    return walk


def _named_keys(kept: Mapping[str, Prune | None], hidden: frozenset[str]) -> Prune:
    """Return what leaves only some keys of an object, and none of hidden if its home is secret."""
    at_home = {key: shorten for key, shorten in kept.items() if key not in hidden}

    def shorten(value: Mapping[str, Any]) -> Any:
        shown = at_home if hidden and _hides_home(value) else kept
        found = {}
        for key, item in value.items():
            if key in shown:
                inner = shown[key]
                found[key] = item if inner is None else inner(item)
        return found

    return shorten


def _every_key(inner: Prune | None, hidden: frozenset[str]) -> Prune:
    """Return what shortens the values of an object whose keys are free."""

    def shorten(value: Mapping[str, Any]) -> Any:
        secret = hidden if hidden and _hides_home(value) else ()
        return {
            key: item if inner is None else inner(item)
            for key, item in value.items()
            if key not in secret
        }

    return shorten
