"""The list of families: what they offer now."""

from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request, Response

from app.screens.api import all_of
from app.screens.families.labels import WORDS
from app.screens.families.providers import names_of, own_provider
from app.screens.visit import SignedIn, Visit

router = APIRouter()
FILTERS = ("aanbieder", "nummer", "vorm", "status", "vrij", "eerstBevestigen")
_SIZE = 50
Text = Annotated[str, Query(max_length=200)]


@router.get("/gezinnen")
async def list_page(
    visit: SignedIn,
    request: Request,
    cursor: Text = "",
    figures: Annotated[str, Query(alias="cijfers", max_length=2)] = "",
) -> Response:
    """Show the families, filtered as the address says.

    The figures above it look at every bed: the page comes first, and asks for them.
    """
    wanted = {name: request.query_params.get(name, "").strip()[:60] for name in FILTERS}
    found, overview = await all_of(
        visit.api.page("/pleeggezinnen", **wanted, aantal=_SIZE, cursor=cursor),
        _figures(visit, wanted["aanbieder"]) if figures else nothing(),
    )
    chosen = {name: value for name, value in wanted.items() if value}
    return visit.page(
        "families/lijst.html",
        w=WORDS,
        gezinnen=found.data["pleeggezinnen"],
        overzicht=overview,
        filters=wanted,
        gefilterd=bool(chosen),
        namen=names_of(visit),
        eigen=own_provider(visit),
        volgende=_address({**chosen, "cursor": found.next_cursor}) if found.next_cursor else None,
        begin=_address(chosen) if cursor else None,
    )


async def _figures(visit: Visit, provider: str) -> dict[str, Any]:
    found: dict[str, Any] = await visit.api.get(
        "/pleeggezinnen/_beschikbaarheid", aanbieder=provider
    )
    return found


async def nothing() -> None:
    """Return nothing, where figures were not asked for."""


def _address(query: dict[str, Any]) -> str:
    return "/gezinnen" + (f"?{urlencode(query)}" if query else "")
