"""One processing a request: its trace goes on from who asked, and its answer tells it.

Beside the whole service, and beside the API for what the screens ask it in this process.
"""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.telemetry.carried import TRACEPARENT
from app.telemetry.running import processing

TRACERESPONSE = "traceresponse"  # W3C Trace Context, level 2
_TRACED = "pleegzorg.traced"
# Asked every few seconds by what keeps the service alive; nobody's data are processed.
_HEALTH = ("/v1/gezondheid", "/v1/gereedheid")


class TraceMiddleware:
    """Makes each request a part of a trace; inside: for what the screens ask in this process."""

    def __init__(self, app: ASGIApp, *, inside: bool = False) -> None:
        self._app, self._kind = app, "INTERNAL" if inside else "SERVER"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; what ended it with a fault of our own makes the processing fail."""
        if scope["type"] != "http" or _TRACED in scope or scope["path"] in _HEALTH:
            await self._app(scope, receive, send)
            return
        scope[_TRACED] = True
        with processing("verzoek", _carrier(scope), kind=self._kind) as begun:

            async def send_traced(message: Message) -> None:
                if message["type"] == "http.response.start":
                    begun.has_failed = message["status"] >= 500
                    MutableHeaders(scope=message)[TRACERESPONSE] = begun.traceparent
                await send(message)

            await self._app(scope, receive, send_traced)


def _carrier(scope: Scope) -> dict[str, str]:
    # More than one, or one that cannot be read, is no trace: the standard says to begin a new one.
    wanted = TRACEPARENT.encode()
    found = [value for name, value in scope["headers"] if name == wanted]
    return {TRACEPARENT: found[0].decode("latin-1")} if len(found) == 1 else {}
