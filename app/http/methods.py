"""Which methods an address takes: the Allow header of a 405 (RFC 9110, 15.5.6)."""

from starlette.requests import Request
from starlette.routing import Match

_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")


def allow_header(request: Request) -> dict[str, str]:
    """Return Allow for the address of a request; Starlette names those of one route only."""
    taken = [method for method in _METHODS if _is_taken(request, method)]
    if "GET" in taken and "HEAD" not in taken:
        taken.insert(1, "HEAD")  # the middleware answers it
    return {"Allow": ", ".join(taken)}


def _is_taken(request: Request, method: str) -> bool:
    scope = {**request.scope, "method": method}
    return any(route.matches(scope)[0] is Match.FULL for route in request.app.router.routes)
