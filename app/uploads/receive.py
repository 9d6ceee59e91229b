"""Receiving a body on disk, piece by piece: never more than one piece of it is in memory."""

import hashlib
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Annotated, BinaryIO

from fastapi import Depends, Query, Request
from starlette.concurrency import run_in_threadpool

from app.http.deps import CurrentActor
from app.http.once import IdempotencyKey, Once
from app.kernel.errors import InputRefused, TooLarge, WrongMediaType
from app.kernel.files import MAX_FILE_BYTES
from app.models import ImportFormat
from app.uploads.sniff import GLANCE_BYTES, check_beginning, check_list
from app.uploads.wish import BulkWish, HistoryWish, UploadWish, Wish

MEDIA_TYPES = (
    "text/csv",
    "application/json",
    "application/x-ndjson",
    "application/xml",
    "text/xml",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/octet-stream",
)
BULK_MEDIA_TYPES = ("application/json", "application/x-ndjson")
HISTORY_MEDIA_TYPES = ("text/csv", "application/octet-stream")
_PIECE_BYTES = 2**20


@dataclass(frozen=True, slots=True)
class Received:
    """A body that is on disk, what its sender said of it, and its SHA-256; bytes is its size."""

    wish: Wish
    stream: BinaryIO
    sha256: str
    bytes: int
    once: Once


async def _receive_file(
    request: Request,
    actor: CurrentActor,
    wish: Annotated[UploadWish, Query()],
    key: IdempotencyKey = None,
) -> AsyncIterator[Received]:
    async with _received(request, wish, MEDIA_TYPES, Once(actor.name, key, "")) as received:
        yield received


async def _receive_many(
    request: Request,
    actor: CurrentActor,
    wish: Annotated[BulkWish, Query()],
    key: IdempotencyKey = None,
) -> AsyncIterator[Received]:
    async with _received(request, wish, BULK_MEDIA_TYPES, Once(actor.name, key, "")) as received:
        yield received


async def _receive_history(
    request: Request,
    actor: CurrentActor,
    wish: Annotated[HistoryWish, Query()],
    key: IdempotencyKey = None,
) -> AsyncIterator[Received]:
    once = Once(actor.name, key, "")
    async with _received(request, wish, HISTORY_MEDIA_TYPES, once) as received:
        yield received


@asynccontextmanager
async def _received(
    request: Request, wish: Wish, kinds: tuple[str, ...], once: Once
) -> AsyncIterator[Received]:
    """Yield what came; once: without its digest, which is only known then."""
    wish.check()
    kind = _check_headers(request, kinds)
    with tempfile.TemporaryFile(prefix="pleegzorg-") as stream:
        sha256, size = await _write(request, stream)
        if size == 0:
            raise InputRefused("body: is leeg; stuur het bestand zelf mee.")
        head = stream.read(GLANCE_BYTES)
        if wish.format is ImportFormat.API and kind == "application/json":
            check_list(head)
        check_beginning(kind, head)
        stream.seek(0)
        parts = (request.method, request.url.path, request.url.query, sha256)
        digest = hashlib.sha256("\n".join(parts).encode()).hexdigest()
        yield Received(wish, stream, sha256, size, replace(once, digest=digest))


def _check_headers(request: Request, kinds: tuple[str, ...]) -> str:
    """Return the media type of the body."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in kinds:
        raise WrongMediaType(
            "Content-Type: dit soort inhoud wordt hier niet gelezen; stuur het bestand met "
            f"{', '.join(kinds[:-1])} of {kinds[-1]}."
        )
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise WrongMediaType(
            "Content-Encoding: ingepakte inhoud wordt hier niet gelezen; stuur het bestand zelf."
        )
    length = request.headers.get("content-length", "")
    if length.isdecimal() and int(length) > MAX_FILE_BYTES:
        raise _too_large()
    return kind


async def _write(request: Request, stream: BinaryIO) -> tuple[str, int]:
    digest, size, waiting = hashlib.sha256(), 0, bytearray()
    async for piece in request.stream():
        size += len(piece)
        if size > MAX_FILE_BYTES:
            raise _too_large()
        digest.update(piece)
        waiting += piece
        if len(waiting) >= _PIECE_BYTES:
            await run_in_threadpool(stream.write, bytes(waiting))
            waiting.clear()
    await run_in_threadpool(stream.write, bytes(waiting))
    stream.seek(0)
    return digest.hexdigest(), size


def _too_large() -> TooLarge:
    return TooLarge(
        f"body: is groter dan {MAX_FILE_BYTES // 2**20} MB; controleer of dit het goede bestand "
        "is, of splits het."
    )


Upload = Annotated[Received, Depends(_receive_file)]
Bulk = Annotated[Received, Depends(_receive_many)]
HistoryFile = Annotated[Received, Depends(_receive_history)]
