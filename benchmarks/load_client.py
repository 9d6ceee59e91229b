"""A client on one connection that is kept open; bare, so that it takes little of the cores."""

import asyncio
import json
from dataclasses import dataclass
from typing import Any
from uuid import uuid4


@dataclass(frozen=True, slots=True)
class Request:
    """What to ask: its kind for the table, and what goes over the line."""

    kind: str
    method: str
    path: str
    token: str
    body: Any = None


class Client:
    """Asks one thing after the other; connects again where the other end hung up."""

    def __init__(self, host: str, port: int) -> None:
        self._host, self._port = host, port
        self._writer: asyncio.StreamWriter | None = None

    async def ask(self, request: Request) -> int:
        """Send a request and read the whole answer; return its status, 599 for none."""
        try:
            return await self._ask(request)
        except (OSError, asyncio.IncompleteReadError):
            self.close()
            return 599

    async def _ask(self, request: Request) -> int:
        if self._writer is None:
            self._reader, self._writer = await asyncio.open_connection(self._host, self._port)
        self._writer.write(self._written(request))
        head = await self._reader.readuntil(b"\r\n\r\n")
        fields = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:] if line)
        await self._reader.readexactly(int(fields.get(b"content-length", b"0")))
        return int(head[9:12])

    def _written(self, request: Request) -> bytes:
        body = b"" if request.body is None else json.dumps(request.body).encode()
        head = (
            f"{request.method} {request.path} HTTP/1.1\r\nHost: {self._host}\r\n"
            f"Authorization: Bearer {request.token}\r\nContent-Length: {len(body)}\r\n"
        )
        if body:
            head += f"Content-Type: application/json\r\nIdempotency-Key: {uuid4()}\r\n"
        return f"{head}\r\n".encode() + body

    def close(self) -> None:
        """Hang up."""
        if self._writer is not None:
            self._writer.close()
        self._writer = None
