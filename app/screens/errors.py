"""What went wrong, on a page that says what to do; nothing that was typed is lost."""

from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from app.http.headers import API_PREFIX
from app.http.problems import problem
from app.kernel.errors import DomainError, NotFound, NotReady
from app.screens.api import Refused
from app.screens.form import TooOld
from app.screens.headers import policy_with
from app.screens.kept import keep, keep_too_old, lead
from app.screens.visit import NobodySignedIn, Visit, anybody

_SENTENCES = {
    403: "Dit scherm is niet voor uw rol.",
    404: "Deze pagina is er niet (meer), of is niet voor u.",
    405: "Dit kan hier niet.",
    413: "Wat u stuurt is te groot: stuur minder, of bied het aan als bestand.",
    503: "De dienst is nu niet bereikbaar: probeer het over een minuut opnieuw.",
}
_OF_THE_API = f"Dit adres bestaat hier niet; het contract staat in {API_PREFIX}/openapi.json."
_UNKNOWN = "Er ging bij ons iets mis. Wat u al had bewaard is er nog; probeer het zo opnieuw."
_TOO_OLD = (
    "Dit formulier hoort bij een eerdere sessie; er is niets mee gedaan en niets van bewaard. Open "
    "de pagina opnieuw en vul het daar in."
)


def install_errors(app: FastAPI) -> None:
    """Let every error of a screen be a page."""
    app.add_exception_handler(NobodySignedIn, _to_sign_in)
    app.add_exception_handler(Refused, _refused)
    app.add_exception_handler(TooOld, _too_old)
    app.add_exception_handler(DomainError, _domain_error)
    app.add_exception_handler(RequestValidationError, _wrong_address)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(Exception, _unexpected)


async def _to_sign_in(request: Request, _: Exception) -> Response:
    answer = await keep(request) if request.method == "POST" else None
    if answer is not None:
        return answer
    place = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    to = str(request.url_for("sign_in_page").include_query_params(naar=place))
    return lead(request, to.replace(str(request.base_url), "/"))


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refused)  # noqa: S101
    shown = _SENTENCES[error.status] if error.status in (403, 404) else error.detail
    return await _page(request, error.status, shown)


async def _too_old(request: Request, _: Exception) -> Response:
    return await keep_too_old(request) or await _page(request, 403, _TOO_OLD)


async def _domain_error(request: Request, error: Exception) -> Response:
    status = 404 if isinstance(error, NotFound) else 503 if isinstance(error, NotReady) else 400
    return await _page(request, status, str(error))


async def _wrong_address(request: Request, _: Exception) -> Response:
    return await _page(request, 404, _SENTENCES[404])


async def _http_error(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    if request.url.path == API_PREFIX:  # the API stands under it: who asks this is a program
        return problem(status, _OF_THE_API)
    return await _page(request, status, _SENTENCES.get(status, _UNKNOWN))


async def _unexpected(request: Request, _: Exception) -> Response:
    answer = await _page(request, 500, _UNKNOWN)
    # This one is made outside the middleware that gives all others their policy.
    answer.headers["Content-Security-Policy"] = policy_with(None)
    return answer


async def _page(request: Request, status: int, sentence: str) -> Response:
    visit: Visit | None = getattr(request.state, "visit", None)
    if visit is None:
        visit = await _visit_or_nobody(request)
    return await run_in_threadpool(
        visit.page, "fout.html", status=status, zin=sentence, nummer=status
    )


async def _visit_or_nobody(request: Request) -> Visit:
    try:
        return await anybody(request)
    except Exception:  # noqa: BLE001 the page of an error must come, also without a database
        return Visit(request, None)


def fields_of(error: Refused) -> dict[str, Any]:
    """Return a refusal as a form shows it: its sentence beside each field that it names."""
    clauses = [clause.strip().rstrip(".") for clause in error.detail.split(";")]
    beside: dict[str, str] = {}
    for field in error.fields:
        own = next((c for c in clauses if c.startswith((f"{field} ", f"{field}:"))), error.detail)
        said = own.removeprefix(field).lstrip(": ")
        beside[field] = said[:1].upper() + said[1:]
    return {"zin": error.detail, "velden": beside}
