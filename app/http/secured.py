"""A route that first asks who asks: nothing of a request is read before that is known."""

import json
import re
from collections.abc import Callable, Coroutine
from functools import lru_cache
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute
from pydantic_core import from_json, to_json
from starlette.concurrency import run_in_threadpool

from app.audit.noted import Noted, note, noted_of
from app.db.session import session_for
from app.http.leaving import LEAVING, note_leaving
from app.http.one_turn import in_one_turn
from app.http.rates import Limits
from app.http.strict_json import StrictRequest
from app.kernel.actor import Actor, ActorRole
from app.kernel.errors import (
    Conflict,
    InputRefused,
    NotAllowed,
    NotFound,
    NotSignedIn,
    VersionConflict,
)
from app.kernel.purposes import Purpose
from app.log.write import bound
from app.models import AuditOutcome
from app.security.access import load_access
from app.security.gate import Gate, Identity
from app.security.prune import Prune, pruner
from app.telemetry.answers import path_reference
from app.telemetry.carried import concern_answer, current

Handler = Callable[[Request], Coroutine[Any, Any, Response]]
# A refusal that says something about access; what was typed wrong does not.
_TOLD = (Conflict, InputRefused, NotAllowed, NotFound, VersionConflict)
_SYSTEMS = frozenset({ActorRole.PROVIDER_SYSTEM, ActorRole.SYSTEM})
# The address that the screens ask from: no host has such a name, so nobody outside can take it.
INSIDE = "(schermen)"
_WORD = re.compile("[A-Za-z][A-Za-z0-9_-]{0,39}")
_NOT_GIVEN = "Authorization: ontbreekt of is geen Bearer-token; meld u aan bij de uitgever."


class SecuredRoute(APIRoute):
    """Lets in who may, in the role that this operation asks; answers what that role may see.

    The app's state holds the gate. An operation that the access file does not name is for nobody.
    """

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        super().__init__(path, in_one_turn(endpoint), **options)

    def get_route_handler(self) -> Handler:
        """Return the handler of FastAPI between a look at the token and one at the answer."""
        inner, operation, access = (
            super().get_route_handler(),
            self.operation_id or "",
            load_access(),
        )
        if operation in access.open_to_all:
            return _leaving(inner, operation)
        allowed = access.roles_for(operation)

        async def handle(request: Request) -> Response:
            strict = StrictRequest(request.scope, request.receive)
            gate: Gate = request.app.state.gate
            limits: Limits | None = request.app.state.limits
            identity = await _identify(request, gate, limits)
            noted = request.state.noted = _noted(request, operation, self.path, identity.client)
            _tell_trace(request, operation, self.path, identity.client)
            try:
                actor = request.state.actor = identity.acting(allowed)
                if limits is not None:
                    limits.count(operation, actor.name, is_system=actor.role in _SYSTEMS)
                _refuse_odd_queries(request, operation)
                return _told(_shortened(request, await inner(strict), operation, actor))
            except _TOLD as error:
                # What was typed wrong tells nothing of access; a number that is tried in need does.
                if isinstance(error, InputRefused) and noted.purpose is not Purpose.EMERGENCY:
                    raise
                asked_by = getattr(request.state, "actor", None) or identity.as_actor()
                if asked_by is not None:
                    await run_in_threadpool(_note_refusal, request, noted, asked_by)
                raise

        return _leaving(handle, operation)


async def _identify(request: Request, gate: Gate, limits: Limits | None) -> Identity:
    """Return who asks; who fails too often is not even listened to for a while."""
    # The screens ask in this process; who sat behind them signed in elsewhere.
    address = request.client.host if request.client else ""
    limits = limits if address != INSIDE else None
    try:
        token = bearer(request)
        identity = gate.known(token)
        if identity is not None:
            return identity
        if limits is not None:
            limits.refuse_stranger(address)
        return await run_in_threadpool(gate.identify, token)
    except NotSignedIn:
        if limits is not None:
            limits.count_stranger(address)
        raise


def _leaving(handle: Handler, operation: str) -> Handler:
    """Return a handler that tells with its answers whether the operation will go."""

    async def told(request: Request) -> Response:
        response = await handle(request)
        note_leaving(response.headers, operation)
        return response

    return told if operation in LEAVING else handle


def _tell_trace(request: Request, operation: str, path: str, client: str | None) -> None:
    processing = current()
    if processing is None:
        return
    processing.operation, processing.caller = operation, client
    named = path_reference(path, request.path_params)
    if named is not None:
        processing.references.append(named)


def _told(response: Response) -> Response:
    """Leave an answer to be read for whom it is about, once it has been sent."""
    concern_answer(bytes(getattr(response, "body", b"")))
    return response


def _noted(request: Request, operation: str, path: str, client: str | None) -> Noted:
    return noted_of(operation, path, request.path_params, bound("request_id"), client=client)


def _note_refusal(request: Request, noted: Noted, actor: Actor) -> None:
    # Apart: the transaction of the work was rolled back.
    with session_for(request.app.state.sessions, actor) as session:
        note(session, noted, actor, AuditOutcome.REFUSED)


def bearer(request: Request) -> str:
    """Return the token of a request; raises NotSignedIn without one."""
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    if kind.lower() != "bearer" or not token.isascii() or not token.strip():
        raise NotSignedIn(_NOT_GIVEN)
    return token.strip()


def _refuse_odd_queries(request: Request, operation: str) -> None:
    """Raise InputRefused for a query parameter that this operation does not have, or has once.

    A filter with a typing error would otherwise give everything, as if it had been asked for, and
    of two values one would be chosen unseen.
    """
    if not request.url.query:
        return
    known, repeatable = _query_names(request.app, operation)
    unknown = sorted(request.query_params.keys() - known)
    if unknown:
        choice = f"kies uit {', '.join(sorted(known))}" if known else "er zijn er geen"
        where = next((name for name in unknown if _WORD.fullmatch(name)), "query")
        raise InputRefused(f"{where}: deze parameter is hier niet bekend; {choice}.")
    for name in sorted(known - repeatable):
        if len(request.query_params.getlist(name)) > 1:
            raise InputRefused(f"{name}: staat meer dan eens in de vraag; geef er één.")


@lru_cache(maxsize=256)
def _query_names(app: Any, operation: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the query parameters of an operation, and those that may come more than once."""
    parameters = _operation(app.openapi(), operation).get("parameters", ())
    given = [p for p in parameters if p["in"] == "query"]
    lists = frozenset(p["name"] for p in given if '"array"' in json.dumps(p["schema"]))
    return frozenset(p["name"] for p in given), lists


def _shortened(request: Request, response: Response, operation: str, actor: Actor) -> Response:
    prune = _pruner(request.app, operation, response.status_code, actor.role)
    if prune is None or not response.body:
        return response
    # Read and written by what wrote it first: faster than the standard library, and every number
    # comes out as it went in.
    response.body = to_json(prune(from_json(bytes(response.body))))
    response.headers["content-length"] = str(len(response.body))
    return response


@lru_cache(maxsize=1024)
def _pruner(app: Any, operation: str, status: int, role: ActorRole) -> Prune | None:
    document = app.openapi()
    answers = _operation(document, operation).get("responses", {})
    content = answers.get(str(status), {}).get("content", {})
    schema = content.get("application/json", {}).get("schema")
    if schema is None:
        return None
    return pruner(load_access(), document["components"]["schemas"], schema, role)


def _operation(document: dict[str, Any], operation: str) -> dict[str, Any]:
    return next(
        (
            given
            for item in document["paths"].values()
            for given in item.values()
            if isinstance(given, dict) and given.get("operationId") == operation
        ),
        {},
    )
