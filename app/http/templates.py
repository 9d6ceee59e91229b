"""The templates of all routes of a service, such as `/kinderen/{id}`: closed words for figures."""

from collections.abc import Iterator

from starlette.applications import Starlette
from starlette.routing import Mount, Route


def route_templates(app: Starlette) -> Iterator[str]:
    """Yield the template of each route, also of what is mounted; and that of none."""
    yield "onbekend"
    for route in app.routes:
        if isinstance(route, Route):
            yield route.path
        elif isinstance(route, Mount) and isinstance(route.app, Starlette):
            yield from route_templates(route.app)
