"""One operation of the contract: the errors that it can answer and the headers that it sends.

Both follow from what the operation takes, because shared code (problems, ETags, paging, once)
answers them: a route writes down only what is its own.
"""

from collections.abc import Iterator
from typing import Any

from app.http.leaving import describe_leaving
from app.security.access import load_access

METHODS = frozenset({"get", "post", "put", "patch", "delete"})
_WRITES = frozenset({"post", "put", "patch", "delete"})

_PROBLEM = {
    "type": "object",
    "title": "Probleem",
    "description": "Een fout (RFC 9457): detail is één zin die zegt wat u kunt doen.",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference", "examples": ["about:blank"]},
        "title": {"type": "string", "examples": ["Onjuiste invoer"]},
        "status": {"type": "integer", "minimum": 400, "maximum": 599, "examples": [400]},
        "detail": {
            "type": "string",
            "examples": ["Controleer peildatum: ontbreekt of heeft niet de goede vorm."],
        },
        "velden": {
            "type": "array",
            "items": {"type": "string"},
            "description": "Welke velden niet goed zijn; nooit de waarde die u stuurde.",
        },
    },
}
_ERRORS = {
    "400": "Onjuiste invoer: het veld staat in de melding, de waarde niet.",
    "401": "Er is geen token, of het wordt niet aanvaard.",
    "403": "Uw rol mag dit niet.",
    "404": "Dit bestaat niet, of u mag het niet zien.",
    "409": "Het verzoek past niet bij wat er is, of de Idempotency-Key is al gebruikt.",
    "412": "Intussen gewijzigd: lees opnieuw.",
    "413": "Meer dan deze dienst in één keer aanneemt.",
    "415": "Een inhoud van deze soort wordt hier niet aangenomen.",
    "428": "De header If-Match ontbreekt.",
    "408": "De inhoud kwam niet binnen de tijd.",
    "429": "U vraagt meer dan in een minuut mag; Retry-After zegt wanneer het weer kan.",
    "500": "Bij ons ging iets mis.",
    "503": "De dienst kan nu niet werken; probeer het later opnieuw.",
}
_HEADERS = {
    "API-Version": ("ApiVersion", "De volledige versie van deze API.", "1.0.0", True),
    "ETag": ("Etag", "De versie van dit gegeven; stuur hem mee in If-Match.", '"1"', True),
    "Location": ("Location", "Waar het gemaakte te lezen is.", "/v1/matchruns/...", True),
    "Retry-After": ("RetryAfter", "Over hoeveel seconden het weer kan.", "2", False),
    "Link": ("Link", "De volgende pagina, als die er is.", '</v1/kinderen?...>; rel="next"', False),
}


def _problem_content() -> dict[str, Any]:
    return {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Probleem"}}}


def _header(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/headers/{_HEADERS[name][0]}"}


def _headers_of(status: str) -> tuple[str, ...]:
    return ("API-Version", "Retry-After") if status in ("429", "503") else ("API-Version",)


COMPONENTS: dict[str, dict[str, Any]] = {
    "schemas": {"Probleem": _PROBLEM},
    "headers": {
        name: {
            "description": text,
            "required": is_required,
            "schema": {"type": "string", "examples": [example]},
        }
        for name, text, example, is_required in _HEADERS.values()
    },
    "responses": {
        f"Probleem{status}": {
            "description": text,
            "headers": {name: _header(name) for name in _headers_of(status)},
            "content": _problem_content(),
        }
        for status, text in _ERRORS.items()
    },
}


def complete_operation(path: str, method: str, item: dict[str, Any]) -> None:
    """Write the errors and headers of one operation into a path item of the contract."""
    operation = item[method]
    responses = operation["responses"]
    responses.pop("422", None)
    for status in _errors(path, method, operation):
        responses.setdefault(status, {"$ref": f"#/components/responses/Probleem{status}"})
    for status, response in responses.items():
        if "$ref" in response:
            continue
        if status[0] in "45":
            response["content"] = _problem_content()
        elif response["description"] == "Successful Response":
            response["description"] = "Gelukt."
        headers = response.setdefault("headers", {})
        for name in _sent(method, item, status):
            # FastAPI shares one dictionary between routes that use the same constant.
            response["headers"] = headers = {**headers, name: headers.get(name, _header(name))}
        if status[0] in "23":
            describe_leaving(operation, headers)
    operation["responses"] = dict(sorted(responses.items()))


def _errors(path: str, method: str, operation: dict[str, Any]) -> Iterator[str]:
    given = {parameter["name"] for parameter in operation.get("parameters", ())}
    if given or method in _WRITES:
        yield "400"
    yield from () if operation["operationId"] in load_access().open_to_all else ("401", "403")
    if "{" in path:
        yield "404"
    if "Idempotency-Key" in given:
        yield "409"
    if "If-Match" in given:
        yield from ("412", "428")
    if "requestBody" in operation:
        yield from ("408", "413", "415")
    if operation["operationId"] not in load_access().open_to_all:
        yield "429"
    yield from ("500", "503")


def _sent(method: str, item: dict[str, Any], status: str) -> Iterator[str]:
    yield "API-Version"
    if status[0] not in "23":
        return
    operation = item[method]
    given = {parameter["name"] for parameter in operation.get("parameters", ())}
    if "If-Match" in given or (method == "get" and _is_versioned(item)):
        yield "ETag"
    if status in ("201", "202") and method == "post":
        yield "Location"
    if "cursor" in given:
        yield "Link"


def _is_versioned(item: dict[str, Any]) -> bool:
    """Return whether a change of this path asks for the ETag that its GET gives."""
    changes = [item[method] for method in _WRITES & item.keys()]
    given = [parameter["name"] for change in changes for parameter in change.get("parameters", ())]
    return "If-Match" in given
