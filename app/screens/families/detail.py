"""One family's page: everything its provider keeps of it, and what runs with it now."""

from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Response

from app.kernel.addresses import number_in_path
from app.screens.api import Answer, all_of
from app.screens.families.labels import WORDS
from app.screens.families.providers import names_of, own_provider
from app.screens.families.undo import offered
from app.screens.visit import SignedIn, Visit

router = APIRouter()


@router.get("/gezinnen/{provider}/{number}")
async def family_page(visit: SignedIn, provider: str, number: str) -> Response:
    """Show a family."""
    found, moves, questions = await all_of(
        read_family(visit, provider, number),
        visit.api.get(f"{api_address(provider, number)}/overgangen"),
        _running(visit),
    )
    family = found.data
    return visit.page(
        "families/gezin.html",
        w=WORDS,
        gezin=family,
        overgangen=moves["overgangen"],
        vragen=[q for q in questions if q["gezin"] == family["nummer"]],
        namen=names_of(visit),
        eigen=own_provider(visit),
        ongedaan=offered(visit, address(provider, number), found.etag),
    )


async def read_family(visit: Visit, provider: str, number: str) -> Answer:
    """Return a family with its version; raises Refused."""
    return await visit.api.ask("GET", api_address(provider, number))


async def _running(visit: Visit) -> list[dict[str, Any]]:
    if not visit.may("lijstGezinsvragen"):
        return []
    found: list[dict[str, Any]] = (await visit.api.get("/gezinsvragen", aantal=500))["gezinsvragen"]
    return found


def address(provider: str, number: str) -> str:
    """Return where a family's page is."""
    return f"/gezinnen/{quote(provider, safe='')}/{quote(number_in_path(number), safe='')}"


def api_address(provider: str, number: str) -> str:
    """Return where the API has a family."""
    return "/pleeg" + address(provider, number)[1:]
