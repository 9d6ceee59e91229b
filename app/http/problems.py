"""Errors as problem+json (RFC 9457): one sentence each, and never the value that was sent."""

import re
from errno import EDQUOT, ENOSPC
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from psycopg.errors import DiskFull
from sqlalchemy.exc import OperationalError
from starlette.exceptions import HTTPException

from app.http.body_limit import MAX_BODY_BYTES
from app.http.methods import allow_header
from app.http.sentences import clauses_of
from app.http.strict_json import SaidTwice
from app.kernel.errors import (
    Busy,
    Conflict,
    DomainError,
    InputRefused,
    NoLongerKept,
    NotAllowed,
    NotFound,
    NotReady,
    NotSignedIn,
    PreconditionMissing,
    TooLarge,
    TooMany,
    VersionConflict,
    WrongMediaType,
)

MOST_NAMED = 5
_RETRY_AFTER = 60  # seconds, where nobody knows better
_CHALLENGE = 'Bearer realm="pleegzorg"'
_NO_SPACE = (
    "Er is op de server geen ruimte meer: er is niets opgeslagen. Waarschuw de beheerder, en "
    "probeer het daarna opnieuw."
)
_NO_JSON = "body: is geen geldige JSON; herstel de inhoud en stuur hem opnieuw."
# A sentence about a field begins with its name, or names, and a colon; a word of prose does not.
_NAME = r"[A-Za-z][\w.\-\[\]]*"
_NAMES = re.compile(rf"({_NAME}(?:, {_NAME})*): ")

_STATUS: dict[type[DomainError], HTTPStatus] = {
    TooMany: HTTPStatus.TOO_MANY_REQUESTS,  # before Busy, of which it is a kind
    Busy: HTTPStatus.SERVICE_UNAVAILABLE,
    Conflict: HTTPStatus.CONFLICT,
    InputRefused: HTTPStatus.BAD_REQUEST,
    NoLongerKept: HTTPStatus.GONE,
    NotAllowed: HTTPStatus.FORBIDDEN,
    NotFound: HTTPStatus.NOT_FOUND,
    NotReady: HTTPStatus.SERVICE_UNAVAILABLE,
    NotSignedIn: HTTPStatus.UNAUTHORIZED,
    PreconditionMissing: HTTPStatus.PRECONDITION_REQUIRED,
    TooLarge: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    VersionConflict: HTTPStatus.PRECONDITION_FAILED,
    WrongMediaType: HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
}
_TITLE = {
    HTTPStatus.BAD_REQUEST: "Onjuiste invoer",
    HTTPStatus.UNAUTHORIZED: "Niet aangemeld",
    HTTPStatus.FORBIDDEN: "Niet toegestaan",
    HTTPStatus.NOT_FOUND: "Niet gevonden",
    HTTPStatus.METHOD_NOT_ALLOWED: "Methode niet toegestaan",
    HTTPStatus.GONE: "Niet meer bewaard",
    HTTPStatus.CONFLICT: "Gaat niet samen met wat er al is",
    HTTPStatus.PRECONDITION_REQUIRED: "Versie ontbreekt",
    HTTPStatus.PRECONDITION_FAILED: "Intussen gewijzigd",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "Te groot",
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: "Verkeerd soort inhoud",
    HTTPStatus.REQUEST_TIMEOUT: "Te langzaam",
    HTTPStatus.TOO_MANY_REQUESTS: "Te veel verzoeken",
    HTTPStatus.SERVICE_UNAVAILABLE: "Nog niet beschikbaar",
    HTTPStatus.INSUFFICIENT_STORAGE: "Geen ruimte",
    HTTPStatus.INTERNAL_SERVER_ERROR: "Interne fout",
}


def install_problems(app: FastAPI) -> None:
    """Let an app answer every error as problem+json."""
    app.add_exception_handler(DomainError, _domain_error)
    app.add_exception_handler(RequestValidationError, _invalid_input)
    app.add_exception_handler(SaidTwice, _said_twice)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(OperationalError, _no_database)
    app.add_exception_handler(OSError, _no_space)
    app.add_exception_handler(Exception, _unexpected)


def problem(status: int, detail: str, **extra: object) -> JSONResponse:
    """Return a problem+json answer; detail is one sentence for the caller."""
    title = _TITLE.get(HTTPStatus(status), HTTPStatus(status).phrase)
    return JSONResponse(
        {"type": "about:blank", "title": title, "status": int(status), "detail": detail, **extra},
        status_code=status,
        media_type="application/problem+json",
    )


async def _domain_error(_: Request, error: Exception) -> JSONResponse:
    status = next((s for kind, s in _STATUS.items() if isinstance(error, kind)), None)
    answer = _named_problem(status or HTTPStatus.INTERNAL_SERVER_ERROR, str(error))
    if status == HTTPStatus.UNAUTHORIZED:
        answer.headers["WWW-Authenticate"] = _CHALLENGE
    if status in (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE):
        after = error.retry_after if isinstance(error, Busy) else _RETRY_AFTER
        answer.headers["Retry-After"] = str(after)
    return answer


def _named_problem(status: int, detail: str) -> JSONResponse:
    """Return a problem with the fields that its sentence begins with, as in `bsn: ...`."""
    names = _NAMES.match(detail)
    return problem(status, detail, **({"velden": names[1].split(", ")} if names else {}))


async def _invalid_input(request: Request, error: Exception) -> JSONResponse:
    found = list(error.errors()) if isinstance(error, RequestValidationError) else []
    if isinstance(getattr(error, "body", None), bytes) and not _is_json(request):
        return _named_problem(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            "Content-Type: dit soort inhoud wordt hier niet gelezen; stuur application/json.",
        )
    if any(item["type"] == "json_invalid" for item in found):
        return _named_problem(HTTPStatus.BAD_REQUEST, _NO_JSON)
    # The first step of a place is where it was sent: body, query, path or header.
    clauses = clauses_of([{**item, "loc": item["loc"][1:]} for item in found])
    named = [(field if field != "regel" else "body", clause) for field, clause in clauses]
    detail = "; ".join(f"{field} {clause}" for field, clause in named[:MOST_NAMED])
    more = len(named) - MOST_NAMED
    detail += f"; en nog {more} andere." if more > 0 else "."
    return problem(
        HTTPStatus.BAD_REQUEST, detail, velden=list(dict.fromkeys(field for field, _ in named))
    )


def _is_json(request: Request) -> bool:
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    return kind.startswith("application/") and kind.endswith(("/json", "+json"))


async def _no_database(_: Request, error: Exception) -> JSONResponse:
    if isinstance(getattr(error, "orig", None), DiskFull):
        return problem(HTTPStatus.INSUFFICIENT_STORAGE, _NO_SPACE)
    answer = problem(
        HTTPStatus.SERVICE_UNAVAILABLE,
        "De database antwoordt nu niet: probeer het over een minuut opnieuw.",
    )
    answer.headers["Retry-After"] = str(_RETRY_AFTER)
    return answer


async def _no_space(request: Request, error: Exception) -> JSONResponse:
    if isinstance(error, OSError) and error.errno in (ENOSPC, EDQUOT):
        return problem(HTTPStatus.INSUFFICIENT_STORAGE, _NO_SPACE)
    return await _unexpected(request, error)


async def _said_twice(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, SaidTwice)  # noqa: S101
    return _named_problem(HTTPStatus.BAD_REQUEST, error.detail)


async def _http_error(request: Request, error: Exception) -> JSONResponse:
    status = error.status_code if isinstance(error, HTTPException) else 500
    sentences = {
        400: _NO_JSON,  # bytes that are no text: nothing else here ends in a bare 400
        404: "Dit adres bestaat hier niet.",
        405: "Deze methode kan hier niet.",
        408: "body: kwam niet binnen de tijd; stuur het verzoek opnieuw.",
        413: f"body: is groter dan {MAX_BODY_BYTES // 2**20} MB; stuur minder in één keer, of bied "
        "een bestand aan bij /imports.",
    }
    answer = _named_problem(status, sentences.get(status, HTTPStatus(status).phrase))
    if status == HTTPStatus.METHOD_NOT_ALLOWED:
        answer.headers.update(allow_header(request))
    return answer


async def _unexpected(_: Request, __: Exception) -> JSONResponse:
    return problem(
        HTTPStatus.INTERNAL_SERVER_ERROR, "Er ging bij ons iets mis; probeer het later opnieuw."
    )
