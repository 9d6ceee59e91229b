"""HEAD for every GET: the same headers without a body (FastAPI itself answers 405)."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_FOUND = ("route", "path_params")


class HeadMiddleware:
    """Lets a HEAD request walk the road of GET, and keeps the body back."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; of a HEAD only the start of the answer goes out."""
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self._app(scope, receive, send)
            return

        async def send_start(message: Message) -> None:
            if message["type"] == "http.response.start":
                await send(message)
            elif not message.get("more_body", False):
                await send({"type": "http.response.body", "body": b"", "more_body": False})

        inner = {**scope, "method": "GET"}
        try:
            await self._app(inner, receive, send_start)
        finally:
            # Found in the copy, and asked for outside it by the log, the figures and the trace.
            scope.update({name: inner[name] for name in _FOUND if name in inner})
