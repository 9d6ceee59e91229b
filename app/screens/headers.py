"""What a browser may do with a page of ours: nothing from elsewhere, nothing inline."""

from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send


def policy_with(tiles: str | None, issuer: str | None = None) -> str:
    """Return the Content-Security-Policy.

    tiles: the address of background tiles, if any. issuer: where signing out leads to; browsers
    hold the answer to a form to this list too.
    """
    host = f" https://{urlsplit(tiles).netloc}" if tiles else ""
    there = "{0.scheme}://{0.netloc}".format(urlsplit(issuer)) if issuer else ""
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            f"img-src 'self' data:{host}",
            "font-src 'self'",
            "connect-src 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
            f"form-action 'self' {there}".rstrip(),
        )
    )


class ScreenHeadersMiddleware:
    """Adds the policy of pages, and what keeps other windows out."""

    def __init__(self, app: ASGIApp, *, tiles: str | None, issuer: str | None) -> None:
        self._app = app
        self._headers = {
            "Content-Security-Policy": policy_with(tiles, issuer),
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
            # Forms come back with where they were: within this service alone.
            "Referrer-Policy": "same-origin",
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and complete the headers of its answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_complete(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_complete)
