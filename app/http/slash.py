"""A slash that is part of a number in an address: `SPI/1` is written `SPI~1`, or `SPI%2F1`.

A server decodes %2F before the address is matched, and then it parts the address in two; many a
proxy refuses it. No number has a tilde (app/kernel/reading.py), and a tilde is never encoded.
"""

import re
from urllib.parse import unquote

from starlette.types import ASGIApp, Receive, Scope, Send

_ENCODED = re.compile(b"%2[Ff]")


class SlashMiddleware:
    """Lets an encoded slash stand for itself: from here on it is a tilde."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, with its address as it was meant."""
        raw: bytes = scope.get("raw_path") or b""
        await self._app(_meant(scope, raw) if _ENCODED.search(raw) else scope, receive, send)


def _meant(scope: Scope, raw: bytes) -> Scope:
    plain = unquote(raw.decode("latin-1"))
    path: str = scope["path"]
    if not path.endswith(plain):
        return scope
    before = path[: len(path) - len(plain)]  # where a server stands under a path of its own
    return {**scope, "path": before + unquote(_ENCODED.sub(b"~", raw).decode("latin-1"))}
