"""The rule of leaving out, told once more and slowly: a walk that looks up everything each time."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from app.kernel.actor import ActorRole
from app.security.access import Access


@dataclass(frozen=True, slots=True)
class Judge:
    """Says what a role may see of an answer, without remembering anything."""

    access: Access
    schemas: dict[str, Any]
    role: ActorRole

    def shown(self, value: Any, schema: Any) -> Any:
        """Return what is left of a value of a schema."""
        choices = list(self._choices(schema))
        if isinstance(value, list):
            items = next((n["items"] for _, n in choices if isinstance(n.get("items"), dict)), {})
            return [self.shown(item, items) for item in value]
        if not isinstance(value, dict):
            return value
        objects = [c for c in choices if "properties" in c[1] or "additionalProperties" in c[1]]
        if not objects:
            return value
        name, node = max(
            objects, key=lambda c: len(value.keys() & c[1].get("properties", {}).keys())
        )
        return {
            key: self.shown(value[key], self._of(node, key))
            for key in self._kept(value, name, node)
        }

    def _kept(self, value: dict[str, Any], name: str | None, node: Any) -> list[str]:
        kept = set(value)
        if name and value.get("geheimePlaatsing") is True:
            kept -= self.access.kept_secret(name, self.role)
        if "properties" in node:
            seen = self.access.seen(name, self.role) if name else None
            kept &= set(node["properties"]) if seen is None else set(node["properties"]) & seen
        return [key for key in value if key in kept]

    def _of(self, node: Any, key: str) -> Any:
        if "properties" in node:
            return node["properties"][key]
        others = node["additionalProperties"]
        return others if isinstance(others, dict) else {}

    def _choices(self, schema: Any) -> Iterator[tuple[str | None, Any]]:
        name = schema["$ref"].rpartition("/")[2] if "$ref" in schema else None
        node = self.schemas[name] if name else schema
        word = next((w for w in ("anyOf", "oneOf", "allOf") if w in node), None)
        if "properties" in node or word is None:
            yield name, node
            return
        for choice in node[word]:
            yield from self._choices(choice)
