"""One log event a request: method, route, status, time; never a path with an id in it."""

from time import perf_counter

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.kernel.ids import new_id
from app.log.events import Event
from app.log.foreign import kind_of, where_of
from app.log.write import bind, log, unbind
from app.telemetry.catalogue import Metric
from app.telemetry.meters import busy, count, observe

REQUEST_ID = "X-Request-Id"


class RequestLogMiddleware:
    """Gives each request an id, sends it back, and logs how the request ended."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on between two looks at the clock."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id, start, status = str(new_id()), perf_counter(), [500]
        bind(request_id=request_id)

        async def send_marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                status[0] = message["status"]
                MutableHeaders(scope=message)[REQUEST_ID] = request_id
            await send(message)

        try:
            with busy(Metric.REQUESTS_BUSY):
                await self._app(scope, receive, send_marked)
        except Exception as error:
            log(
                Event.REQUEST_FAILED,
                method=_method(scope),
                route=_route(scope),
                error=kind_of(error),
                where=where_of(error),
            )
            raise
        finally:
            seconds = perf_counter() - start
            _measure(scope, status[0], seconds)
            log(
                Event.REQUEST_ANSWERED,
                method=_method(scope),
                route=_route(scope),
                status=status[0],
                milliseconds=round(seconds * 1000, 1),
            )
            unbind()


def _measure(scope: Scope, status: int, seconds: float) -> None:
    method, route = _method(scope), _route(scope)
    count(Metric.REQUESTS, methode=method, route=route, status=str(status))
    observe(Metric.REQUEST_SECONDS, seconds, methode=method, route=route)
    if status in _REFUSED:
        count(Metric.SIGN_IN_REFUSED, reden=_REFUSED[status])


_REFUSED = {401: "token", 403: "rol"}
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def _method(scope: Scope) -> str:
    # What somebody sends as a method is free text.
    return scope["method"] if scope["method"] in _METHODS else "ANDERS"


def _route(scope: Scope) -> str:
    # The template, never the path itself: an id in a path points to a child.
    return getattr(scope.get("route"), "path", "onbekend")
