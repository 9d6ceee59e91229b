"""One proposal: need beside offer, the chance, what weighs, where it is, what it costs others."""

from typing import Annotated, Any
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.screens.api import Refused
from app.screens.proposals.cards import ROLES, card_of, cards_of, codes_on_map, map_of
from app.screens.proposals.chance import bars_of
from app.screens.proposals.price import Told
from app.screens.proposals.reading import (
    About,
    key_of,
    not_told,
    read_about,
    read_areas,
    read_families,
    why_not_at,
)
from app.screens.visit import SignedIn, Visit

router = APIRouter()
Asked = Annotated[str, Query(alias="prijs", max_length=5)]


@router.get("/kinderen/{child_id}/voorstellen/{provider}/{number:path}")
async def one_page(
    *, visit: SignedIn, child_id: UUID, provider: str, number: str, price: Asked = ""
) -> Response:
    """Show one proposal; with `prijs` also what choosing it costs others, which takes longer."""
    about = await read_about(visit, str(child_id))
    found = next(
        ((role, one) for role, one in about.options() if key_of(one) == (provider, number)), None
    )
    if found is None:
        return visit.go(_why_not(about.id, provider, number))
    families = await read_families(visit, [(provider, number)])
    tiles = visit.people.settings.map_tiles
    areas = await read_areas(visit, codes_on_map(about, families), around=not tiles)
    card = card_of(about, *found, (families, areas), mark="G")
    costs = await _costs(visit, about, (provider, number)) if price else None
    pair, child = bars_of(found[1]["redenen"], is_secret=about.is_secret)
    return visit.page(
        "proposals/een.html",
        over=about,
        kaartje=card,
        rol=ROLES[found[0]],
        ander=cards_of(about, {}, areas),
        kaart=map_of(about, [card], areas, tiles),
        staven=pair,
        staven_kind=child,
        prijs=costs,
    )


async def _costs(visit: Visit, about: About, key: tuple[str, str]) -> dict[str, Any]:
    """Return what the API says of choosing this family, and its price for people."""
    try:
        answer = await visit.api.get(why_not_at(about.id, key))
    except Refused as refused:
        if refused.status != 409:
            raise
        return {"antwoord": not_told(refused), "prijs": None}
    price: Told | None = None
    if answer["prijs"]:
        price = about.priced(answer["prijs"])
    return {"antwoord": answer, "prijs": price}


def _why_not(child_id: str, provider: str, number: str) -> str:
    asked = f"aanbieder={quote(provider)}&gezin={quote(number, safe='')}"
    return f"/kinderen/{child_id}/waarom-niet?{asked}"
