"""Contracts written once for the same routes: a test makes an app of its own, not new routes."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from fastapi import FastAPI

from app.settings import Settings

Write = Callable[[FastAPI, Settings], dict[str, Any]]


def once_per_routes(write: Write) -> Write:
    """Let a second app with the same routes get the document of the first.

    Writing one takes up to a second, and every first answer to somebody signed in asks for it.
    """
    written: dict[object, dict[str, Any]] = {}

    def write_once(app: FastAPI, settings: Settings) -> dict[str, Any]:
        key = (tuple(_routes(app.routes)), settings.model_dump_json())
        if key not in written:
            written[key] = write(app, settings)
        return written[key]

    return write_once


def _routes(routes: Iterable[Any]) -> Iterator[tuple[str, object]]:
    for route in routes:
        if hasattr(route, "original_router"):
            yield from _routes(route.original_router.routes)
        elif getattr(route, "include_in_schema", False):
            yield route.path, route.endpoint
