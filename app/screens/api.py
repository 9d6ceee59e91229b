"""The screens ask the API, in this process, with the token of who is signed in.

So that roles, field lists, row-level security, versions and refusals are those of the contract: a
screen cannot show what the API would not tell (ADR 0043).
"""

import asyncio
import json
from collections.abc import AsyncIterable, Awaitable, Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI
from pydantic_core import from_json

from app.http.secured import INSIDE
from app.screens.inside import Body, Given, ask_inside
from app.telemetry.carried import trace_headers

Query = Mapping[str, object]
_NOT_JSON = "De dienst antwoordde niet zoals verwacht."
_NO_VERSION = "Dit is intussen gewijzigd of door iemand anders gemaakt: kijk wat er nu staat."


class Refused(Exception):
    """The API said no: its status, its sentence, and the fields that the sentence is about."""

    def __init__(self, status: int, problem: Mapping[str, Any]) -> None:
        super().__init__(status)
        self.status = status
        self.title = str(problem.get("title", ""))
        self.detail = str(problem.get("detail", _NOT_JSON))
        self.fields: list[str] = list(problem.get("velden", ()))
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the body, its version for `If-Match`, and the cursor of the next page."""

    status: int
    data: Any
    etag: str | None = None
    next_cursor: str | None = None
    location: str | None = None


class Api:
    """The API on behalf of one person; None for a token asks what is open to all."""

    def __init__(self, app: FastAPI, token: str | None) -> None:
        self._app = app
        # The page and all that it asks are one trace.
        self._headers = {**trace_headers(), "Accept": "application/json"}
        if token:
            self._headers["Authorization"] = f"Bearer {token}"

    async def get(self, path: str, **query: object) -> Any:
        """Return the body at a path; raises Refused."""
        return (await self.ask("GET", path, query=query)).data

    async def page(self, path: str, **query: object) -> Answer:
        """Return a page of a list and the cursor of the next one; raises Refused."""
        return await self.ask("GET", path, query=query)

    async def ask(
        self,
        method: str,
        path: str,
        *,
        query: Query | None = None,
        body: object = None,
        etag: str | None = None,
        once: str | None = None,
    ) -> Answer:
        """Return what the API answers; raises Refused.

        query: parameters that are None or empty are left out. once: the idempotency key, so that a
        form that is sent twice does its work once.
        """
        headers = {"If-Match": etag or "", "Idempotency-Key": once or ""}
        told = {name: value for name, value in headers.items() if value}
        sent = b""
        if body is not None:
            sent = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
            told["Content-Type"] = "application/json"
        return _read(await self._send(method, path, query=query, headers=told, body=sent))

    async def text(self, path: str, **query: object) -> bytes:
        """Return a file that the API tells, such as CSV, as it came; raises Refused."""
        given = await self._send("GET", path, query=query, headers={"Accept": "*/*"})
        if given.status >= 400:
            _read(given)
        return given.content

    async def send_file(
        self, path: str, *, content: bytes | AsyncIterable[bytes], query: Query, once: str = ""
    ) -> Answer:
        """Send the bytes of a file, whole or piece by piece; raises Refused."""
        headers = {"Content-Type": "application/octet-stream"}
        if once:
            headers["Idempotency-Key"] = once
        return _read(await self._send("POST", path, query=query, headers=headers, body=content))

    async def _send(
        self,
        method: str,
        path: str,
        *,
        query: Query | None,
        headers: Mapping[str, str],
        body: Body = b"",
    ) -> Given:
        params = {k: str(v) for k, v in (query or {}).items() if v not in (None, "")}
        told = {**self._headers, **headers}
        return await ask_inside(
            self._app, method, path, query=params, headers=told, body=body, address=INSIDE
        )


async def all_of(*asked: Awaitable[Any]) -> list[Any]:
    """Return what several questions bring; raises the first refusal once all have been answered.

    Not before: a question that is left half asked keeps a connection of the database.
    """
    tasks = [asyncio.ensure_future(one) for one in asked]
    if tasks:
        await asyncio.wait(tasks)
    failed = [task.exception() for task in tasks]
    for error in failed:
        if error is not None:
            raise error
    return [task.result() for task in tasks]


def _read(given: Given) -> Answer:
    try:
        # Of what is told to a screen, a list of beds is the most: a megabyte, read at every look.
        data = from_json(given.content) if given.content else None
    except ValueError:
        data = {}
    if given.status == 428:
        # Nobody at a screen can send an If-Match: what came without a version is an old reading.
        raise Refused(412, {"detail": _NO_VERSION})
    if given.status >= 400:
        raise Refused(given.status, data if isinstance(data, dict) else {})
    return Answer(
        given.status,
        data,
        given.headers.get("etag"),
        given.next_query("cursor"),
        given.headers.get("location"),
    )
