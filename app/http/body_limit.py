"""A body that is too large or too slow is refused before it is read: a small ASGI middleware.

Starlette has one too, but that answers in plain text and not as problem+json.
"""

import asyncio
from collections.abc import Mapping
from http import HTTPStatus

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# A family or a registration is some kilobytes; files have a limit of their own.
MAX_BODY_BYTES = 2**20
# Between two pieces of a body; who sends slower keeps a connection that others need.
SECONDS_PER_PIECE = 20.0


class BodyLimitMiddleware:
    """Raises 413 in the route that reads more than the limit; some paths keep one of their own.

    besides: paths whose route counts for itself. larger: other limits, in bytes, by path. seconds:
    between two pieces of a body; after that 408.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        besides: frozenset[str],
        larger: Mapping[str, int] | None = None,
        seconds: float = SECONDS_PER_PIECE,
    ) -> None:
        self._app, self._besides, self._larger = app, besides, larger or {}
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and count what is read of its body."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        receive = _in_time(receive, self._seconds)
        if scope["path"] in self._besides:
            await self._app(scope, receive, send)
            return
        most = self._larger.get(scope["path"], MAX_BODY_BYTES)
        told = Headers(scope=scope).get("content-length", "")
        size = int(told) if told.isdecimal() else 0

        async def receive_counted() -> Message:
            nonlocal size
            _check(size, most)
            message = await receive()
            size = size if told else size + len(message.get("body", b""))
            _check(size, most)
            return message

        await self._app(scope, receive_counted, send)


def _in_time(receive: Receive, seconds: float) -> Receive:
    """Return a receive that gives up on a body that does not come; raises 408."""
    is_in = False

    async def received() -> Message:
        nonlocal is_in
        if is_in:
            return await receive()  # only whether the other end is still there
        try:
            message = await asyncio.wait_for(receive(), seconds)
        except TimeoutError:
            raise HTTPException(HTTPStatus.REQUEST_TIMEOUT) from None
        is_in = not message.get("more_body", False)
        return message

    return received


def _check(size: int, most: int) -> None:
    if size > most:
        raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
