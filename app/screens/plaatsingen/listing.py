"""The list of placements, the ends that somebody must judge, the reviews that are overdue."""

from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.screens.api import Answer, Refused
from app.screens.plaatsingen.words import EVERYTHING, FORMS, STATES, choices
from app.screens.visit import SignedIn, Visit

router = APIRouter()
_FILTERS = ("stand", "aandacht", "aanbieder", "vorm", "kind")
_ROWS = 50


@router.get("/plaatsingen")
async def show_list(visit: SignedIn, request: Request) -> Response:
    """Show placements, those that wait for somebody on a view of their own."""
    asked = {name: request.query_params.get(name, "") for name in _FILTERS}
    cursor = request.query_params.get("cursor")
    fault = None
    try:
        found = await visit.api.page("/plaatsingen", **asked, cursor=cursor, aantal=_ROWS)
    except Refused as error:
        if error.status != 400:
            raise
        found, fault = Answer(400, {"plaatsingen": []}), error.detail
    return visit.page(
        "plaatsingen/lijst.html",
        plaatsingen=found.data["plaatsingen"],
        volgende=_next("/plaatsingen", asked, found),
        begin=_address("/plaatsingen", asked) if cursor else None,
        gevraagd=asked,
        gefilterd=any(asked.values()),
        aanbieders=_providers(visit),
        vormen=choices(FORMS),
        standen=choices(STATES),
        fout=fault,
        woorden=EVERYTHING,
    )


@router.get("/plaatsingen/te-beoordelen")
async def show_to_judge(visit: SignedIn, request: Request) -> Response:
    """Show the ends whose code does not say what they count as."""
    cursor = request.query_params.get("cursor")
    found = await visit.api.page("/uitkomsten-te-beoordelen", cursor=cursor, aantal=20)
    return visit.page(
        "plaatsingen/te_beoordelen.html",
        uitkomsten=found.data["uitkomsten"],
        volgende=_next("/plaatsingen/te-beoordelen", {}, found),
        woorden=EVERYTHING,
    )


@router.get("/plaatsingen/evaluaties")
async def show_overdue(visit: SignedIn, request: Request) -> Response:
    """Show the reviews that are overdue."""
    cursor = request.query_params.get("cursor")
    found = await visit.api.page("/evaluaties-open", cursor=cursor, aantal=_ROWS)
    return visit.page(
        "plaatsingen/evaluaties.html",
        evaluaties=found.data["evaluaties"],
        volgende=_next("/plaatsingen/evaluaties", {}, found),
        woorden=EVERYTHING,
    )


def _providers(visit: Visit) -> list[tuple[str, str]]:
    """Return the providers to choose from; none for who sees only its own."""
    if not visit.may("meldPlaatsing"):
        return []
    return [(each["code"], each["naam"]) for each in visit.providers]


def _address(path: str, asked: dict[str, str], cursor: str | None = None) -> str:
    query = {name: value for name, value in asked.items() if value}
    if cursor:
        query["cursor"] = cursor
    return f"{path}?{urlencode(query)}" if query else path


def _next(path: str, asked: dict[str, str], found: Answer) -> str | None:
    return _address(path, asked, found.next_cursor) if found.next_cursor else None
