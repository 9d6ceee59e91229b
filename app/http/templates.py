"""The templates of all routes of a service, such as `/kinderen/{id}`: closed words for figures."""

from collections.abc import Iterator

from fastapi.routing import iter_route_contexts
from starlette.applications import Starlette
from starlette.routing import Mount


def route_templates(app: Starlette) -> Iterator[str]:
    """Yield the template of each route, also of what is mounted; and that of none."""
    yield "onbekend"
    for path, _ in flat_routes(app):
        yield path


def flat_routes(app: Starlette) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield path and methods of each route, also of routers in routers and of what is mounted."""
    for found in iter_route_contexts(app.routes):
        mounted = found.original_route
        if isinstance(mounted, Mount):
            if isinstance(mounted.app, Starlette):
                yield from flat_routes(mounted.app)
        elif found.path is not None:
            yield found.path, frozenset(found.methods or ())
