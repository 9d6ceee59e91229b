"""One question to an app in this process, in the words of ASGI, without a network or a client.

A page asks up to seven: an address, headers and a transport of a library around each of them took a
twentieth of it.
"""

import asyncio
import re
from collections.abc import AsyncIterable, AsyncIterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, quote, unquote, urlencode

from starlette.types import ASGIApp, Message, Scope

HOST = "binnen"
_AS_IS = "/%:@!$&'()*+,;=-._~"  # what may stand in a path, and what was encoded already
_NEXT = re.compile(r'<[^>?]*\?([^>]*)>\s*;\s*rel="?next"?')
Body = bytes | AsyncIterable[bytes]


@dataclass(slots=True)
class Given:
    """What came back; headers by their name in small letters."""

    status: int = 500
    headers: Mapping[str, str] = field(default_factory=dict)
    content: bytes = b""

    def next_query(self, name: str) -> str | None:
        """Return a parameter of the address of the next page, by the `Link` header; or None."""
        found = _NEXT.search(self.headers.get("link", ""))
        return dict(parse_qsl(found[1])).get(name) if found else None


async def ask_inside(
    app: ASGIApp,
    method: str,
    path: str,
    *,
    query: Mapping[str, str],
    headers: Mapping[str, str],
    body: Body = b"",
    address: str,
) -> Given:
    """Return the whole answer; an app that fails has answered 500, and has told its own log.

    path: encoded where it must be, and without a query. address: what the app sees as the client's.
    """
    given, parts = Given(), []
    pieces, is_over = _pieces(body), asyncio.Event()

    async def receive() -> Message:
        if (piece := await anext(pieces, None)) is not None:
            return {"type": "http.request", "body": piece[0], "more_body": piece[1]}
        await is_over.wait()
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            given.status = message["status"]
            told = message.get("headers", ())
            given.headers = {k.decode("latin-1").lower(): v.decode("latin-1") for k, v in told}
        elif message["type"] == "http.response.body":
            parts.append(message.get("body", b""))
            if not message.get("more_body", False):
                is_over.set()

    told = _scope(method, path, query=query, headers=_told(headers, body), address=address)
    with suppress(Exception):  # its own outermost layer answered 500 and raised it again
        await app(told, receive, send)
    given.content = b"".join(parts)
    return given


def _scope(
    method: str,
    path: str,
    *,
    query: Mapping[str, str],
    headers: list[tuple[bytes, bytes]],
    address: str,
) -> Scope:
    raw = quote(path, safe=_AS_IS)
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.4"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": unquote(raw),
        "raw_path": raw.encode("ascii"),
        "query_string": urlencode(query).encode("ascii"),
        "root_path": "",
        "headers": headers,
        "server": (HOST, None),
        "client": (address, 0),
    }


def _told(headers: Mapping[str, str], body: Body) -> list[tuple[bytes, bytes]]:
    told = {"host": HOST, **{name.lower(): value for name, value in headers.items()}}
    if isinstance(body, bytes) and body:
        told["content-length"] = str(len(body))
    return [(name.encode("latin-1"), value.encode("latin-1")) for name, value in told.items()]


async def _pieces(body: Body) -> AsyncIterator[tuple[bytes, bool]]:
    """Yield each piece, and whether more follow."""
    if isinstance(body, bytes):
        yield body, False
        return
    async for piece in body:
        yield piece, True
    yield b"", False
