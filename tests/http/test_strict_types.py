"""What a body says in another JSON type than the contract names is refused, never read as one.

Pydantic reads true as 1, "3" as 3 and 1 as true where a field does not say that it is strict.
"""

from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute, iter_route_contexts
from pydantic import TypeAdapter
from sqlalchemy import make_url

from app.db.opened import Database
from app.db.roles import APPLICATION
from app.db.session import make_engine, make_sessions
from app.main import create_app
from tools.openapi import find_api

LAX = {"int", "float", "bool"}


def bodies() -> Iterator[tuple[str, Any]]:
    """Every operation that reads a body, with the type of that body."""
    for found in iter_route_contexts(find_api(_app()).routes):
        route = found.original_route
        if isinstance(route, APIRoute) and route.body_field is not None:
            yield route.operation_id or route.path, route.body_field.field_info.annotation


def _app() -> FastAPI:
    """No database is asked."""
    url = make_url("postgresql+psycopg://localhost/niet-gebruikt")
    return create_app(Database(url, make_sessions(make_engine(url, role=APPLICATION))))


def lax(schema: Any, path: str = "") -> Iterator[str]:
    """Paths of numbers and booleans that another type is read as."""
    if isinstance(schema, list | tuple):
        for part in schema:
            yield from lax(part, path)
    if not isinstance(schema, dict):
        return
    kind = schema.get("type")
    if kind in {"function-before", "function-plain", "function-wrap", "definition-ref"}:
        return  # reads the value itself
    if kind in LAX and not schema.get("strict"):
        yield f"{path}: {kind}"
    for name, part in schema.items():
        if name == "fields":
            for field, inner in part.items():
                yield from lax(inner, f"{path}.{field}")
        elif name not in {"metadata", "serialization", "default"}:
            yield from lax(part, path)


def test_no_field_reads_one_type_as_another() -> None:
    """A count that is `true`, a yes that is 1."""
    found = dict(bodies())
    assert len(found) > 40
    wrong = {
        f"{name}{where}"
        for name, annotation in found.items()
        for where in lax(TypeAdapter(annotation).core_schema)
    }
    assert wrong == set()
