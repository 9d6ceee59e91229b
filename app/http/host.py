"""For which names this service answers: a forged Host header leads nobody elsewhere."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from app.http.problems import problem
from app.settings import Settings

# The container's own check, and a proxy on the same machine.
_OWN = frozenset({"127.0.0.1", "localhost", "[::1]"})


def hosts_of(settings: Settings) -> frozenset[str] | None:
    """Return the names for which to answer; None on one's own machine: any."""
    if settings.environment == "ontwikkeling":
        return None
    named = {name.strip().lower() for name in settings.hosts.split(",") if name.strip()}
    public = urlsplit(settings.public_url).hostname
    return frozenset(named | ({public} if public else set()) | _OWN)


class HostMiddleware:
    """Refuses a request for a name that is not ours with 400."""

    def __init__(self, app: ASGIApp, *, hosts: frozenset[str] | None) -> None:
        self._app, self._hosts = app, hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on when it is for us."""
        if scope["type"] == "http" and self._hosts is not None:
            host = Headers(scope=scope).get("host", "").lower()
            if _name(host) not in self._hosts:
                refused = problem(400, "Host: onder deze naam antwoordt deze dienst niet.")
                await refused(scope, receive, send)
                return
        await self._app(scope, receive, send)


def _name(host: str) -> str:
    return host.partition("]")[0] + "]" if host.startswith("[") else host.partition(":")[0]
