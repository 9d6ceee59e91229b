"""Where a page can be seen again: at the address of its form, where a sent form made it."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from fastapi import Request
from starlette.routing import Match

_READS = ("GET", "HEAD")


def address_of_page(request: Request) -> str:
    """Return the address of this page with its filters, to come back to.

    What a form gave (an error, hits of a search) is at no address of its own: then that of the page
    with the form, or else the nearest page above it.
    """
    if request.method in _READS:
        return _with_query(request.url.path, request.url.query)
    return next((one for one in _candidates(request) if _is_page(request, one)), "/")


def _candidates(request: Request) -> Iterator[str]:
    came_from = urlsplit(request.headers.get("referer", ""))
    if came_from.netloc == request.headers.get("host"):
        yield _with_query(came_from.path, came_from.query)
    path = request.url.path
    while path.strip("/"):
        yield path
        path = path.rpartition("/")[0]


def _is_page(request: Request, address: str) -> bool:
    asked = {**request.scope, "method": "GET", "path": address.partition("?")[0], "path_params": {}}
    routes = request.app.router.routes
    return any(route.matches(dict(asked))[0] is Match.FULL for route in routes)


def _with_query(path: str, query: str) -> str:
    return path + (f"?{query}" if query else "")
