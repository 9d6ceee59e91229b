"""Paging by cursor: stable while rows come and go, and no page number to guess."""

import base64
import binascii
from collections.abc import Sequence
from typing import Annotated
from urllib.parse import urlencode
from uuid import UUID

from fastapi import Query, Request, Response

from app.kernel.errors import InputRefused

DEFAULT_SIZE, MAX_SIZE = 50, 500

Cursor = Annotated[
    str | None,
    Query(alias="cursor", max_length=200, description="Waar de volgende pagina begint."),
]
Size = Annotated[
    int, Query(alias="aantal", ge=1, le=MAX_SIZE, description="Hoeveel regels per pagina.")
]


def encode_cursor(key: str) -> str:
    """Return the last key of a page in a form that nobody is tempted to build by hand."""
    return base64.urlsafe_b64encode(key.encode()).decode().rstrip("=")


def decode_cursor(cursor: str | None) -> str | None:
    """Return the key behind a cursor; raises InputRefused for one that we never gave."""
    if cursor is None:
        return None
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        key = base64.b64decode(padded, altchars=b"-_", validate=True).decode()
    except (binascii.Error, UnicodeDecodeError, ValueError) as error:
        raise InputRefused(
            "cursor: deze is niet door ons gegeven; gebruik de link naar de volgende pagina."
        ) from error
    if "\0" in key:
        raise InputRefused("cursor: deze is niet door ons gegeven; begin zonder cursor opnieuw.")
    return key


def id_after(cursor: str | None) -> UUID | None:
    """Return the id behind a cursor; raises InputRefused for one that we never gave."""
    key = decode_cursor(cursor)
    try:
        return UUID(key) if key is not None else None
    except ValueError as error:
        raise InputRefused("cursor: deze is niet door ons gegeven; begin opnieuw.") from error


def family_after(cursor: str | None) -> tuple[str, str] | None:
    """Return the provider and the number behind a cursor; raises InputRefused for another one."""
    key = decode_cursor(cursor)
    if key is None:
        return None
    provider, slash, number = key.partition("/")
    if not slash:
        raise InputRefused("cursor: deze is niet door ons gegeven; begin opnieuw.")
    return provider, number


def link_next(request: Request, response: Response, keys: Sequence[str], *, size: int) -> None:
    """Add the Link header to the next page (RFC 8288) when there is one.

    keys: the keys of size + 1 rows asked for; the extra one tells that there is more.
    """
    if len(keys) > size:
        link_after(request, response, keys[size - 1])


def link_after(request: Request, response: Response, key: str) -> None:
    """Add the Link header to what comes after a key, whether there is any of it yet or not."""
    query = [(k, v) for k, v in request.query_params.multi_items() if k != "cursor"]
    query.append(("cursor", encode_cursor(key)))
    response.headers["Link"] = f'<{request.url.path}?{urlencode(query)}>; rel="next"'
