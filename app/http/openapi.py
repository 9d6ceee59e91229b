"""The contract: what FastAPI writes, completed to what the NL API Design Rules ask."""

from collections.abc import Hashable, Iterable, Iterator
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute
from starlette.requests import Request

from app.http.headers import API_PREFIX, API_VERSION
from app.http.openapi_operations import COMPONENTS, METHODS, complete_operation
from app.http.openapi_security import install_security, loosen_required
from app.security.access import load_access
from app.settings import Settings

OPENAPI_PATH = "/openapi.json"
INFO: dict[str, Any] = {
    "title": "Gezamenlijke toegang pleegzorg",
    "version": API_VERSION,
    "summary": "Eén aanmeldpunt en één zoektocht voor pleegzorg, met uitgelegde matchvoorstellen.",
    "description": (
        "Aanmeldingen van kinderen, gezinnen van de aanbieders, en voorstellen wie bij wie past. "
        "Een voorstel is een advies: mensen besluiten. Fouten komen als problem+json, met één zin "
        "die zegt wat u kunt doen; een wijziging vraagt de ETag van wat u las."
    ),
    "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
}
TAGS = {
    "kinderen": "Aanmelden van een kind, lezen, verbeteren, intrekken.",
    "concepten": "Aanmeldingen die nog geschreven worden, tot zij worden ingediend.",
    "wachtlijst": "Wie wacht, sinds wanneer, waar het kind nu is en wat er openstaat.",
    "contracten": "Voor welke gemeenten elke aanbieder werkt.",
    "pleeggezinnen": "Gezinnen en hun plaatsen, door de aanbieder bijgehouden.",
    "postcodegebieden": "Waar postcodes liggen, voor een kaart; over wie er woont staat er niets.",
    "aanbieders": "Wie de aanbieders zijn en waren; de beheerder houdt ze bij.",
    "imports": "Bestanden van aanbieders en aanmeldpunt, met een verslag per bestand.",
    "matchruns": "Een matchrun aanvragen, volgen, lezen en vergelijken.",
    "stappen": "Wat mensen met een gezin voor een kind zijn begonnen; het ligt vast in elke run.",
    "plaatsingen": "Kinderen die in een gezin wonen: wat er gebeurt en hoe het eindigde.",
    "gezinsvragen": "Wat een aanbieder over zijn eigen gezinnen wordt gevraagd, en zijn antwoord.",
    "matchvoorstellen": "Per kind de gezinnen in volgorde, met redenen en alternatieven.",
    "vragen": "Wat een run waard is: waarom niet, wat anders, wat als; de run verandert niet.",
    "crisis": "Vannacht een bed: zes velden, bellen, vastzetten, de lijst voor zonder netwerk.",
    "signalen en steun": "Plaatsingen onder spanning: signalen, volglijst, wat is aangeboden.",
    "respijt": "Logeerweekenden zoeken rond het pleeggezin, en een voorstel aannemen.",
    "ambulante hulp": "Hulp aan huis die een plaatsing steunt, met plaatsen en wachttijd.",
    "zorgsettingen": "Gezinshuizen, leefhuizen en residentiële plekken met hun plaatsen.",
    "ladder": "Waar een kind terecht kan, zo thuis mogelijk, en waarom niet hoger.",
    "netwerk en JIM": "Wie in het eigen netwerk is gevraagd, en wat een JIM opleverde.",
    "gebeurtenissen": "Wat er is gebeurd, op volgorde; niets gaat verloren, niets over een mens.",
    "abonnementen": "Wie gebeurtenissen krijgt toegestuurd: webhooks en mail.",
    "regio": "De regio in cijfers; geen kind, geen gezin, geen kleine aantallen.",
    "weegfactoren": "Wat de regio van uitkomsten leert, en wat mensen daarover besluiten.",
    "zelfevaluaties": "Wat gemeenten doen om uithuisplaatsing te voorkomen, jaar op jaar.",
    "rechten": "Afschrift, verklaring en vernietiging van een dossier, en hoe lang het blijft.",
    "logboek": "Wie wat zag en wijzigde; regels komen erbij en veranderen niet.",
    "noodtoegang": "In nood een dossier zien dat uw rol niet toont: kort, met reden, nagelezen.",
    "gezondheid": "Of de dienst zijn werk kan doen.",
}
_WRITTEN: dict[Hashable, dict[str, Any]] = {}  # nobody changes one
_FOREIGN_SCHEMAS = ("HTTPValidationError", "ValidationError")


def install_openapi(app: FastAPI, settings: Settings) -> None:
    """Let an app write this contract, and serve it at /openapi.json to pages of any origin.

    The app is made with openapi_url=None: FastAPI's own page has no CORS header.
    """

    def contract() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _written_once(app, settings)
        return app.openapi_schema

    def read_contract(_: Request) -> JSONResponse:
        return JSONResponse(contract(), headers={"Access-Control-Allow-Origin": "*"})

    app.openapi = contract  # type: ignore[method-assign]
    # For everybody; and a route of FastAPI, which alone tells the log which one it is.
    app.router.add_api_route(
        OPENAPI_PATH, read_contract, response_model=None, include_in_schema=False,
        route_class_override=APIRoute,
    )  # fmt: skip


def _written_once(app: FastAPI, settings: Settings) -> dict[str, Any]:
    """Return the contract; of the same routes and settings it is the same, and takes seconds."""
    key = (settings.public_url, settings.contact_email, settings.issuer, *_doors(app.routes))
    if key not in _WRITTEN:
        _WRITTEN[key] = write_contract(app, settings)
    return _WRITTEN[key]


def _doors(routes: Iterable[Any]) -> Iterator[Hashable]:
    for route in routes:
        if hasattr(route, "original_router"):  # a router that was included: FastAPI keeps it whole
            yield route.include_context.prefix
            yield from _doors(route.original_router.routes)
        elif getattr(route, "include_in_schema", False):
            yield route.path, route.endpoint


def write_contract(app: FastAPI, settings: Settings) -> dict[str, Any]:
    """Return the OpenAPI document of an app; the settings say where it runs and whom to ask."""
    document = get_openapi(title=INFO["title"], version=INFO["version"], routes=app.routes)
    # Past FastAPI's own model of these: it warns of a missing e-mail library.
    document["info"] = {**INFO, "contact": _contact(settings)}
    document["servers"] = [{"url": settings.public_url.rstrip("/") + API_PREFIX}]
    for path, item in document["paths"].items():
        for method in METHODS & item.keys():
            complete_operation(path, method, item)
    components = document.setdefault("components", {})
    for kind, made in COMPONENTS.items():
        components.setdefault(kind, {}).update(made)
    for name in _FOREIGN_SCHEMAS:
        components["schemas"].pop(name, None)
    for schema in _choices(document):
        _repeat_format(schema)
    install_security(document, load_access(), settings)
    loosen_required(document, load_access())
    document["tags"] = [{"name": n, "description": TAGS.get(n, n)} for n in _tags(document)]
    return document


def _contact(settings: Settings) -> dict[str, str]:
    return {
        "name": "Beheer gezamenlijke toegang pleegzorg",
        "email": settings.contact_email,
        "url": settings.public_url,
    }


def _tags(document: dict[str, Any]) -> list[str]:
    operations = [item[m] for item in document["paths"].values() for m in METHODS & item.keys()]
    return sorted({tag for operation in operations for tag in operation.get("tags", ())})


def _choices(node: Any) -> Iterator[dict[str, Any]]:
    """Yield every schema in a document that is a choice between schemas."""
    if isinstance(node, dict):
        if isinstance(node.get("anyOf"), list):
            yield node
        for value in node.values():
            yield from _choices(value)
    elif isinstance(node, list):
        for value in node:
            yield from _choices(value)


def _repeat_format(schema: dict[str, Any]) -> None:
    # The ruleset looks for `format` on the field itself; Pydantic writes it inside anyOf.
    formats = {choice.get("format") for choice in schema["anyOf"]} - {None}
    if len(formats) == 1:
        schema.setdefault("format", formats.pop())
